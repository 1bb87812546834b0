import { expect, test } from 'vitest'
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

test('a rise of a rounding is none; below 0 and at 0 a rise is a rise', () => {
  const still = new Array(8).fill(1)
  expect(scoreRun(still, [1, 1 + 2 ** -22, 1, 1 + 2 ** -20]).rises).toBe(1)
  expect(scoreRun(still, [-2, -1, -1.5, 0]).rises).toBe(2)
  expect(scoreRun(still, [0, 0, 1e-30, 0]).rises).toBe(1)
})

test('a run without a step has gone nowhere', () => {
  expect(scoreRun([1, 2], [5])).toEqual({ finalLoss: 5, bestLoss: 5, pathLength: 0, rises: 0 })
})
