/** The kind of setting that holds runners: rules with their learning rates. */
import * as v from 'valibot'
import { formatNumber } from '../display/numbers'
import type { RuleSpec, Runner } from '../model/rule'
import type { Schedule } from '../model/schedule'
import type { Range } from '../model/starts'
import { type Kind, number, pair, show } from './kinds'
import { type Parameter, rangeOf, rules, schedules } from './rules'

/** A runner on the page: while hidden, it computes nothing. */
export interface RunnerSettings extends Runner {
  readonly hidden?: boolean
}

export const mostRunners = 8

/** Ends of every learning rate, as numbers and as powers of ten. */
export const rateEnds: Range = [1e-4, 1000]
export const logRateEnds: Range = [Math.log10(rateEnds[0]), Math.log10(rateEnds[1])]

export const learningRate = number(...rateEnds, { logarithmic: true })

/** The rate of a step that is only examined: it may be far larger, to show where a step fails. */
export const rateOfStep = number(rateEnds[0], 1e6, { logarithmic: true })

/** Checks one rule or schedule: its parameters in order; omitted ones are as published. */
function entryOf(
  key: string,
  name: string,
  parameters: readonly Parameter[],
  others: v.ObjectEntries = {},
  subject = name,
): v.GenericSchema<unknown, Record<string, unknown>> {
  const known = [...parameters.map((parameter) => parameter.name), ...Object.keys(others)]
  const checks = parameters.map((parameter) => [
    parameter.name,
    v.optional(
      v.custom(
        (value) => v.is(parameter.kind.schema, value),
        ({ input }) =>
          `has ${subject} with ${parameter.name} ${show(input)}; it must be ${rangeOf(parameter)}.`,
      ),
      parameter.default,
    ),
  ])
  return v.strictObject(
    { [key]: v.literal(name), ...Object.fromEntries(checks), ...others },
    ({ input }) => `has ${subject} with ${show(input)}; it takes ${known.join(', ') || 'nothing'}.`,
  )
}

/** Checks whichever entry the value names by its key. */
function oneOf(
  noun: string,
  key: string,
  entries: Readonly<Record<string, v.GenericSchema<unknown, Record<string, unknown>>>>,
): v.GenericSchema<unknown, Record<string, unknown>> {
  const unknown = (found: unknown, wanted: string) =>
    v.custom<Record<string, unknown>>(
      () => false,
      `has ${show(found)} as a ${noun}; it must be ${wanted}.`,
    )
  return v.lazy((input) => {
    if (typeof input !== 'object' || input === null) {
      return unknown(input, `an object { ${key}, ...parameters }`)
    }
    const name = (input as Record<string, unknown>)[key]
    return typeof name === 'string' && Object.hasOwn(entries, name)
      ? entries[name]
      : unknown(name, `one of ${Object.keys(entries).join(', ')}`)
  })
}

const schedule = oneOf(
  'schedule',
  'kind',
  Object.fromEntries(
    Object.entries(schedules).map(([kind, { parameters }]) => [
      kind,
      entryOf('kind', kind, parameters, {}, `the schedule ${kind}`),
    ]),
  ),
)

/**
 * Checks a rule `{ name, ...parameters, schedule? }` and gives it all of its parameters, in the
 * table's order; a constant schedule is removed.
 */
export const rule = v.pipe(
  oneOf(
    'rule',
    'name',
    Object.fromEntries(
      Object.entries(rules).map(([name, { parameters }]) => [
        name,
        entryOf('name', name, parameters, { schedule: v.optional(schedule) }),
      ]),
    ),
  ),
  v.transform(({ schedule, ...rest }) => {
    const changes = schedule !== undefined && (schedule as Schedule).kind !== 'constant'
    return (changes ? { ...rest, schedule } : rest) as object as RuleSpec
  }),
)

const wantedRunner = 'it must be an object { rule, learningRate, hidden? }'

