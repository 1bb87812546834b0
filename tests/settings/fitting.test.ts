/** Views that suit the data, and data that suit the view. */
import { expect, test } from 'vitest'
import { createObjective, type Sample } from '../../src/model/objective'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { uniform } from '../../src/model/pcg'
import { objectiveOf } from '../../src/results/jobsOf'
import { changeSettings } from '../../src/settings/change'
import { fitView, isIllScaled, standardiseX } from '../../src/settings/fitting'
import { defaults, type Settings } from '../../src/settings/settings'

const withData = (samples: readonly Sample[]): Settings => ({ ...defaults, samples })
const pointsOf = (settings: Settings) => findStationaryPoints(objectiveOf(settings))

/** The settings after a change that must be allowed. */
function taken(settings: Settings, partial: unknown): Settings {
  const { settings: after, complaints } = changeSettings(settings, partial)
  expect(complaints).toEqual([])
  return after
}

const isInside = ({ view }: Settings, w: number, b: number) =>
  w > view.w[0] && w < view.w[1] && b > view.b[0] && b < view.b[1]

function dataOf(seed: number): Sample[] {
  const scale = 10 ** (8 * uniform(seed, 100) - 4)
  const shift = (2 * uniform(seed, 101) - 1) * 10 ** (2 * uniform(seed, 102))
  return Array.from({ length: 5 }, (_, i) => [
    scale * (4 * uniform(seed, 2 * i) - 2 + shift),
    uniform(seed, 2 * i + 1),
  ])
}

test('a fitted view holds the lowest minimum and the start, in any unit of x', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const before = withData(dataOf(seed))
    const points = pointsOf(before)
    const after = taken(before, fitView(before, points))
    const [{ w, b }] = points.minima
    expect(isInside(after, w, b), `seed ${seed}: ${w}, ${b}`).toBe(true)
    expect(isInside(after, ...after.start), `seed ${seed}`).toBe(true)
  }
})

test('a start inside stays, and a zoom ends', () => {
  const zoomed = taken(defaults, { map: { columns: [0, 1], rows: [0, 1] } })
  const after = taken(zoomed, fitView(zoomed, pointsOf(zoomed)))
  expect(after.start).toEqual(defaults.start)
  expect([after.map.columns, after.map.rows]).toEqual([null, null])
})

test.for<[string, Sample[]]>([
  [
    'a limit at infinity',
    [
      [300, 0],
      [400, 1],
    ],
  ],
  ['one x alone', [[2000, 0.3]]],
  ['one x with labels of 1', [[2000, 1]]],
  [
    'x as far apart as can be',
    [
      [-1e6, 0.3],
      [1e6, 0.6],
    ],
  ],
  [
    'x as close as can be',
    [
      [1, 0.3],
      [1.0000002, 0.6],
    ],
  ],
])('%s has a view, too', ([, samples]) => {
  const before = withData(samples)
  taken(before, fitView(before, pointsOf(before)))
})

test('the default data needs no hint; heights, years and milliseconds do', () => {
  const scaleOf = (xs: number[]) => pointsOf(withData(xs.map((x) => [x, 0.5]))).scale
  expect(isIllScaled(scaleOf([-3, -0.5, 0, 0.5, 3]))).toBe(false)
  expect(isIllScaled(scaleOf([150, 165, 180]))).toBe(true)
  expect(isIllScaled(scaleOf([1990, 2000, 2010]))).toBe(true)
  expect(isIllScaled(scaleOf([0.001, 0.002]))).toBe(true)
})

test('standardised x: mean 0, spread 1, the same losses, one change', () => {
  const before = withData([
    [300, 0.2],
    [350, 0.4],
    [400, 0.8],
  ])
  const points = pointsOf(before)
  const after = taken(before, standardiseX(before, points))
  const xs = after.samples.map(([x]) => x)
  expect(xs.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 6)
  expect(xs.reduce((sum, x) => sum + x * x, 0) / 3).toBeCloseTo(1, 6)
  expect(after.samples.map(([, y]) => y)).toEqual([0.2, 0.4, 0.8])
  const [old, now] = [points, pointsOf(after)].map(({ minima }) => minima[0])
  expect(now.loss).toBeCloseTo(old.loss, 9)
  expect(isInside(after, now.w, now.b)).toBe(true)
  const { mean, spread } = points.scale
  const [w, b] = [0.01, -3]
  const [lossThen, lossNow] = [
    createObjective(objectiveOf(before)).loss(w, b),
    createObjective(objectiveOf(after)).loss(w * spread, b + w * mean),
  ]
  expect(lossNow).toBeCloseTo(lossThen, 6)
})
