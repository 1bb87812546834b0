/** The update rules of the oracle, against hand, published formulas and theory. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createObjective, type NeuronSpec, type Objective } from '../../src/model/objective'
import { createRule, type RuleSpec, stabilityLimit } from '../../src/model/rule'
import { createBatches, epochOrder } from '../../src/model/rules/miniBatch'
import { type Schedule, scheduleFactor } from '../../src/model/schedule'
import { defaults } from '../../src/settings/settings'

const { samples } = defaults
const neuron: NeuronSpec = { kind: 'neuron', samples, loss: 'mean' }

/** An objective of which only loss, gradient and Hessian are known. */
function analytic(
  loss: (w: number, b: number) => number,
  gradient: (w: number, b: number) => [number, number],
  hessian: Objective['hessian'],
): Objective {
  const none = () => {
    throw new Error('This objective has no points.')
  }
  return {
    loss,
    gradient: (w, b, out) => out.set(gradient(w, b)),
    evaluate: none,
    batchGradient: none,
    hessian,
  }
}

/** L = w^3 + b^2, with gradient (3 w^2, 2 b). */
const cubic = analytic(
  (w, b) => w ** 3 + b ** 2,
  (w, b) => [3 * w ** 2, 2 * b],
  (w) => ({ ww: 6 * w, wb: 0, bb: 2 }),
)

/** L = (l w^2 + m b^2) / 2 */
const quadratic = (l: number, m: number) =>
  analytic(
    (w, b) => (l * w ** 2 + m * b ** 2) / 2,
    (w, b) => [l * w, m * b],
    () => ({ ww: l, wb: 0, bb: m }),
  )

/** Places (w, b) after 0, 1, 2, ... steps. */
function descend(
  spec: RuleSpec,
  objective: Objective,
  start: readonly [number, number],
  rate: number,
  steps: number,
  sampleCount = 1,
): [w: number, b: number][] {
  const rule = createRule(spec, sampleCount, steps)
  const state = new Float64Array(rule.stateSize)
  state.set(start)
  const gradient = new Float64Array(2)
  const places: [number, number][] = [[start[0], start[1]]]
  for (let step = 0; step < steps; step++) {
    objective.gradient(state[0], state[1], gradient)
    rule.takeStep(state, gradient, rate, objective, step)
    places.push([state[0], state[1]])
  }
  return places
}

function expectPlaces(found: [number, number][], wanted: readonly [number, number][]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach(([w, b], i) => {
    expect(w, `w after ${i} steps`).toBeCloseTo(wanted[i][0], 12)
    expect(b, `b after ${i} steps`).toBeCloseTo(wanted[i][1], 12)
  })
}

