/** Stationary points: the criterion, and a search by winding numbers that uses no Newton step. */
import { expect, test } from 'vitest'
import {
  createObjective,
  type NeuronSpec,
  neuronLoss,
  type Objective,
  roundSamples,
  type Sample,
} from '../../../src/model/objective'
import { xScaleOf } from '../../../src/model/outcomes/standardised'
import { findStationaryPoints } from '../../../src/model/outcomes/stationaryPoints'
import { uniform } from '../../../src/model/pcg'
import type { Range } from '../../../src/model/starts'
import { defaults } from '../../../src/settings/settings'
import { indexCells, indexSums } from './windingNumber'

const specOf = (samples: readonly Sample[], loss: NeuronSpec['loss'] = 'mean') =>
  ({ kind: 'neuron', samples, loss }) as const
const places = (points: readonly { w: number; b: number }[]) =>
  points.map(({ w, b }) => [Number(w.toFixed(2)), Number(b.toFixed(2))])

/** Five points, x from -2 to 2, y from 0 to 1. */
function randomSamples(seed: number, count = 5): Sample[] {
  return Array.from({ length: count }, (_, i) => [
    4 * uniform(seed, 2 * i) - 2,
    uniform(seed, 2 * i + 1),
  ])
}

test('the default data has two minima and a saddle between them', () => {
  const { minima, saddles, line, fallsForEver } = findStationaryPoints(specOf(defaults.samples))
  expect(places(minima)).toEqual([
    [0.57, -0.23],
    [2.41, -0.07],
  ])
  expect(places(saddles)).toEqual([[1.2, -0.11]])
  expect(minima[0].loss).toBeLessThan(minima[1].loss)
  expect(line).toBeNull()
  expect(fallsForEver).toBe(false)
})

test('the set with three minima', () => {
  const samples: Sample[] = [
    [0.429, 0.875],
    [-1.069, 0.238],
    [0.566, 0.618],
    [-0.973, 0.101],
    [-0.65, 0.819],
  ]
  const { minima } = findStationaryPoints(specOf(samples))
  expect(places(minima)).toEqual([
    [8.48, 6.87],
    [1.47, 0.79],
    [-10.69, 6.53],
  ])
})

/** How often the gradient turns in a square that holds this point alone. */
function indexAround(objective: Objective, { w, b }: { w: number; b: number }): number {
  const half = 1e-4 * Math.hypot(w, b, 1)
  const square = { w: [w - half, w + half], b: [b - half, b + half] } as const
  const [found] = indexCells(objective, square, 1)
  return found ? Number(found.split(',')[2]) : 0
}

test('on 200 random data sets every point satisfies the criterion', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const spec = specOf(randomSamples(seed))
    const { minima, saddles } = findStationaryPoints(spec)
    const objective = createObjective(spec)
    const gradient = new Float64Array(2)
    for (const point of [...minima, ...saddles]) {
      const { w, b, eigenvalues } = point
      objective.gradient(w, b, gradient)
      const { ww, wb, bb } = objective.hessian(w, b)
      const determinant = ww * bb - wb * wb
      const step = [
        (bb * gradient[0] - wb * gradient[1]) / determinant,
        (ww * gradient[1] - wb * gradient[0]) / determinant,
      ]
      expect(Math.hypot(...step), `seed ${seed}`).toBeLessThan(1e-8)
      expect(eigenvalues[0] * eigenvalues[1]).toBeCloseTo(determinant, 12)
      expect(eigenvalues[0] + eigenvalues[1]).toBeCloseTo(ww + bb, 12)
      // The search asks for 1e-12; a valley may be narrow, as long as the gradient turns around it.
      expect(Math.abs(eigenvalues[0])).toBeGreaterThan(1e-12 * eigenvalues[1])
      expect(indexAround(objective, point), `seed ${seed}`).toBe(Math.sign(eigenvalues[0]))
      expect(point.loss).toBe(objective.loss(w, b))
    }
    for (const { eigenvalues } of minima) expect(eigenvalues[0]).toBeGreaterThan(0)
    for (const { eigenvalues } of saddles) expect(eigenvalues[0]).toBeLessThan(0)
    const losses = minima.map(({ loss }) => loss)
    expect(losses).toEqual([...losses].sort((one, other) => one - other))
  }
})

/**
 * The gradient turns once around a minimum, and once the other way around a saddle; around a cell
 * that holds both, not at all, as with the sums of the points that were found. Cells of a quarter of
 * a unit.
 */
const searched: { w: Range; b: Range } = { w: [-10, 10], b: [-10, 10] }
const cells = 80

test.for(Array.from({ length: 200 }, (_, i) => i + 1))(
  'winding numbers find the same points, seed %i',
  (seed) => {
    const spec = specOf(randomSamples(seed))
    const { minima, saddles } = findStationaryPoints(spec)
    const isSearched = ({ w, b }: { w: number; b: number }) =>
      Math.max(Math.abs(w), Math.abs(b)) < 10
    const wanted = indexSums(
      [
        ...minima.map((point) => ({ point, index: 1 })),
        ...saddles.map((point) => ({ point, index: -1 })),
      ].filter(({ point }) => isSearched(point)),
      searched,
      cells,
    )
    const found = indexCells(createObjective(spec), searched, cells)
    expect(found.sort()).toEqual(wanted.sort())
  },
)

