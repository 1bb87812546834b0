/** Values of exactly 0 on a logarithmic axis. */
import { expect, test } from 'vitest'
import { createColumns, thin } from '../../src/widgets/thinning'
import { axisKind, placeZero, ticksWithZero } from '../../src/widgets/zeroOfLog'

test('without a 0 nothing changes', () => {
  const values = Float32Array.of(1, 0.1, 0.01)
  const kind = axisKind([values], true)
  expect(kind).toEqual({ logarithmic: true, zero: null })
  expect(placeZero(values, kind)).toBe(values)
  expect(ticksWithZero([0.01, 0.1], kind)).toEqual([0.01, 0.1])
})

test('0 stands a decade below the smallest value, or a tenth of a long axis', () => {
  expect(axisKind([[1, 0.01], [0]], true).zero).toBeCloseTo(0.001, 12)
  expect(axisKind([[1, 1e-20, 0]], true).zero).toBeCloseTo(1e-22, 30)
  // The smallest f32: its place is no f32 any more.
  expect(axisKind([Float32Array.of(1, 1e-45, 0)], true).zero).toBeGreaterThan(0)
  expect(axisKind([[0, 0]], true).zero).toBe(0.1)
})

test('values that are not finite do not count', () => {
  expect(axisKind([[Number.NaN, Infinity, 2, 0]], true).zero).toBeCloseTo(0.2, 12)
})

test('negative values have a linear axis', () => {
  expect(axisKind([[1, 0], [-1]], true)).toEqual({ logarithmic: false, zero: null })
})

test('a curve goes on at 0, and in between, as a band does', () => {
  const values = Float32Array.of(1, 0.1, 0, 0)
  const kind = axisKind([values], true)
  const placed = placeZero(values, kind)
  const columns = createColumns(3, 100)
  expect(
    thin(placed, null, columns, true).map((value) => value && Number(value.toFixed(6))),
  ).toEqual([1, 0.1, 0.01, 0.01])
  const sparse = thin(placed, Uint32Array.of(0, 2, 4, 6), createColumns(6, 100), true)
  expect(sparse.every((value) => value !== null)).toBe(true)
})

test('the tick of 0 is the lowest; ticks in the gap would be of no value', () => {
  const kind = axisKind([[1, 0.01, 0]], true)
  expect(ticksWithZero([0.001, 0.002, 0.005, 0.01, 0.1, 1], kind).slice(1)).toEqual([0.01, 0.1, 1])
})