describe('two steps by hand on w^3 + b^2 from (1, 2), with numbers that f32 holds exactly', () => {
  test('gradient descent, rate 1/8', () => {
    // g = (3, 4): (5/8, 3/2). g = (75/64, 3): (5/8 - 75/512, 9/8).
    expectPlaces(descend({ name: 'gradientDescent' }, cubic, [1, 2], 0.125, 2), [
      [1, 2],
      [0.625, 1.5],
      [245 / 512, 1.125],
    ])
  })

  test('momentum, gamma 1/2', () => {
    // v = (3/8, 1/2), then v = (3/16 + 75/512, 1/4 + 3/8).
    expectPlaces(descend({ name: 'momentum', gamma: 0.5 }, cubic, [1, 2], 0.125, 2), [
      [1, 2],
      [0.625, 1.5],
      [0.625 - 171 / 512, 0.875],
    ])
  })

  test('nesterov, gamma 1/2: the second gradient is at (7/16, 5/4)', () => {
    // v = (3/8, 1/2); look-ahead (5/8 - 3/16, 3/2 - 1/4); g = (147/256, 5/2).
    expectPlaces(descend({ name: 'nesterov', gamma: 0.5 }, cubic, [1, 2], 0.125, 2), [
      [1, 2],
      [0.625, 1.5],
      [0.625 - (3 / 16 + 147 / 2048), 1.5 - (0.25 + 0.3125)],
    ])
  })

  test('adagrad: the first step is the rate, whatever the gradient', () => {
    // epsilon 1: s = (9, 16), steps (3/8) / (3 + 1) and (4/8) / (4 + 1).
    expectPlaces(descend({ name: 'adagrad', epsilon: 1 }, cubic, [1, 2], 0.125, 1), [
      [1, 2],
      [1 - 0.09375, 1.9],
    ])
    const [, [w, b]] = descend({ name: 'adagrad', epsilon: 1e-8 }, cubic, [1, 2], 0.125, 1)
    expect(1 - w).toBeCloseTo(0.125, 8)
    expect(2 - b).toBeCloseTo(0.125, 8)
  })

  test('rmsprop, beta 3/4, epsilon 1/2', () => {
    // s = (9/4, 4), steps (3/8) / (3/2 + 1/2) and (1/2) / (2 + 1/2).
    expectPlaces(descend({ name: 'rmsprop', beta: 0.75, epsilon: 0.5 }, cubic, [1, 2], 0.125, 1), [
      [1, 2],
      [1 - 3 / 16, 1.8],
    ])
  })

  test('adam: after bias correction the first step is rate g / (|g| + epsilon)', () => {
    const spec = { name: 'adam', beta1: 0.5, beta2: 0.75, epsilon: 1 } as const
    expectPlaces(descend(spec, cubic, [1, 2], 0.125, 1), [
      [1, 2],
      [1 - 0.375 / 4, 2 - 0.5 / 5],
    ])
  })

  test('newton: one step of rate 1 solves a quadratic, and goes by the gradient where it must', () => {
    const spec = { name: 'newton', damping: 0 } as const
    expectPlaces(descend(spec, quadratic(3, 5), [1, 2], 1, 1), [
      [1, 2],
      [0, 0],
    ])
    // At w = -1 the Hessian (-6, 2) is not positive definite: d = g = (3, 4).
    expectPlaces(descend(spec, cubic, [-1, 2], 0.125, 1), [
      [-1, 2],
      [-1.375, 1.5],
    ])
    // Damped by a quarter of the trace 8: (3 + 2, 5 + 2).
    expectPlaces(descend({ name: 'newton', damping: 0.25 }, quadratic(3, 5), [1, 2], 1, 1), [
      [1, 2],
      [1 - 3 / 5, 2 - 10 / 7],
    ])
  })
})

