import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  evenRecords,
  evenSteps,
  fittingStride,
  recordBefore,
  recordCount,
  recordedSteps,
  recordStep,
} from '../../src/model/recording'
import { always } from './seeded'

const anySteps = fc.integer({ min: 1, max: 3000 })
const anyStride = fc.integer({ min: 1, max: 4000 })

test('records are 0, stride, 2 stride, ... and the last step', () => {
  expect([...recordedSteps({ steps: 10, stride: 1 })]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect([...recordedSteps({ steps: 10, stride: 4 })]).toEqual([0, 4, 8, 10])
  expect([...recordedSteps({ steps: 12, stride: 4 })]).toEqual([0, 4, 8, 12])
  expect([...recordedSteps({ steps: 3, stride: 100 })]).toEqual([0, 3])
})

test('the count of records, the step of each and the list agree', () => {
  always([anySteps, anyStride], (steps, stride) => {
    const wanted: number[] = []
    for (let step = 0; step < steps; step += stride) wanted.push(step)
    wanted.push(steps)
    const recording = { steps, stride }
    expect([...recordedSteps(recording)]).toEqual(wanted)
    expect(recordCount(recording)).toBe(wanted.length)
    expect(recordStep(recording, wanted.length - 1)).toBe(steps)
  })
})

test('the record before a step is the last one at or before it', () => {
  always([anySteps, anyStride, fc.nat()], (steps, stride, any) => {
    const step = any % (steps + 2)
    const all = [...recordedSteps({ steps, stride })]
    expect(recordBefore({ steps, stride }, step)).toBe(all.findLastIndex((at) => at <= step))
  })
})

test('even records: at most as many as asked for, evenly spaced, first and last among them', () => {
  always([anySteps, anyStride, fc.integer({ min: 2, max: 300 })], (steps, stride, most) => {
    const recording = { steps, stride }
    const even = evenRecords(recording, most)
    const chosen = [...evenSteps(recording, even)]
    expect(chosen).toHaveLength(even.chosen)
    expect(even.chosen).toBeLessThanOrEqual(most)
    expect(chosen[0]).toBe(0)
    expect(chosen.at(-1)).toBe(steps)
    const all = [...recordedSteps(recording)]
    const wanted = all.filter((_, i) => i % even.recordStep === 0 || i === all.length - 1)
    expect(chosen).toEqual(wanted)
    // No coarser than it must be: with the next smaller spacing they would be too many.
    if (even.recordStep > 1) {
      expect(Math.ceil(even.lastRecord / (even.recordStep - 1)) + 1).toBeGreaterThan(most)
    }
  })
})

test('the stride grows only where records would not fit, and then no more than needed', () => {
  expect(fittingStride(10, 100, 1, 10 * 101)).toBe(1)
  expect(fittingStride(10, 100, 1, 10 * 101 - 1)).toBe(2)
  expect(fittingStride(10, 100, 7, 10 * 101)).toBe(7)
  always(
    [
      fc.integer({ min: 1, max: 1000 }),
      anySteps,
      anyStride,
      fc.integer({ min: 2000, max: 100_000 }),
    ],
    (trajectories, steps, wanted, capacity) => {
      const stride = fittingStride(trajectories, steps, wanted, capacity)
      const positions = (k: number) => trajectories * recordCount({ steps, stride: k })
      expect(stride).toBeGreaterThanOrEqual(wanted)
      expect(positions(stride)).toBeLessThanOrEqual(capacity)
      if (stride > wanted) expect(positions(stride - 1)).toBeGreaterThan(capacity)
    },
  )
})