test('cross-entropy with labels inside (0, 1) is convex: one minimum, no saddle', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const samples = randomSamples(seed).map(([x, y]): Sample => [x, 0.2 + 0.6 * y])
    const { minima, saddles } = findStationaryPoints(specOf(samples, 'crossEntropy'))
    expect([minima.length, saddles.length], `seed ${seed}`).toEqual([1, 0])
  }
})

test('reflection of x mirrors w', () => {
  const samples = randomSamples(7)
  const mirrored = samples.map(([x, y]): Sample => [-x, y])
  const { minima } = findStationaryPoints(specOf(samples))
  const turned = findStationaryPoints(specOf(mirrored)).minima
  expect(minima.length).toBeGreaterThan(0)
  expect(places(turned)).toEqual(places(minima.map(({ w, b }) => ({ w: -w, b }))))
})

test.for([
  [[[2, 0.3]], -0.847],
  [
    [
      [2, 0.2],
      [2, 0.4],
    ],
    -0.847,
  ],
] as [Sample[], number][])('one x alone gives a line of minima: %j', ([samples, z]) => {
  for (const loss of ['mean', 'crossEntropy'] as const) {
    const spec = specOf(samples, loss)
    const { minima, saddles, line, fallsForEver } = findStationaryPoints(spec)
    expect([minima, saddles, fallsForEver]).toEqual([[], [], false])
    if (!line) throw new Error('There is no line; there must be one.')
    const { point, direction } = line
    expect(Math.hypot(...direction)).toBeCloseTo(1, 12)
    const gradient = new Float64Array(2)
    for (const t of [-3, 0, 5]) {
      const [w, b] = [point.w + t * direction[0], point.b + t * direction[1]]
      expect(w * 2 + b).toBeCloseTo(z, 3)
      createObjective(spec).gradient(w, b, gradient)
      expect(Math.hypot(...gradient)).toBeLessThan(1e-8)
    }
  }
})

test('one x with labels of 1 has no minimum: the constant 1 is the limit', () => {
  const found = findStationaryPoints(specOf([[2, 1]]))
  expect(found).toMatchObject({ minima: [], saddles: [], line: null, fallsForEver: true })
  expect(found.limits[0]).toMatchObject({ words: 'the constant 1', loss: 0 })
})

test.for(['mean', 'crossEntropy'] as const)('separable labels have no minimum, %s', (loss) => {
  const spec = specOf(
    [
      [-1, 0],
      [0.5, 0],
      [1, 1],
      [2, 1],
    ],
    loss,
  )
  const { minima, limits, fallsForEver } = findStationaryPoints(spec)
  expect(minima).toEqual([])
  expect(fallsForEver).toBe(true)
  expect(limits[0]).toMatchObject({
    loss: 0,
    words: 'a step from 0 to 1 between x = 0.5 and x = 1',
  })
})

/** Five points in a unit and with an origin of their own: x = scale (x' + shift). */
function scaledSamples(seed: number): { scale: number; samples: Sample[] } {
  const scale = 10 ** (8 * uniform(seed, 100) - 4)
  const shift = (2 * uniform(seed, 101) - 1) * 10 ** (4 * uniform(seed, 102))
  const samples = randomSamples(seed).map(([x, y]): Sample => [scale * (x + shift), y])
  return { scale, samples }
}

test('heights in cm: the minimum of a fit through both points', () => {
  const heights: Sample[] = [
    [300, 0.2],
    [400, 0.8],
  ]
  for (const [loss, least] of [
    ['mean', 0],
    ['crossEntropy', 0.500402],
  ] as const) {
    const { minima, saddles } = findStationaryPoints(specOf(heights, loss))
    expect([minima.length, saddles.length]).toEqual([1, 0])
    const [{ w, b, loss: found }] = minima
    expect(w).toBeCloseTo(0.0277259, 7)
    expect(b).toBeCloseTo(-9.704061, 5)
    expect(found).toBeCloseTo(least, 6)
  }
})

// Cross-entropy has one minimum at most, so fewer sets tell as much.
test.for([
  ['mean', 200],
  ['crossEntropy', 50],
] as const)(
  'any unit and origin of x leaves the points of the standardised coordinates, %s',
  ([loss, seeds]) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const samples = roundSamples(scaledSamples(seed).samples)
      const { mean, spread } = xScaleOf(samples)
      const standard = samples.map(([x, y]): Sample => [(x - mean) / spread, y])
      // Samples of a spec are rounded to f32, which would move the points.
      const objective = neuronLoss(standard, loss)
      const { minima, saddles, limits } = findStationaryPoints(specOf(samples, loss))
      const found = [...minima, ...saddles]
      const wanted = findStationaryPoints(specOf(standard, loss))
      expect([minima.length, saddles.length, limits.length], `seed ${seed}`).toEqual([
        wanted.minima.length,
        wanted.saddles.length,
        wanted.limits.length,
      ])
      for (const point of found) {
        const [w, b] = [point.w * spread, point.b + point.w * mean]
        const { ww, wb, bb } = objective.hessian(w, b)
        const gradient = new Float64Array(2)
        objective.gradient(w, b, gradient)
        const determinant = ww * bb - wb * wb
        const step = [
          (bb * gradient[0] - wb * gradient[1]) / determinant,
          (ww * gradient[1] - wb * gradient[0]) / determinant,
        ]
        expect(Math.hypot(...step), `seed ${seed}`).toBeLessThan(1e-6 * Math.hypot(w, b))
      }
    }
  },
)
