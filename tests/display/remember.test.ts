import { expect, test, vi } from 'vitest'
import { remember, sameItems } from '../../src/display/remember'

test('computes again only when an input is another', () => {
  const compute = vi.fn(() => ({}))
  const value = remember<object>()
  const list = [1]
  const first = value([list, Number.NaN, 'a'], compute)
  expect(value([list, Number.NaN, 'a'], compute)).toBe(first)
  expect(compute).toHaveBeenCalledTimes(1)
  for (const inputs of [
    [[1], Number.NaN, 'a'],
    [list, Number.NaN],
    [list, Number.NaN, 'a', 'b'],
  ]) {
    const before = compute.mock.calls.length
    value(inputs, compute)
    expect(compute).toHaveBeenCalledTimes(before + 1)
  }
})

test('only the newest is kept, and what could not be computed is not', () => {
  const value = remember<number>()
  expect(value([1], () => 1)).toBe(1)
  expect(() =>
    value([2], () => {
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(value([2], () => 2)).toBe(2)
  expect(value([1], () => 3)).toBe(3)
})

test('lists are the same item by item', () => {
  expect(sameItems([], [])).toBe(true)
  expect(sameItems([0], [-0])).toBe(false)
  expect(sameItems([1, 2], [1])).toBe(false)
})
