/** Checks every update rule step by step along the GPU's own path, including its extra state. */
import { createObjective, type ObjectiveSpec, termCount } from '../../src/model/objective'
import { stateIntervals } from '../../src/model/permitted/ruleIntervals'
import { createRule, type RuleName, type RuleSpec, stateSizeOf } from '../../src/model/rule'
import { defaultLearningRate, defaultRule, rules } from '../../src/settings/rules'
import {
  cubicAndSquare,
  defaultObjective,
  descentJob,
  lossNames,
  seededPlaces,
  seededSamples,
} from './cases'
import {
  assert,
  check,
  contextOf,
  crowdOf,
  type KernelCheck,
  mutantCheck,
  type Rewrite,
  say,
} from './check'
import { type Comparison, expectPermitted } from './compare'

const count = 48
/** A rule's first steps differ most; each look is two read-backs, for which Deno waits 10 ms. */
const lookedAt = [0, 1, 2, 3, 5, 8, 11, 15, 23]
const names = Object.keys(rules) as RuleName[]

/** Takes the GPU's state k, and demands that state k + 1 is one that the rule's step permits. */
async function checkRule(
  device: GPUDevice,
  rule: RuleSpec,
  objective: ObjectiveSpec,
  steps: number,
  rewrite?: Rewrite,
): Promise<Comparison> {
  const learningRate =
    objective.kind === 'neuron'
      ? defaultLearningRate(rule.name, objective.loss, objective.samples.length)
      : 0.02
  const starts = seededPlaces(count, objective.kind === 'neuron' ? 8 : 2, 21)
  const job = descentJob(objective, { runner: { rule, learningRate }, steps, starts })
  const crowd = await crowdOf(contextOf(device, rewrite), job)
  const oracle = createRule(rule, termCount(objective), steps)
  const permitted = stateIntervals(rule, objective, learningRate, steps)
  const functions = createObjective(objective)
  const gradient = new Float64Array(2)
  const state = new Float64Array(oracle.stateSize)
  const total = { count: 0, worst: 0 }
  for (const step of lookedAt.filter((each) => each < steps)) {
    const { before, after } = await crowd.stepPair(step, count)
    const size = stateSizeOf(rule)
    let intervals: ReturnType<typeof permitted> = []
    const found = expectPermitted(after, (i) => {
      if (i % size === 0) {
        state.set(before.subarray(i, i + size))
        intervals = permitted(state, step)
        functions.gradient(state[0], state[1], gradient)
        oracle.takeStep(state, gradient, Math.fround(learningRate), functions, step)
      }
      const what = `number ${i % size} of the state of trajectory ${Math.floor(i / size)}`
      return { oracle: state[i % size], interval: intervals[i % size], what: `${what}, ${step}` }
    })
    total.count += found.count
    total.worst = Math.max(total.worst, found.worst)
  }
  crowd.dispose()
  return total
}

const steps = names.flatMap((name) =>
  lossNames.map((loss) =>
    check(`steps of ${name}, ${loss}`, async (device) =>
      say(await checkRule(device, defaultRule(name), { ...defaultObjective, loss }, 24)),
    ),
  ),
)

/** Few steps: to the left of 0 they run away. Batches of no points use the whole gradient. */
const withoutData = names.map((name) =>
  check(`steps of ${name}, w³ + b²`, async (device) =>
    say(await checkRule(device, defaultRule(name), cubicAndSquare, 6)),
  ),
)

const schedules = (
  [
    { kind: 'exponential', decay: 0.9 },
    { kind: 'inverse', decay: 0.2 },
    { kind: 'step', decay: 0.5, every: 5 },
    { kind: 'cosine' },
  ] as const
).flatMap((schedule) =>
  (['gradientDescent', 'adam', 'miniBatch'] as const).map((name) =>
    check(`steps of ${name}, ${schedule.kind}`, async (device) =>
      say(await checkRule(device, { ...defaultRule(name), schedule }, defaultObjective, 16)),
    ),
  ),
)

