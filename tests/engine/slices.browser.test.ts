/** How the work of a crowd is cut. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CrowdSlice, crowdSlices } from '../../src/engine/slices'
import { always } from '../model/seeded'

function slicesOf(first: number, last: number, steps: number, work: number, budget: number) {
  const next = crowdSlices(first, last, steps, work)
  const slices: CrowdSlice[] = []
  for (let slice = next(budget); slice; slice = next(budget)) slices.push(slice)
  return slices
}

const anyCount = fc.integer({ min: 1, max: 20_000 })
const anySteps = fc.integer({ min: 1, max: 60 })
const anyBudget = fc.integer({ min: 1, max: 3_000_000 })

test('every trajectory takes every step once, in order', () => {
  always([fc.nat(1000), anyCount, anySteps, anyBudget], (first, count, steps, budget) => {
    const last = first + count
    let begin = first
    let step = 0
    let together = 0
    for (const slice of slicesOf(first, last, steps, 5, budget)) {
      expect([slice.first, slice.firstStep]).toEqual([begin, step])
      if (step > 0) expect(slice.count).toBe(together)
      expect(slice.lastStep).toBeGreaterThan(step)
      together = slice.count
      step = slice.lastStep
      if (step === steps) {
        begin += together
        step = 0
      }
    }
    expect([begin, step]).toEqual([last, 0])
  })
})

test('a slice is of about its budget: at most a third more, and a step of its trajectories', () => {
  always([anyCount, anySteps, anyBudget], (count, steps, budget) => {
    for (const slice of slicesOf(0, count, steps, 5, budget)) {
      expect(slice.work).toBe(slice.count * (slice.lastStep - slice.firstStep) * 5)
      expect(slice.work).toBeLessThanOrEqual((4 / 3) * budget + slice.count * 5)
      // Fewer than 4,096 would leave a large GPU idle, however small the budget.
      const together = Math.max(4096, budget / (steps * 5))
      expect(slice.count).toBeLessThanOrEqual((4 / 3) * together + 1)
    }
  })
})

test('work that fits the budget is one slice, and after the last there is none', () => {
  const next = crowdSlices(7, 17, 3, 5)
  expect(next(1e9)).toEqual({ first: 7, count: 10, firstStep: 0, lastStep: 3, work: 150 })
  expect(next(1e9)).toBeNull()
})