const runner = v.pipe(
  v.strictObject(
    {
      rule,
      learningRate: v.custom<number>(
        (value) => v.is(learningRate.schema, value),
        ({ input }) =>
          `has the learning rate ${show(input)}; it must be a number from ${rateEnds.join(' to ')}.`,
      ),
      hidden: v.optional(
        v.boolean(
          ({ input }) => `has a runner with hidden ${show(input)}; it must be true or false.`,
        ),
      ),
    },
    ({ input, expected, path }) => {
      if (!path) return `has ${show(input)} as a runner; ${wantedRunner}.`
      if (expected === 'never') return `has a runner with ${show(input)}; ${wantedRunner}.`
      return `has a runner without ${path[0].key}; ${wantedRunner}.`
    },
  ),
  v.transform(({ hidden, ...rest }): RunnerSettings => (hidden ? { ...rest, hidden } : rest)),
)

function formatRunner({ rule, learningRate: rate, hidden }: RunnerSettings): string {
  const { schedule } = rule
  return [
    rule.name,
    learningRate.format(rate),
    ...formatParameters(rules[rule.name].parameters, rule),
    ...(schedule
      ? [
          `schedule=${schedule.kind}`,
          ...formatParameters(schedules[schedule.kind].parameters, schedule),
        ]
      : []),
    ...(hidden ? ['hidden'] : []),
  ].join(':')
}

function formatParameters(parameters: readonly Parameter[], values: object): string[] {
  return parameters.flatMap(({ name, kind, default: published }) => {
    const value = (values as Record<string, unknown>)[name]
    return value === published ? [] : [`${name}=${kind.format(value)}`]
  })
}

function parseRunner(text: string): unknown {
  const [name, rate = '', ...parts] = text.split(':')
  const isHidden = parts.at(-1) === 'hidden'
  if (isHidden) parts.pop()
  const at = parts.findIndex((part) => part.startsWith('schedule='))
  const own = at < 0 ? parts : parts.slice(0, at)
  const rule: Record<string, unknown> = { ...parseParameters(rules, name, own), name }
  if (at >= 0) {
    const kind = parts[at].slice('schedule='.length)
    rule.schedule = { ...parseParameters(schedules, kind, parts.slice(at + 1)), kind }
  }
  return { rule, learningRate: learningRate.parse(rate), hidden: isHidden }
}

/** Keeps text that is not a `parameter=value` of this rule or schedule: the schema rejects it. */
function parseParameters(
  table: Readonly<Record<string, { parameters: readonly Parameter[] }>>,
  name: string,
  parts: readonly string[],
): Record<string, unknown> {
  const parameters = Object.hasOwn(table, name) ? table[name].parameters : []
  return Object.fromEntries(
    parts.map((part) => {
      const parameter = parameters.find((each) => part.startsWith(`${each.name}=`))
      if (!parameter) return [part, '']
      return [parameter.name, parameter.kind.parse(part.slice(parameter.name.length + 1))]
    }),
  )
}

/**
 * `name:rate`, then whatever differs from the published values: `:parameter=value`,
 * `:schedule=kind` followed by the schedule's parameters, `:hidden`. Semicolons join runners.
 */
export const runners: Kind<readonly RunnerSettings[]> = {
  schema: v.pipe(
    v.array(
      v.unknown(),
      ({ input }) =>
        `is ${show(input)}; it must be a list of 1 to ${mostRunners} runners { rule, learningRate }.`,
    ),
    v.check(
      (list) => list.length >= 1 && list.length <= mostRunners,
      ({ input }) => `has ${input.length} runners; it must have 1 to ${mostRunners}.`,
    ),
    v.array(runner),
    v.check(
      (list) => list.some(({ hidden }) => !hidden),
      'has only hidden runners; at least one must be visible.',
    ),
  ),
  format: (list) => list.map(formatRunner).join(';'),
  parse: (text) => text.split(';').map(parseRunner),
}

const indices = pair(0, mostRunners - 1)

