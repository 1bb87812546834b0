import { describe, expect, test } from 'vitest'
import { createObjective } from '../../src/model/objective'
import { scoreRun, stopStep } from '../../src/model/score'

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

describe('the step of a stop', () => {
  // One point, (0, 0.5): the loss is (sigmoid(b) - 0.5)^2, and its gradient goes with b.
  const objective = createObjective({ kind: 'neuron', samples: [[0, 0.5]], loss: 'mean' })
  const path = [0, 2, 0, 1, 0, 0.1, 0, 0.1, 0, 0.1]
  const losses = [1, 2, 3, 4, 5].map((_, step) => objective.loss(0, path[2 * step + 1]))
  const stopOf = (kind: 'none' | 'loss' | 'gradient', below: number) =>
    stopStep(path, losses, { kind, below }, objective)

  test('is the first from which the path stays, if the rule is satisfied there', () => {
    expect(stopOf('loss', 0.001)).toBe(2)
    expect(stopOf('gradient', 0.02)).toBe(2)
  })

  test('is none without a rule, and none for a path that only froze', () => {
    expect(stopOf('none', 1)).toBeNull()
    expect(stopOf('loss', 1e-6)).toBeNull()
    expect(stopOf('gradient', 1e-6)).toBeNull()
  })
})
