import { describe, expect, test } from 'vitest'
import { scoreRun } from '../../src/model/score'

test('a run by hand: lengths of its steps, its best loss, and how often it went up', () => {
  const path = [0, 0, 3, 4, 3, 4, 3, 16]
  expect(scoreRun(path, [4, 1, 2, 3])).toEqual({
    finalLoss: 3,
    bestLoss: 1,
    pathLength: 17,
    rises: 2,
  })
})

describe('a rise', () => {
  const risesOf = (...losses: number[]) =>
    scoreRun(new Float32Array(2 * losses.length), losses).rises

  test('is more than 4 ULP of the loss and one of 1', () => {
    expect(risesOf(1, 1 + 5 * 2 ** -23)).toBe(0)
    expect(risesOf(1, 1 + 6 * 2 ** -23)).toBe(1)
    expect(risesOf(1000, 1000.0001)).toBe(0)
    expect(risesOf(1000, 1001)).toBe(1)
  })

  test('is more than 2^-23 near 0, which is what rounding does to the output', () => {
    expect(risesOf(0, 1e-7, 0, 1e-8)).toBe(0)
    expect(risesOf(0, 1.3e-7)).toBe(1)
  })

  test('counts alike below 0', () => {
    expect(risesOf(-2, -1, -1.5, 0)).toBe(2)
    expect(risesOf(-1, -1, -1.0000001)).toBe(0)
  })
})

test('a run without a step has gone nowhere', () => {
  expect(scoreRun([1, 2], [5])).toEqual({ finalLoss: 5, bestLoss: 5, pathLength: 0, rises: 0 })
})
