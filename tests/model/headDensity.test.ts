import { expect, test } from 'vitest'
import { densityKinds, densitySide, headDensity } from '../../src/model/headDensity'

/** One unit is one cell. */
const part = { w: [0, densitySide], b: [-densitySide / 2, densitySide / 2] } as const
const at = (density: Float32Array, column: number, row: number, kind = 0) =>
  density[(row * densitySide + column) * densityKinds + kind]
const nowhere = new Float32Array(6)
const total = (density: Float32Array) => density.reduce((sum, value) => sum + value, 0)

test('a head is spread over its cell and its neighbours', () => {
  const density = headDensity([10.9, 3 - densitySide / 2], nowhere, 1, part)
  const around = [2, 3, 4].map((row) => [9, 10, 11].map((column) => at(density, column, row) * 16))
  expect(around).toEqual([
    [1, 2, 1],
    [2, 4, 2],
    [1, 2, 1],
  ])
  expect(total(density)).toBe(1)
})

test('heads add up; those outside, and those that ran away, count nowhere', () => {
  const far = [-1, 0, densitySide, 0, Number.NaN, 0, 1e30, 0]
  const density = headDensity([7, 0, 7, 0, ...far], nowhere, 6, part)
  expect(at(density, 7, densitySide / 2)).toBe(0.5)
  expect(total(density)).toBe(2)
})

test('of a head on the border the part outside is lost', () => {
  expect(total(headDensity([0, -densitySide / 2], nowhere, 1, part))).toBe(9 / 16)
})

test('heads are counted by where they end: nowhere, at minimum 1, at 2, at another', () => {
  const density = headDensity([7, 0, 7, 0, 7, 0, 7, 0, 7, 0], [0, 1, 2, 3, 8], 5, part)
  const kinds = [0, 1, 2, 3].map((kind) => at(density, 7, densitySide / 2, kind) * 4)
  expect(kinds).toEqual([1, 1, 1, 2])
})
