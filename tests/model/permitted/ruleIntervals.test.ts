/** The permitted states of every rule: right steps lie inside, wrong ones are caught. */
import { describe, expect, test } from 'vitest'
import { createObjective, type NeuronSpec } from '../../../src/model/objective'
import { uniform } from '../../../src/model/pcg'
import { anyResult, type Interval } from '../../../src/model/permitted/interval'
import { stateIntervals } from '../../../src/model/permitted/ruleIntervals'
import { createRule, type RuleName, type RuleSpec } from '../../../src/model/rule'
import { rules } from '../../../src/settings/rules'
import { defaultObjective, lossNames, seededSamples } from '../../gpu/cases'
import { createFloat32Step, type Defect, type Evaluation } from '../float32Rules'

const steps = 60

const specs: readonly RuleSpec[] = [
  { name: 'gradientDescent' },
  { name: 'gradientDescent', schedule: { kind: 'inverse', decay: 0.1 } },
  { name: 'momentum', gamma: 0.9 },
  { name: 'nesterov', gamma: 0.9, schedule: { kind: 'cosine' } },
  { name: 'adagrad', epsilon: 1e-8 },
  { name: 'rmsprop', beta: 0.9, epsilon: 1e-8 },
  { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  { name: 'stochastic', order: 'shuffled', seed: 4 },
  { name: 'miniBatch', batchSize: 2, order: 'shuffled', seed: 4 },
  { name: 'newton', damping: 1e-3 },
]

const evaluations: readonly Evaluation[] = [
  { order: 'forward', fused: false },
  { order: 'forward', fused: true },
  { order: 'backward', fused: false },
  { order: 'pairs', fused: true },
]

const rateOf = ({ name }: RuleSpec) => rules[name].learningRate

/** Number `index` of the numbers in [-1, 1) of this seed. */
const signed = (seed: number, index: number) => 2 * uniform(seed, index) - 1

/** f32 states as a descent has them: squares of all sizes, corrections of some step. */
function seededState(spec: RuleSpec, seed: number): number[] {
  const theta = [8 * signed(seed, 0), 8 * signed(seed, 1)]
  const square = (index: number) => 10 ** (-5 + 5 * signed(seed, index))
  const step = Math.floor(steps * uniform(seed, 6))
  const inner: Partial<Record<RuleName, readonly number[]>> = {
    momentum: [2 * signed(seed, 2), 2 * signed(seed, 3)],
    nesterov: [2 * signed(seed, 2), 2 * signed(seed, 3)],
    adagrad: [square(2), square(3)],
    rmsprop: [square(2), square(3)],
    adam: [
      ...[0.1 * signed(seed, 2), 0.1 * signed(seed, 3), square(4), square(5)],
      ...[1 - 0.9 ** step, 1 - 0.999 ** step],
    ],
  }
  return [...theta, ...(inner[spec.name] ?? [])].map(Math.fround)
}

function expectInside(
  state: ArrayLike<number>,
  intervals: readonly Interval[],
  what: string,
): void {
  expect(intervals).toHaveLength(state.length)
  intervals.forEach(({ lo, hi }, k) => {
    const sentence = `number ${k} ${what}: ${state[k]} in [${lo}, ${hi}]`
    expect(lo <= state[k] && state[k] <= hi, sentence).toBe(true)
  })
}

const objectives: readonly NeuronSpec[] = lossNames.flatMap((loss) => [
  { ...defaultObjective, loss },
  { ...defaultObjective, loss, samples: seededSamples(17, 4) },
])

describe.for(specs)('%j', (spec) => {
  test("the oracle's step is permitted", () => {
    for (const objectiveSpec of objectives) {
      const permitted = stateIntervals(spec, objectiveSpec, rateOf(spec), steps)
      const rule = createRule(spec, objectiveSpec.samples.length, steps)
      const objective = createObjective(objectiveSpec)
      const gradient = new Float64Array(2)
      for (let seed = 0; seed < 100; seed++) {
        const state = Float64Array.from(seededState(spec, seed))
        const intervals = permitted(state, seed % steps)
        objective.gradient(state[0], state[1], gradient)
        rule.takeStep(state, gradient, Math.fround(rateOf(spec)), objective, seed % steps)
        expectInside(state, intervals, `of state ${seed}, ${objectiveSpec.loss}`)
      }
    }
  })

  test('a step in f32 is permitted, in whatever order', () => {
    for (const objective of objectives) {
      const permitted = stateIntervals(spec, objective, rateOf(spec), steps)
      for (const evaluation of evaluations) {
        const take = createFloat32Step(spec, objective, rateOf(spec), steps, evaluation)
        for (let seed = 0; seed < 60; seed++) {
          const state = seededState(spec, seed)
          const what = `of state ${seed}, ${objective.loss}, ${JSON.stringify(evaluation)}`
          expectInside(take(state, seed % steps), permitted(state, seed % steps), what)
        }
      }
    }
  })

  test('theta is known to less than 1e-5 of its size in most places', () => {
    const permitted = stateIntervals(spec, defaultObjective, rateOf(spec), steps)
    const widths = Array.from({ length: 200 }, (_, seed) => {
      const [w, b] = permitted(seededState(spec, seed), seed % steps)
      return [w, b].map(({ lo, hi }) => (hi - lo) / Math.max(1, Math.abs(lo)))
    }).flat()
    // The widest is AdaGrad's, 1.9e-6: its first steps are as wide as the gradient is uncertain.
    expect(widths.sort((a, b) => a - b)[200]).toBeLessThan(1e-5)
  })
})

/** Counts the steps of a path computed in f32 that end outside of what is permitted. */
function countOutside(spec: RuleSpec, defect?: Defect): number {
  const permitted = stateIntervals(spec, defaultObjective, rateOf(spec), steps)
  const [evaluation] = evaluations
  const take = createFloat32Step(spec, defaultObjective, rateOf(spec), steps, evaluation, defect)
  let outside = 0
  for (let seed = 0; seed < 12; seed++) {
    const theta = [8 * signed(seed, 0), 8 * signed(seed, 1)].map(Math.fround)
    const { stateSize } = createRule(spec, defaultObjective.samples.length, steps)
    let state = [...theta, ...new Array<number>(stateSize - 2).fill(0)]
    for (let step = 0; step < steps; step++) {
      const intervals = permitted(state, step)
      state = take(state, step)
      if (intervals.some(({ lo, hi }, k) => !(lo <= state[k] && state[k] <= hi))) outside++
    }
  }
  return outside
}

test.for(specs)('a whole path of %j is permitted', (spec) => {
  expect(countOutside(spec)).toBe(0)
})

const named = (wanted: RuleName) => specs.filter(({ name }) => name === wanted).at(-1)!

test.for<[name: RuleName, defect: Defect]>([
  ['gradientDescent', 'no schedule'],
  ['nesterov', 'no schedule'],
  ['momentum', 'momentum of the wrong sign'],
  ['nesterov', 'momentum of the wrong sign'],
  ['nesterov', 'no look-ahead'],
  ['adagrad', 'epsilon inside of the root'],
  ['rmsprop', 'epsilon inside of the root'],
  ['adam', 'epsilon inside of the root'],
  ['adam', 'no bias correction'],
  ['stochastic', 'the shuffle of the next epoch'],
  ['miniBatch', 'the shuffle of the next epoch'],
  ['miniBatch', 'a mean over all points for a short batch'],
  ['newton', 'damping that is no share of the trace'],
])('caught, %s: %s', ([name, defect]) => {
  expect(countOutside(named(name), defect)).toBeGreaterThan(0)
})

describe('newton', () => {
  const spec = { name: 'newton', damping: 1e-3 } as const

  test('far out, where the determinant vanishes, the direction is the gradient', () => {
    const convex = { ...defaultObjective, loss: 'crossEntropy' } as const
    const plain = stateIntervals({ name: 'gradientDescent' }, convex, 1, steps)
    const permitted = stateIntervals(spec, convex, 1, steps)
    expect(permitted([0.5, 60], 0)).toEqual(plain([0.5, 60], 0))
    expect(permitted([0.5, 1], 0)).not.toEqual(plain([0.5, 1], 0))
  })

  test('anything is permitted if the matrix may not be positive definite', () => {
    // The Hessian of one point has rank one: its determinant is what rounding leaves.
    const onePoint = { ...defaultObjective, samples: [[2, 0.3]] } as const
    const permitted = stateIntervals({ name: 'newton', damping: 0 }, onePoint, 1, steps)
    expect(permitted([0.1, -0.5], 0)).toEqual([anyResult, anyResult])
  })

  test('that is so in less than one of a hundred places', () => {
    const permitted = stateIntervals(spec, defaultObjective, 1, steps)
    let undecided = 0
    for (let seed = 0; seed < 1000; seed++) {
      if (permitted(seededState(spec, seed), 0)[0] === anyResult) undecided++
    }
    expect(undecided).toBeLessThan(10)
  })
})