describe('against the published updates, written out', () => {
  const start = [-2, 4] as const
  const steps = 40
  const objective = createObjective(neuron)
  const gradientAt = (w: number, b: number): [number, number] => {
    const out = new Float64Array(2)
    objective.gradient(w, b, out)
    return [out[0], out[1]]
  }
  /** The parameters after their rounding to f32. */
  const f32 = Math.fround

  function publishedPath(
    update: (theta: number[], t: number) => number[],
  ): [w: number, b: number][] {
    let theta: number[] = [...start]
    const places: [number, number][] = [[theta[0], theta[1]]]
    for (let t = 0; t < steps; t++) {
      theta = update(theta, t)
      places.push([theta[0], theta[1]])
    }
    return places
  }

  test('momentum (Polyak 1964): theta(t+1) = theta(t) - eta g + gamma (theta(t) - theta(t-1))', () => {
    let before: number[] = [...start]
    const gamma = f32(0.9)
    const wanted = publishedPath((theta) => {
      const g = gradientAt(theta[0], theta[1])
      const next = theta.map((at, k) => at - 2 * g[k] + gamma * (at - before[k]))
      before = theta
      return next
    })
    expectPlaces(descend({ name: 'momentum', gamma: 0.9 }, objective, start, 2, steps), wanted)
  })

  test('nesterov (1983): y = theta + gamma (theta - theta before), theta = y - eta g(y)', () => {
    let before: number[] = [...start]
    const gamma = f32(0.9)
    const wanted = publishedPath((theta) => {
      const y = theta.map((at, k) => at + gamma * (at - before[k]))
      const g = gradientAt(y[0], y[1])
      before = theta
      return y.map((at, k) => at - 2 * g[k])
    })
    expectPlaces(descend({ name: 'nesterov', gamma: 0.9 }, objective, start, 2, steps), wanted)
  })

  test('adagrad (Duchi 2011): divided by the root of the sum of all squares', () => {
    const all: number[][] = []
    const wanted = publishedPath((theta) => {
      all.push(gradientAt(theta[0], theta[1]))
      return theta.map((at, k) => {
        const sum = all.reduce((total, g) => total + g[k] * g[k], 0)
        return at - (0.5 * all[all.length - 1][k]) / (Math.sqrt(sum) + f32(1e-8))
      })
    })
    expectPlaces(descend({ name: 'adagrad', epsilon: 1e-8 }, objective, start, 0.5, steps), wanted)
  })

  test('rmsprop (Hinton 2012): by the root of a decaying mean of squares', () => {
    const all: number[][] = []
    const [kept, added] = [f32(0.9), f32(1 - 0.9)]
    const wanted = publishedPath((theta, t) => {
      all.push(gradientAt(theta[0], theta[1]))
      return theta.map((at, k) => {
        const mean = all.reduce((sum, g, i) => sum + added * kept ** (t - i) * g[k] ** 2, 0)
        return at - (0.05 * all[t][k]) / (Math.sqrt(mean) + f32(1e-8))
      })
    })
    const spec = { name: 'rmsprop', beta: 0.9, epsilon: 1e-8 } as const
    expectPlaces(descend(spec, objective, start, 0.05, steps), wanted)
  })

  test('adam (Kingma and Ba 2015): both means divided by 1 - beta^t', () => {
    const all: number[][] = []
    const mean = (beta: number, t: number, value: (g: number[]) => number) =>
      all.reduce((sum, g, i) => sum + f32(1 - beta) * f32(beta) ** (t - i) * value(g), 0)
    /** 1 - beta^t of exact numbers: the sum of the weights, which are rounded to f32. */
    const correction = (beta: number, t: number) => mean(beta, t, () => 1)
    const wanted = publishedPath((theta, t) => {
      all.push(gradientAt(theta[0], theta[1]))
      return theta.map((at, k) => {
        const m = mean(0.9, t, (g) => g[k]) / correction(0.9, t)
        const s = mean(0.999, t, (g) => g[k] ** 2) / correction(0.999, t)
        return at - (0.1 * m) / (Math.sqrt(s) + f32(1e-8))
      })
    })
    const spec = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
    expectPlaces(descend(spec, objective, start, 0.1, steps), wanted)
  })

  test('stochastic (Robbins and Monro 1951): one point after another, scaled as all of them', () => {
    const wanted = publishedPath((theta, t) => {
      const [x, y] = samples[t % samples.length].map(f32)
      const f = 1 / (1 + Math.exp(-(theta[0] * x + theta[1])))
      const term = 2 * (f - y) * f * (1 - f)
      return [theta[0] - 2 * term * x, theta[1] - 2 * term]
    })
    const spec = { name: 'stochastic', order: 'given', seed: 1 } as const
    const found = descend(spec, objective, start, 2, steps, samples.length)
    expectPlaces(found, wanted)
  })
})