/** 29 samples, so that sums have blocks and remainders, and the last batch of an epoch is short. */
const many = (
  [
    { ...defaultRule('stochastic'), order: 'shuffled', seed: 5 },
    { ...defaultRule('miniBatch'), batchSize: 8, order: 'shuffled', seed: 9 },
    { ...defaultRule('miniBatch'), batchSize: 29 },
    defaultRule('newton'),
    defaultRule('nesterov'),
  ] as RuleSpec[]
).map((rule) =>
  check(`steps of ${JSON.stringify(rule)}, 29 samples`, async (device) => {
    const objective = { ...defaultObjective, samples: seededSamples(29, 4) }
    return say(await checkRule(device, rule, objective, 10))
  }),
)

interface Mutant {
  name: string
  rule: RuleSpec
  file: string
  from: string
  to: string
}

const shuffled = { ...defaultRule('stochastic'), order: 'shuffled' } as RuleSpec

const mutants: readonly Mutant[] = [
  {
    name: 'the sign of the momentum',
    rule: defaultRule('momentum'),
    file: 'momentum',
    from: 'rule.gamma * state.velocity',
    to: '-rule.gamma * state.velocity',
  },
  {
    name: 'Nesterov without its look-ahead',
    rule: defaultRule('nesterov'),
    file: 'nesterov',
    from: 'gradient(state.theta - rule.gamma * state.velocity)',
    to: 'gradient(state.theta)',
  },
  ...(['adagrad', 'rmsprop', 'adam'] as const).map((name) => ({
    name: `epsilon inside the root, ${name}`,
    rule: defaultRule(name),
    file: 'rule.wgsl',
    from: 'sqrt(max(square, vec2f(leastSquare))) + epsilon',
    to: 'sqrt(max(square + epsilon, vec2f(leastSquare)))',
  })),
  {
    name: 'RMSProp with all of the new square',
    rule: defaultRule('rmsprop'),
    file: 'rmsprop',
    from: 'rule.squareAdded * (slope * slope)',
    to: 'slope * slope',
  },
  {
    name: 'Adam without its bias correction',
    rule: defaultRule('adam'),
    file: 'adam',
    from: '(mean / corrections.x)',
    to: 'mean',
  },
  {
    name: 'the order of the shuffle',
    rule: shuffled,
    file: 'tabledSteps',
    from: '(step - rule.tableFirst)',
    to: '((step ^ 1u) - rule.tableFirst)',
  },
  {
    name: 'a batch that leaves a point out',
    rule: defaultRule('miniBatch'),
    file: 'miniBatch',
    from: 'i + 1u < count',
    to: 'i + 2u < count',
  },
  {
    name: 'the determinant of Newton',
    rule: defaultRule('newton'),
    file: 'newton',
    from: 'a * c - h.y * h.y',
    to: 'a * c + h.y * h.y',
  },
  {
    name: 'a Hessian without its second part',
    rule: defaultRule('newton'),
    file: 'squaredError',
    from: 'a.slope * a.slope + (a.value - y) * a.slope * (a.complement - a.value)',
    to: 'a.slope * a.slope',
  },
  {
    name: 'a schedule that is a step ahead',
    rule: { ...defaultRule('gradientDescent'), schedule: { kind: 'exponential', decay: 0.9 } },
    file: 'tabledSteps',
    from: 'learningRate * stepTable[tableRow(step)].x',
    to: 'learningRate * stepTable[tableRow(step + 1u)].x',
  },
]

const mutantChecks = mutants.map(({ name, rule, file, from, to }) =>
  mutantCheck(name, async (device) => {
    let changed = 0
    const rewrite: Rewrite = (part) => {
      if (!part.file.includes(file) || !part.text.includes(from)) return part
      changed++
      return { file: `${part.file}, mutant`, text: part.text.replaceAll(from, to) }
    }
    const result = await checkRule(device, rule, defaultObjective, 12, rewrite).catch(
      (reason: Error) => reason.message,
    )
    assert(changed > 0, 'The mutation changed no part; it must change one.')
    if (typeof result === 'string') return result
    throw new Error(`The mutant passed: worst error ${result.worst} of the permitted.`)
  }),
)

export const ruleChecks: readonly KernelCheck[] = [
  ...steps,
  ...withoutData,
  ...schedules,
  ...many,
  ...mutantChecks,
]
