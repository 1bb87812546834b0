/** Any runners there may be, as settings hold them: all parameters, and no constant schedule. */
import fc from 'fast-check'
import type { RuleName, RuleSpec } from '../../src/model/rule'
import type { Schedule } from '../../src/model/schedule'
import { type Parameter, rules, schedules } from '../../src/settings/rules'
import type { RunnerSettings } from '../../src/settings/runners'

export const ruleNames = Object.keys(rules) as RuleName[]
const kinds = (Object.keys(schedules) as Schedule['kind'][]).filter((kind) => kind !== 'constant')

/** Within its range, the ends and the default often among them. */
function anyValue({ kind, default: published }: Parameter): fc.Arbitrary<unknown> {
  const { bounds, choices = [] } = kind
  if (!bounds) return fc.constantFrom(...choices)
  const { min, max, integer } = bounds
  const inner = integer
    ? fc.integer({ min, max })
    : fc.double({ min, max, noNaN: true }).map((value) => value + 0)
  return fc.oneof(fc.constantFrom<unknown>(min, max, published), inner)
}

const anyValues = (parameters: readonly Parameter[]) =>
  fc.record(Object.fromEntries(parameters.map((each) => [each.name, anyValue(each)])))

const schedule = fc
  .constantFrom(...kinds)
  .chain((kind) =>
    anyValues(schedules[kind].parameters).map((values) => ({ kind, ...values }) as Schedule),
  )

/** No batch has more points than this. */
const rule = (sampleCount: number): fc.Arbitrary<RuleSpec> =>
  fc.constantFrom(...ruleNames).chain((name) =>
    fc
      .tuple(anyValues(rules[name].parameters), fc.option(schedule, { nil: undefined }))
      .map(([values, found]) => {
        const spec = { name, ...values, ...(found && { schedule: found }) } as RuleSpec
        return spec.name === 'miniBatch'
          ? { ...spec, batchSize: Math.min(spec.batchSize, sampleCount) }
          : spec
      }),
  )

/** 1 to 8 runners, at least one of them visible. */
export const runnerLists = (sampleCount: number): fc.Arbitrary<readonly RunnerSettings[]> =>
  fc
    .array(
      fc
        .record({
          rule: rule(sampleCount),
          learningRate: fc.double({ min: 1e-4, max: 1000, noNaN: true }),
          hidden: fc.boolean(),
        })
        .map(({ hidden, ...runner }): RunnerSettings => (hidden ? { ...runner, hidden } : runner)),
      { minLength: 1, maxLength: 8 },
    )
    .filter((list) => list.some(({ hidden }) => !hidden))
