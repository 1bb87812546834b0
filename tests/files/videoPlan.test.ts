import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planVideo } from '../../src/files/videoPlan'

test('one frame for each step at the chosen speed', () => {
  const { steps, framesPerSecond } = planVideo(300, 30)
  expect(steps).toEqual(Array.from({ length: 301 }, (_, i) => i))
  expect(framesPerSecond).toBe(30)
})

test('faster than 60 a second, steps are left out', () => {
  const { steps, framesPerSecond } = planVideo(300, 300)
  expect(steps).toHaveLength(61)
  expect(steps[1]).toBe(5)
  expect(framesPerSecond).toBe(60)
})

test('runs from the start to the last step, within a minute and 60 frames a second', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.double({ min: 1, max: 10_000, noNaN: true }),
      (last, speed) => {
        const { steps, framesPerSecond } = planVideo(last, speed)
        expect(steps[0]).toBe(0)
        expect(steps.at(-1)).toBe(last)
        expect(steps.every((step, i) => i === 0 || step > steps[i - 1])).toBe(true)
        expect((steps.length - 1) / framesPerSecond).toBeLessThanOrEqual(60.0001)
        expect(framesPerSecond).toBeLessThanOrEqual(60)
      },
    ),
  )
})
