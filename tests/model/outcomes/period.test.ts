import { expect, test } from 'vitest'
import type { NeuronSpec } from '../../../src/model/objective'
import { findPeriod } from '../../../src/model/outcomes/period'
import { defaults } from '../../../src/settings/settings'

const { samples, loss } = defaults
const objective: NeuronSpec = { kind: 'neuron', samples, loss }
const runner = (learningRate: number) => ({
  rule: { name: 'gradientDescent' as const },
  learningRate,
})

test('a descent at rest has no period', () => {
  expect(findPeriod(objective, runner(2), [0.5, 0], 2000)).toBeNull()
})

test('the rate 60 is chaotic: no period up to 8', () => {
  expect(findPeriod(objective, runner(60), [-2, 4], 1000)).toBeNull()
})

test('periods found on one point are those of a map iterated here', () => {
  // One sample at x = 0: w rests, and b follows b - eta L'(b), a map of one dimension.
  const single: NeuronSpec = { kind: 'neuron', samples: [[0, 0.5]], loss: 'mean' }
  const step = (b: number, rate: number) => {
    const f = 1 / (1 + Math.exp(-b))
    return b - rate * 2 * (f - 0.5) * f * (1 - f)
  }
  const found = new Set<number | null>()
  for (const rate of [10, 20, 24, 30, 34, 36, 40, 60]) {
    let b = 0.3
    const places: number[] = []
    for (let i = 0; i <= 20_000; i++) {
      places.unshift(b)
      b = step(b, rate)
    }
    const isPeriod = (p: number) =>
      places.slice(0, p).every((place, i) => Math.abs(place - places[i + p]) < 1e-7)
    const wanted = [1, 2, 3, 4, 5, 6, 7, 8].find(isPeriod) ?? null
    const period = findPeriod(single, runner(rate), [0, 0.3], 20_000)
    // A descent at rest, of period 1, is in no cycle.
    expect(period, `rate ${rate}`).toBe(wanted === 1 ? null : wanted)
    found.add(period)
  }
  expect(found.size).toBeGreaterThan(1)
})
