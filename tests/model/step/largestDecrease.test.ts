import { expect, test } from 'vitest'
import type { NeuronSpec, Sample } from '../../../src/model/objective'
import { findStationaryPoints } from '../../../src/model/outcomes/stationaryPoints'
import { lookAlong } from '../../../src/model/step/direction'
import { largestDecrease } from '../../../src/model/step/largestDecrease'
import { lossAlong } from '../../../src/model/step/magnifier'
import { defaults } from '../../../src/settings/settings'
import { defaultObjective, lossNames, seededPlaces } from '../../gpu/cases'
import { expectWithin } from '../seeded'

const specOf = (loss: NeuronSpec['loss'], samples: readonly Sample[] = defaults.samples) =>
  ({ kind: 'neuron', samples, loss }) as const

function changesAt(
  spec: NeuronSpec,
  place: { w: number; b: number },
  direction: readonly [number, number] | undefined,
  ...etas: number[]
): number[] {
  return [...lossAlong(spec, place, direction, Float64Array.from(etas)).change]
}

test.for(lossNames)('%s: the loss is lower all the way to it, and higher just beyond', (loss) => {
  const all = seededPlaces(50, 6, 9)
  let found = 0
  for (let i = 0; i < all.length; i += 2) {
    const place = { w: all[i], b: all[i + 1] }
    for (const direction of [undefined, [Math.cos(i), Math.sin(i)] as const]) {
      const rate = largestDecrease(specOf(loss), place, direction)
      if (rate === null || rate === 0) continue
      found++
      const [before, after] = changesAt(
        specOf(loss),
        place,
        direction,
        rate * (1 - 1e-9),
        rate * (1 + 1e-9),
      )
      expect(before).toBeLessThan(0)
      expect(after).toBeGreaterThan(0)
      const below = Array.from({ length: 2000 }, (_, k) => (rate * (k + 0.5)) / 2001)
      const changes = changesAt(specOf(loss), place, direction, ...below)
      expect(
        changes.every((change) => change < 0),
        `from ${place.w}, ${place.b}`,
      ).toBe(true)
    }
  }
  // Among 100, half of the directions lead up, and from some places the loss stays below for ever.
  expect(found).toBeGreaterThan(30)
})

test.for(lossNames)(
  '%s: near a minimum it is 2 g.g / g^T H g, that of a parabola, to first order of the distance',
  (loss) => {
    const [minimum] = findStationaryPoints(specOf(loss)).minima
    const offBy = (distance: number, turn: number) => {
      const place = {
        w: minimum.w + distance * Math.cos(turn),
        b: minimum.b + distance * Math.sin(turn),
      }
      const { slope, curvature } = lookAlong(specOf(loss), place)
      return largestDecrease(specOf(loss), place)! / ((-2 * slope) / curvature) - 1
    }
    for (const turn of [0.3, 2, 4]) {
      expect(Math.abs(offBy(1e-3, turn))).toBeLessThan(0.01)
      expectWithin(offBy(1e-2, turn) / offBy(1e-3, turn), 10, 0.5)
      expectWithin(offBy(1e-3, turn) / offBy(1e-4, turn), 10, 0.5)
    }
  },
)

test('it is between 2 / larger and 2 / smaller eigenvalue near a minimum', () => {
  const [{ w, b, eigenvalues }] = findStationaryPoints(defaultObjective).minima
  for (const turn of [0, 1, 2, 3, 4, 5, 6]) {
    const place = { w: w + 1e-4 * Math.cos(turn), b: b + 1e-4 * Math.sin(turn) }
    const rate = largestDecrease(defaultObjective, place)!
    expect(rate).toBeGreaterThan((2 / eigenvalues[1]) * 0.999)
    expect(rate).toBeLessThan((2 / eigenvalues[0]) * 1.001)
  }
})

test('half against mean: the rate is 2 / n times as large', () => {
  const place = { w: -2, b: 4 }
  const mean = largestDecrease(specOf('mean'), place)!
  expectWithin(largestDecrease(specOf('half'), place)!, (mean * 2) / 5, 1e-12 * mean)
})

test.for(lossNames)('%s: null where the data is separable and the loss falls for ever', (loss) => {
  const separable: Sample[] = [
    [-2, 0],
    [-1, 0],
    [1, 1],
    [2, 1],
  ]
  expect(largestDecrease(specOf(loss, separable), { w: 1, b: 0 })).toBeNull()
  expect(largestDecrease(specOf(loss, separable), { w: 1, b: 0 }, [1, 0])).toBeNull()
})

test('0 where the direction does not descend: uphill, no direction, no gradient', () => {
  const place = { w: -2, b: 4 }
  const { gradient } = lookAlong(defaultObjective, place)
  expect(largestDecrease(defaultObjective, place, gradient)).toBe(0)
  expect(largestDecrease(defaultObjective, place, [0, 0])).toBe(0)
  expect(largestDecrease(specOf('mean', [[1, 0.5]]), { w: 0, b: 0 })).toBe(0)
})

test('across the gradient it is not 0 where the loss bends down', () => {
  // y = 2 is out of reach: one sample gains more by f = 1 than the other one loses by f = 0.
  const spec = specOf('mean', [
    [-1, 2],
    [1, 2],
  ])
  const { slope, curvature } = lookAlong(spec, { w: 0, b: -2 }, [1, 0])
  expect(slope).toBe(0)
  expect(curvature).toBeLessThan(0)
  expect(largestDecrease(spec, { w: 0, b: -2 }, [1, 0])).toBeNull()
})

test('a rise too narrow for the grid is found where samples switch', () => {
  // While b falls, z of the samples passes 0 at 1, 5001 and 5006; the second one was right before.
  const spec = specOf('half', [
    [0, 0],
    [0.5, 1],
    [0.5 + 5e-4, 0],
  ])
  const place = { w: 1e4, b: 1 }
  const changes = changesAt(spec, place, [0, -1], 100, 4990, 5003.5, 5020, 1e5)
  expect(changes.map(Math.sign)).toEqual([-1, -1, 1, -1, -1])
  const rate = largestDecrease(spec, place, [0, -1])!
  expect(rate).toBeGreaterThan(5000)
  expect(rate).toBeLessThan(5003.5)
})

test('a crossing far below the usual grid is found, for a direction of any length', () => {
  const place = { w: -2, b: 4 }
  const one = largestDecrease(defaultObjective, place, [1, -1])!
  for (const factor of [2 ** -8, 2 ** 19]) {
    const rate = largestDecrease(defaultObjective, place, [factor, -factor])!
    expectWithin(rate * factor, one, 1e-12 * one)
  }
})
