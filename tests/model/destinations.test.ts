/** Tests where descents are said to end. */
import { expect, test } from 'vitest'
import { findDestinations } from '../../src/model/destinations'

const circles = [
  { w: 0, b: 0, radius: 1 },
  { w: 3, b: 4, radius: 2 },
]

test('the number of the circle in which an end lies, its edge included; 0 for none', () => {
  const ends = [0, 0, 0.6, 0.8, 0.61, 0.8, 3, 2, 3, 1.99, Number.NaN, 0, Infinity, 0]
  expect([...findDestinations(ends, 7, circles)]).toEqual([1, 1, 0, 2, 0, 0, 0])
})

test('only the first descents are asked about; of many circles the first eight count', () => {
  const given = new Float32Array(3).fill(7)
  expect([...findDestinations([0, 0, 3, 4, 0, 0], 2, circles, given)]).toEqual([1, 2, 7])
  const many = Array.from({ length: 9 }, (_, i) => ({ w: 10 * i, b: 0, radius: 1 }))
  expect([...findDestinations([70, 0, 80, 0], 2, many)]).toEqual([8, 0])
  expect([...findDestinations([0, 0], 1, [])]).toEqual([0])
})
