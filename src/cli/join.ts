/** steepest join: checks the parts of a map or grid and puts them together. */
import type { MapHeader } from '../files/mapHeader'
import { show } from '../settings/kinds'
import { type Arguments, formatOf, UsageError } from './arguments'
import { writeMap } from './mapCommand'
import type { MapSource } from './mapWriters'
import { createProgress, type Terminal } from './output'
import { type MapPart, openPart } from './part'

export async function joinCommand(args: Arguments, terminal: Terminal): Promise<void> {
  const format = formatOf(args)
  if (args.files.length === 0) {
    throw new UsageError('join got no parts; it takes files that were written with --tile.')
  }
  const progress = createProgress(terminal, 'join', args.given.quiet !== undefined)
  const parts: MapPart[] = []
  try {
    for (const path of args.files) {
      terminal.signal.throwIfAborted()
      parts.push(await openPart(path))
    }
    checkParts(parts)
    sayWhatDiffers(parts, terminal)
    const options = { signal: terminal.signal, onProgress: progress.at }
    await writeMap(sourceOf(parts), format, args.given.out, terminal, options)
  } finally {
    progress.end()
    await Promise.all(parts.map((part) => part.close()))
  }
}

/** @throws Error with a sentence naming a part that is missing or does not match the others */
export function checkParts(parts: readonly Pick<MapPart, 'path' | 'header'>[]): void {
  const [{ path, header }] = parts
  for (const other of parts) {
    const foreign = differenceOf(header, other.header)
    if (foreign) {
      const { where, one, two } = foreign
      throw new Error(
        `The part ${other.path} belongs to another job than ${path}: ${where} is ${two} in it, and ${one} there.`,
      )
    }
  }
  const { n } = header.tile
  const byTile = new Map<number, string>()
  for (const part of parts) {
    const { i } = part.header.tile
    const before = byTile.get(i)
    if (before !== undefined) {
      throw new Error(`Part ${i} of ${n} is given twice: ${before} and ${part.path}. Give one.`)
    }
    byTile.set(i, part.path)
  }
  const missing = Array.from({ length: n }, (_, i) => i + 1).filter((i) => !byTile.has(i))
  if (missing.length === 0) return
  const first = missing.slice(0, 5).join(', ')
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  throw new Error(
    `Missing ${missing.length} of ${n} parts: ${first}${more}. Compute them with --tile I/${n}.`,
  )
}

/** Compares what the numbers depend on; runtime and adapter are reported instead of refused. */
function differenceOf(one: MapHeader, other: MapHeader) {
  const decisive = ({
    kind,
    job,
    axes,
    steps,
    withCurvature,
    engineKind,
    tile,
    steepest,
  }: MapHeader) => ({
    kind,
    engine: engineKind,
    version: steepest.version,
    ...{ job, axes, steps, withCurvature },
    'number of parts': tile.n,
  })
  return firstDifference(decisive(one), decisive(other), '')
}

function firstDifference(
  one: unknown,
  two: unknown,
  where: string,
): { where: string; one: string; two: string } | null {
  if (JSON.stringify(one) === JSON.stringify(two)) return null
  if (isObject(one) && isObject(two)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(two)])) {
      const path = where === '' ? key : `${where}.${key}`
      const found = firstDifference(one[key], two[key], path)
      if (found) return found
    }
  }
  return { where, one: show(one), two: show(two) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** With these, last bits may differ, and so may maps next to boundaries. */
function sayWhatDiffers(parts: readonly MapPart[], { say }: Terminal): void {
  const told = {
    runtimes: parts.map(({ header }) => header.runtime),
    // The number of workers makes no difference.
    adapters: parts.flatMap(({ header }) =>
      header.engineKind === 'gpu' ? [header.steepest.engine] : [],
    ),
  }
  for (const [what, found] of Object.entries(told)) {
    const different = [...new Set(found)]
    if (different.length > 1) {
      say(
        `The parts come from ${different.length} ${what} (${different.join('; ')}): ` +
          'they may disagree next to boundaries.\n',
      )
    }
  }
}

/** Reads rows from the part that has them, or from several. */
function sourceOf(parts: readonly MapPart[]): MapSource {
  const sorted = [...parts].sort((one, other) => one.first - other.first)
  const { header } = sorted[0]
  return {
    header: { ...header, tile: { i: 1, n: 1 } },
    async read(first, last) {
      const within = sorted.filter((part) => part.first < last && part.last > first)
      const pieces = within.map((part) =>
        part.read(Math.max(first, part.first), Math.min(last, part.last)),
      )
      return Buffer.concat(await Promise.all(pieces))
    },
  }
}
