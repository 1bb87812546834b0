/** Limits at infinity, and what stationary points mean for the classes. */
import { expect, test } from 'vitest'
import { createObjective, type NeuronSpec, type Sample } from '../../../src/model/objective'
import { findLimits } from '../../../src/model/outcomes/limits'
import type {
  StationaryPoint,
  StationaryPoints,
} from '../../../src/model/outcomes/stationaryPoints'
import { findStationaryPoints } from '../../../src/model/outcomes/stationaryPoints'
import { lowLoss, radiusFor, targetsOf } from '../../../src/model/outcomes/targets'
import { uniform } from '../../../src/model/pcg'
import { defaults } from '../../../src/settings/settings'

const specOf = (samples: readonly Sample[], loss: NeuronSpec['loss'] = 'mean') =>
  ({ kind: 'neuron', samples, loss }) as const

const separable: Sample[] = [
  [-1, 0],
  [1, 1],
  [2, 1],
]

test('limits of three points, worked out by hand', () => {
  const found = findLimits(
    specOf([
      [0, 0.5],
      [1, 1],
      [3, 0],
    ]),
  )
  // Steps down from 1 to 0 at 0 would have to miss the point at 1; between 1 and 3 only x = 0 is off.
  expect(found.map(({ loss, words }) => [Number(loss.toFixed(4)), words])).toEqual([
    [0.0833, 'a step from 1 to 0 between x = 1 and x = 3'],
    [0.0833, 'a step from 1 to 0 at x = 1'],
    [0.0833, 'a step from 1 to 0 at x = 3'],
    [0.3333, 'a step from 0 to 1 at x = 0'],
  ])
  expect(found[0].direction[0]).toBeCloseTo(-1 / Math.sqrt(5), 6)
  expect(found[0].direction[1]).toBeCloseTo(2 / Math.sqrt(5), 6)
})

test.for(['mean', 'half', 'crossEntropy'] as const)(
  'far out in its direction the loss is that of the limit, %s',
  (loss) => {
    for (let seed = 1; seed <= 30; seed++) {
      const samples = Array.from(
        { length: 5 },
        (_, i): Sample => [
          uniform(seed, i) * 4 - 2,
          loss === 'crossEntropy' ? Math.round(uniform(seed, 9 + i)) : uniform(seed, 9 + i),
        ],
      )
      const objective = createObjective(specOf(samples, loss))
      for (const limit of findLimits(specOf(samples, loss))) {
        // At one x the value is free, so the direction alone does not give it.
        if (limit.words.includes(' at ')) continue
        const [w, b] = limit.direction
        expect(objective.loss(1e5 * w, 1e5 * b), limit.words).toBeCloseTo(limit.loss, 6)
      }
    }
  },
)

test('cross-entropy with labels inside (0, 1) has no finite limit', () => {
  expect(findLimits(specOf(defaults.samples, 'crossEntropy'))).toEqual([])
})

test.for([
  // z = b at the one x: softplus(b) - 1.5 b has the slope -0.5.
  [[[0, 1.5]], 'the constant 1'],
  [[[5, -0.5]], 'the constant 0'],
  [
    [
      [-1, -1],
      [1, 2],
    ],
    'a step from 0 to 1 between x = -1 and x = 1',
  ],
] as [Sample[], string][])('cross-entropy falls without end: %j', ([samples, words]) => {
  const spec = specOf(samples, 'crossEntropy')
  const points = findStationaryPoints(spec)
  expect(points).toMatchObject({ minima: [], saddles: [], line: null, fallsForEver: true })
  expect(points.limits[0]).toMatchObject({ words, loss: Number.NEGATIVE_INFINITY })
  const [w, b] = points.limits[0].direction
  const objective = createObjective(spec)
  expect(objective.loss(2e5 * w, 2e5 * b)).toBeLessThan(objective.loss(1e5 * w, 1e5 * b) - 1e4)
  // A descent there is receding once it is better than any constant.
  const mean = samples.reduce((sum, [, y]) => sum + y, 0) / samples.length
  const constant = Math.min(1 - 1e-6, Math.max(1e-6, mean))
  expect(lowLoss(spec, points, 0.5)).toBe(objective.loss(0, Math.log(constant / (1 - constant))))
})

test('labels beyond 0 to 1 whose pulls cancel leave a finite limit', () => {
  // One x, labels -0.5 and 0.5: softplus(z) alone is left, which goes to 0.
  const spec = specOf(
    [
      [2, -0.5],
      [2, 0.5],
    ],
    'crossEntropy',
  )
  expect(findLimits(spec)[0]).toMatchObject({ words: 'the constant 0', loss: 0 })
})

test('a radius shrinks with the reach of x, and not for data near the origin', () => {
  expect(radiusFor([[9.9, 0]], 0.05)).toBe(0.05)
  expect(
    radiusFor(
      [
        [-300, 0],
        [400, 1],
      ],
      0.05,
    ),
  ).toBeCloseTo(0.05 / 40, 6)
})

const point = (w: number, b: number, larger: number): StationaryPoint => ({
  w,
  b,
  loss: 0,
  eigenvalues: [0.1, larger],
})
const pointsOf = (minima: StationaryPoint[], saddles: StationaryPoint[]): StationaryPoints => ({
  scale: { mean: 0, spread: 1 },
  minima,
  saddles,
  line: null,
  limits: [],
  fallsForEver: false,
})

test('a radius is at most a quarter of the way to the nearest other point', () => {
  const points = pointsOf([point(0, 0, 2), point(5, 0, 3)], [point(0.1, 0, 4)])
  const targets = targetsOf(points, { radius: 0.05 })
  expect(targets.map(({ radius }) => radius)).toEqual([0.025, 0.05, 0.025].map(Math.fround))
  expect(targets.map(({ isMinimum }) => isMinimum)).toEqual([true, true, false])
  expect(targets.map(({ largest }) => largest)).toEqual([2, 3, 4])
})

test('at most 8 minima and 16 targets', () => {
  const line = (count: number, b: number) => Array.from({ length: count }, (_, i) => point(i, b, 1))
  const targets = targetsOf(pointsOf(line(11, 0), line(11, 5)), { radius: 0.05 })
  expect(targets).toHaveLength(16)
  expect(targets.filter(({ isMinimum }) => isMinimum).map(({ w }) => w)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7,
  ])
})

test('low is a share of the way from the limit to the best constant', () => {
  const spec = specOf(separable)
  const points = findStationaryPoints(spec)
  // The mean of 0, 1, 1 misses by 2/3, 1/3, 1/3: their squares have the mean 2/9.
  expect(lowLoss(spec, points, 1)).toBeCloseTo(2 / 9, 6)
  expect(lowLoss(spec, points, 0.25)).toBeCloseTo(2 / 36, 6)
})

test('nothing is low enough to be receding if a minimum is the lowest place', () => {
  const spec = specOf(defaults.samples)
  const points = findStationaryPoints(spec)
  expect(lowLoss(spec, points, 0.5)).toBe(Number.NEGATIVE_INFINITY)
})