describe('predictions of the theory', () => {
  const objective = createObjective(neuron)
  const path = (spec: RuleSpec, rate: number, sampleCount = samples.length) =>
    descend(spec, objective, [-2, 4], rate, 60, sampleCount)
  const plain = path({ name: 'gradientDescent' }, 3)

  test('momentum and nesterov with gamma 0 are gradient descent', () => {
    expect(path({ name: 'momentum', gamma: 0 }, 3)).toEqual(plain)
    expect(path({ name: 'nesterov', gamma: 0 }, 3)).toEqual(plain)
  })

  test('rmsprop with beta 0 and adam with both 0 take steps of the rate in each direction', () => {
    for (const spec of [
      { name: 'rmsprop', beta: 0, epsilon: 1e-12 },
      { name: 'adam', beta1: 0, beta2: 0, epsilon: 1e-12 },
    ] as const) {
      const places = path(spec, 0.01)
      for (let i = 1; i < 20; i++) {
        for (const k of [0, 1] as const) {
          expect(Math.abs(places[i][k] - places[i - 1][k])).toBeCloseTo(0.01, 8)
        }
      }
    }
  })

  test('a mini-batch of all points is gradient descent, in whatever order', () => {
    for (const order of ['given', 'shuffled'] as const) {
      const spec = { name: 'miniBatch', batchSize: samples.length, order, seed: 5 } as const
      expectPlaces(path(spec, 3), plain)
    }
  })

  test('an epoch of batches uses every point once, the last batch being short', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 50 }),
        (count, size, seed, epoch) => {
          fc.pre(size <= count)
          const batches = createBatches(count, size, { order: 'shuffled', seed })
          const perEpoch = Math.ceil(count / size)
          const used = Array.from({ length: perEpoch }, (_, i) => {
            const { indices, first, last } = batches(epoch * perEpoch + i)
            return [...indices.subarray(first, last)]
          })
          expect(used.flat().sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, i) => i),
          )
          expect(used.map(({ length }) => length)).toEqual(
            Array.from({ length: perEpoch }, (_, i) => Math.min(size, count - i * size)),
          )
        },
      ),
      { seed: 11, numRuns: 200 },
    )
  })

  test('orders differ by epoch and by seed, and every permutation comes up about as often', () => {
    const counts = new Map<string, number>()
    for (let epoch = 0; epoch < 6000; epoch++) {
      const key = epochOrder(3, { order: 'shuffled', seed: 7 }, epoch).join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // 1000 of each expected, with a deviation of 29: five of them.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145)
    const first = (seed: number) => epochOrder(10, { order: 'shuffled', seed }, 0).join()
    expect(first(1)).not.toBe(first(2))
    expect([...epochOrder(4, { order: 'given', seed: 1 }, 3)]).toEqual([0, 1, 2, 3])
  })

  test.for<[spec: RuleSpec]>([
    [{ name: 'gradientDescent' }],
    [{ name: 'momentum', gamma: 0.9 }],
    [{ name: 'momentum', gamma: 0.5 }],
    [{ name: 'nesterov', gamma: 0.9 }],
    [{ name: 'nesterov', gamma: 0.5 }],
  ])('%j holds on a quadratic just below its limit, and not just above', ([spec]) => {
    const largest = 4
    const limit = stabilityLimit(spec, largest) ?? Number.NaN
    const away = (rate: number) => {
      const places = descend(spec, quadratic(largest, 1), [1, 0], rate, 4000)
      return Math.abs(places[places.length - 1][0])
    }
    expect(away(limit * 0.99)).toBeLessThan(1e-3)
    expect(away(limit * 1.01)).toBeGreaterThan(1e3)
  })

  test('adaptive and stochastic rules and Newton state no limit', () => {
    expect(stabilityLimit({ name: 'adagrad', epsilon: 1e-8 }, 1)).toBeNull()
    expect(stabilityLimit({ name: 'rmsprop', beta: 0.9, epsilon: 1e-8 }, 1)).toBeNull()
    expect(stabilityLimit({ name: 'stochastic', order: 'given', seed: 1 }, 1)).toBeNull()
    expect(stabilityLimit({ name: 'newton', damping: 1e-3 }, 1)).toBeNull()
  })

  test('without any gradient no rule moves or produces NaN', () => {
    const flat = analytic(
      () => 0,
      () => [0, 0],
      () => ({ ww: 0, wb: 0, bb: 0 }),
    )
    const specs: RuleSpec[] = [
      { name: 'adagrad', epsilon: 1e-8 },
      { name: 'rmsprop', beta: 0.9, epsilon: 1e-8 },
      { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      { name: 'newton', damping: 1e-3 },
    ]
    for (const spec of specs) {
      expect(descend(spec, flat, [1, 2], 1, 3)[3], spec.name).toEqual([1, 2])
    }
  })
})

describe('schedules', () => {
  test.for<[schedule: Schedule, factors: readonly number[]]>([
    [{ kind: 'constant' }, [1, 1, 1, 1, 1]],
    [{ kind: 'exponential', decay: 0.5 }, [1, 0.5, 0.25, 0.125, 0.0625]],
    [{ kind: 'inverse', decay: 1 }, [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]],
    [{ kind: 'step', decay: 0.5, every: 2 }, [1, 1, 0.5, 0.5, 0.25]],
    [{ kind: 'cosine' }, [1, (1 + Math.SQRT1_2) / 2, 0.5, (1 - Math.SQRT1_2) / 2, 0]],
  ])('%j', ([schedule, factors]) => {
    factors.forEach((factor, t) => {
      const found = scheduleFactor(schedule, t, 4)
      expect(found).toBeCloseTo(factor, 7)
      expect(Math.fround(found)).toBe(found)
    })
  })
})
