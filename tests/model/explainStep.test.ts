/** One step: its Taylor terms, its true change, and the share of every point. */
import { expect, test } from 'vitest'
import { explainStep, lossChange } from '../../src/model/explainStep'
import { createObjective, type ObjectiveSpec } from '../../src/model/objective'
import { uniform } from '../../src/model/pcg'
import { defaultObjective, lossNames, seededPlaces, seededSamples } from '../gpu/cases'

const places = (count: number, seed: number) => {
  const flat = seededPlaces(count, 4, seed)
  return Array.from({ length: count }, (_, i): [number, number] => [flat[2 * i], flat[2 * i + 1]])
}
const unit = (seed: number): [number, number] => {
  const angle = 2 * Math.PI * uniform(seed, 0)
  return [Math.cos(angle), Math.sin(angle)]
}

/** Slope of the line through log |remainder| over log eta, over two decades from eta 0.03 down. */
function orderOfRemainder(
  objective: ObjectiveSpec,
  place: [number, number],
  direction: [number, number],
): number {
  // At equal distances -2, -1, 0, 1, 2 from the middle one: the slope of least squares is sum k y / 10.
  const slope = [-2, -1, 0, 1, 2].reduce((sum, k) => {
    const learningRate = 0.03 * 10 ** (k / 2 - 1)
    const step = explainStep({ objective, place, direction, learningRate })
    return sum + k * Math.log10(Math.abs(step.actual - step.firstOrder - step.secondOrder))
  }, 0)
  return slope / 10 / 0.5
}

test('what two orders leave falls as eta^3 at 95 of 100 places; at the others eta^3 has hardly a factor', () => {
  let steep = 0
  for (const [i, place] of places(100, 61).entries()) {
    const direction = unit(i)
    if (Math.abs(orderOfRemainder(defaultObjective, place, direction) - 3) < 0.05) {
      steep++
      continue
    }
    // The third derivative along u changes its sign near by: the fourth order shows.
    const along = (eta: number) => {
      const step = explainStep({ objective: defaultObjective, place, direction, learningRate: eta })
      return (step.actual - step.firstOrder - step.secondOrder) / eta ** 3
    }
    expect(Math.abs(along(0.03) - along(0.003))).toBeGreaterThan(0.02 * Math.abs(along(0.003)))
  }
  expect(steep).toBeGreaterThanOrEqual(95)
})

test.for(lossNames)('a large step changes the loss by the difference of two losses, %s', (loss) => {
  const objective = { ...defaultObjective, loss, samples: seededSamples(7, 3) }
  const { loss: lossAt } = createObjective(objective)
  for (const [i, [w, b]] of places(50, 62).entries()) {
    const [uw, ub] = unit(i).map((part) => part * 10 ** (2 * uniform(i, 1) - 1))
    const wanted = lossAt(w + uw, b + ub) - lossAt(w, b)
    expect(lossChange(objective, [w, b], [uw, ub])).toBeCloseTo(wanted, 12)
  }
})

test.for(lossNames)(
  'a tiny step keeps its digits, where a difference of losses has none, %s',
  (loss) => {
    const objective = { ...defaultObjective, loss }
    for (const [i, place] of places(50, 63).entries()) {
      const direction = unit(i)
      const step = explainStep({ objective, place, direction, learningRate: 1e-8 })
      const predicted = step.firstOrder + step.secondOrder
      expect(Math.abs(step.actual / predicted - 1), `place ${place}`).toBeLessThan(1e-9)
    }
  },
)

test('a step of any size gives a number', () => {
  for (const loss of lossNames) {
    const objective = {
      ...defaultObjective,
      loss,
      samples: [[3, 1.4] as const, [-2, -0.3] as const],
    }
    for (const size of [1e4, -1e4, 1e6]) {
      expect(lossChange(objective, [0.5, -1], [size, size])).not.toBeNaN()
      expect(Number.isFinite(lossChange(objective, [50, 700], [size, -size]))).toBe(true)
    }
  }
})

test.for(lossNames)('the terms of the points sum to the gradient, %s', (loss) => {
  const objective = { ...defaultObjective, loss, samples: seededSamples(9, 5) }
  for (const place of places(20, 64)) {
    const { terms, gradient } = explainStep({ objective, place, learningRate: 1 })
    const sums = [0, 0]
    for (const { x, y, z, prediction, error, slope, dw, db } of terms) {
      expect(prediction).toBeCloseTo(1 / (1 + Math.exp(-z)), 12)
      expect(error).toBe(prediction - y)
      expect(slope).toBeCloseTo(prediction * (1 - prediction), 12)
      expect(dw).toBe(db * x)
      sums[0] += dw
      sums[1] += db
    }
    expect(sums[0]).toBeCloseTo(gradient[0], 12)
    expect(sums[1]).toBeCloseTo(gradient[1], 12)
  }
})

test('angles: 180 for descent, 0 along the gradient, 90 across; 0 where there is no direction', () => {
  const ask = (direction?: readonly [number, number]) =>
    explainStep({
      objective: defaultObjective,
      place: [-2, 4],
      learningRate: 1,
      ...(direction && { direction }),
    })
  const { gradient, angle } = ask()
  expect(angle).toBe(180)
  expect(ask(gradient).angle).toBeCloseTo(0, 5)
  expect(ask([-gradient[1], gradient[0]]).angle).toBeCloseTo(90, 5)
  expect(ask([0, 0]).angle).toBe(0)
})

test('under half the sum every term is n / 2 times that under the mean', () => {
  const [mean, half] = (['mean', 'half'] as const).map((loss) =>
    explainStep({ objective: { ...defaultObjective, loss }, place: [1, -1], learningRate: 1 }),
  )
  const n = defaultObjective.samples.length
  expect(half.loss / mean.loss).toBeCloseTo(n / 2, 12)
  expect(half.gradient[0] / mean.gradient[0]).toBeCloseTo(n / 2, 12)
  expect(half.terms[2].db / mean.terms[2].db).toBeCloseTo(n / 2, 12)
})
