/** Changes settings: input from outside is checked field by field against the table. */
import * as v from 'valibot'
import { type Field, fields, fieldsByPath } from './fields'
import { show } from './kinds'
import { complaintAboutBatch, fitBatches } from './runners'
import type { Result, Settings } from './settings'

const groups = new Set(
  fields.flatMap(({ path }) => (path.includes('.') ? [path.split('.')[0]] : [])),
)

/** The value of a setting by its path. */
export function valueAt(settings: Settings, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], settings)
}

/** nested('a.b', 1) = { a: { b: 1 } }: a change of one setting, by its path. */
export function nested(path: string, value: unknown): Record<string, unknown> {
  const [head, tail] = path.split('.')
  return { [head]: tail === undefined ? value : { [tail]: value } }
}

/** Settings with another value at one path. */
export function withValue(settings: Settings, path: string, value: unknown): Settings {
  const [head, tail] = path.split('.') as [keyof Settings, string?]
  if (tail === undefined) return { ...settings, [head]: value }
  return { ...settings, [head]: { ...(settings[head] as object), [tail]: value } }
}

export interface Change {
  settings: Settings
  /** A sentence for each refused value, whose setting is unchanged. */
  complaints: string[]
}

/** Settings with the acceptable part of `partial`, which is not trusted at all. */
export function changeSettings(settings: Settings, partial: unknown): Change {
  if (!isRecord(partial)) {
    const complaint = `The change of settings is ${show(partial)}; it must be an object.`
    return { settings, complaints: [complaint] }
  }
  let changed = settings
  const complaints: string[] = []
  for (const [path, value] of leaves(partial)) {
    const field = fieldsByPath.get(path)
    const { complaint, output } = field ? check(field, value) : unknownSetting(path)
    if (complaint) complaints.push(complaint)
    else changed = withValue(changed, path, structuredClone(output))
  }
  const complaint = changed.runners === settings.runners ? null : complaintAboutBatches(changed)
  if (complaint) {
    complaints.push(complaint)
    changed = { ...changed, runners: settings.runners }
  }
  return { settings: withFittingBatches(changed), complaints }
}

interface Checked {
  /** A sentence if the value does not suit its setting. */
  complaint: string | null
  /** The value as the setting holds it, with omitted parts filled in. */
  output?: unknown
}

function check({ path, kind }: Field, value: unknown): Checked {
  const { success, output, issues } = v.safeParse(kind.schema, value)
  if (success) return { complaint: null, output }
  return { complaint: `The setting ${path} ${issues[0].message}` }
}

function unknownSetting(path: string): Checked {
  return { complaint: `There is no setting "${path}".` }
}

function complaintAboutBatches({ runners, samples }: Settings): string | null {
  for (const { rule } of runners) {
    const complaint = complaintAboutBatch(rule, samples.length)
    if (complaint) return `The setting runners ${complaint}`
  }
  return null
}

/** A batch chosen for more points than there are now takes all of them. */
export function withFittingBatches(settings: Settings): Settings {
  const runners = fitBatches(settings.runners, settings.samples.length)
  return runners === settings.runners ? settings : { ...settings, runners }
}

function* leaves(partial: Record<string, unknown>): Generator<[path: string, value: unknown]> {
  for (const [key, value] of Object.entries(partial)) {
    if (!groups.has(key) || !isRecord(value)) yield [key, value]
    else for (const [inner, leaf] of Object.entries(value)) yield [`${key}.${inner}`, leaf]
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Paths of the settings that differ. */
export function changedPaths(before: Settings, after: Settings): string[] {
  return changedFields(before, after).map(({ path }) => path)
}

function changedFields(before: Settings, after: Settings): Field[] {
  return fields.filter(({ path }) => {
    const [old, now] = [valueAt(before, path), valueAt(after, path)]
    return old !== now && JSON.stringify(old) !== JSON.stringify(now)
  })
}

/** Results computed with `before` that have to be computed anew for `after`. */
export function staleResults(before: Settings, after: Settings): Set<Result> {
  return new Set(changedFields(before, after).flatMap(({ stale }) => [...stale(after, before)]))
}