/** Two runners by their indices. */
export const runnerPair: typeof indices = {
  ...indices,
  schema: v.pipe(
    indices.schema,
    v.check(
      (values) => values.every(Number.isInteger),
      ({ input }) =>
        `is ${show(input)}; it must be two whole numbers from 0 to ${mostRunners - 1}.`,
    ),
  ),
}

/** The first visible runner; crowds, maps and sweeps use its rule and rate. */
export function leadingRunner({ runners }: { runners: readonly RunnerSettings[] }): {
  runner: RunnerSettings
  index: number
} {
  const index = Math.max(
    0,
    runners.findIndex(({ hidden }) => !hidden),
  )
  return { runner: runners[index], index }
}

/** The runners with another rate for the first visible one. */
export function withLeadingRate<Rate>(
  settings: { runners: readonly RunnerSettings[] },
  learningRate: Rate,
): (Omit<RunnerSettings, 'learningRate'> & { learningRate: number | Rate })[] {
  const { index } = leadingRunner(settings)
  return settings.runners.map((runner, i) => (i === index ? { ...runner, learningRate } : runner))
}

/** The end of a sentence if a rule's batch has more points than there are, otherwise null. */
export function complaintAboutBatch(rule: RuleSpec, sampleCount: number): string | null {
  if (rule.name !== 'miniBatch' || rule.batchSize <= sampleCount) return null
  return (
    `has miniBatch with batchSize ${rule.batchSize}; ` +
    `it must be a whole number from 1 to ${sampleCount}, the number of points.`
  )
}

/** The rule, its batch reduced to all points if it had more than there are. */
export function fitBatch(rule: RuleSpec, sampleCount: number): RuleSpec {
  return complaintAboutBatch(rule, sampleCount)
    ? ({ ...rule, batchSize: sampleCount } as RuleSpec)
    : rule
}

/** Returns the list itself if every batch fits. */
export function fitBatches(
  runners: readonly RunnerSettings[],
  sampleCount: number,
): readonly RunnerSettings[] {
  if (runners.every(({ rule }) => !complaintAboutBatch(rule, sampleCount))) return runners
  return runners.map((runner) => ({ ...runner, rule: fitBatch(runner.rule, sampleCount) }))
}

type Runners = readonly RunnerSettings[]

function withHidden(runner: RunnerSettings, hidden: boolean): RunnerSettings {
  const { hidden: _, ...rest } = runner
  return hidden ? { ...rest, hidden } : rest
}

export function toggleHidden(runners: Runners, index: number): Runners {
  return runners.map((runner, i) => (i === index ? withHidden(runner, !runner.hidden) : runner))
}

/** Shows one alone, or all again if it is alone already. */
export function toggleSolo(runners: Runners, index: number): Runners {
  const isAlone = runners.every(({ hidden }, i) => (i === index) === !hidden)
  return runners.map((runner, i) => withHidden(runner, !isAlone && i !== index))
}

/** The name of a runner, such as "momentum, η = 2". */
export function runnerName({ rule, learningRate }: RunnerSettings): string {
  return `${rules[rule.name].label}, η = ${formatNumber(learningRate)}`
}

/** The rule alone if no other runner has it, otherwise the rate. */
export function shortName(
  { rule, learningRate }: RunnerSettings,
  runs: readonly { runner: RunnerSettings }[],
): string {
  const alike = runs.filter(({ runner }) => runner.rule.name === rule.name).length
  const { label } = rules[rule.name]
  if (alike === 1) return label
  return alike === runs.length
    ? `η = ${formatNumber(learningRate)}`
    : `${label}, ${formatNumber(learningRate)}`
}

/** eta of the step under the magnifier: its own, or that of the descent. */
export function magnifiedRate(settings: {
  why: { learningRate: number | null }
  runners: readonly RunnerSettings[]
}): number {
  return settings.why.learningRate ?? leadingRunner(settings).runner.learningRate
}
