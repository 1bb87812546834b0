import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataProfile, gradientsOf } from '../../../src/model/outcomes/profile'
import { createBatches } from '../../../src/model/rules/miniBatch'
import { defaultRule } from '../../../src/settings/rules'

test('by hand: of five starts two arrive at step 3, one at step 0, two never', () => {
  const { steps, shares } = dataProfile([3, -1, 0, 3, -1])
  expect([...steps]).toEqual([0, 3])
  expect([...shares]).toEqual([0.2, 0.6].map(Math.fround))
})

test('a profile grows, and ends at the share of those that arrive', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 40 }), { minLength: 1 }), (arrivals) => {
      const { steps, shares } = dataProfile(arrivals)
      for (let i = 1; i < steps.length; i++) {
        expect(steps[i]).toBeGreaterThan(steps[i - 1])
        expect(shares[i]).toBeGreaterThan(shares[i - 1])
      }
      const share = arrivals.filter((step) => step >= 0).length / arrivals.length
      expect(shares.at(-1) ?? 0).toBe(Math.fround(share))
    }),
    { seed: 7 },
  )
})

test('gradients of single points are the sum of the batches, the short last one included', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 80 }),
      (samples, size, steps) => {
        const batchSize = Math.min(size, samples)
        const rule = { name: 'miniBatch', batchSize, order: 'shuffled', seed: 1 } as const
        const batchAt = createBatches(samples, batchSize, rule)
        let sum = 0
        for (let step = 0; step < steps; step++) {
          const { first, last } = batchAt(step)
          sum += last - first
        }
        expect(gradientsOf(rule, samples, steps)).toBe(sum)
      },
    ),
    { seed: 8 },
  )
  expect(gradientsOf(defaultRule('stochastic'), 5, 7)).toBe(7)
  expect(gradientsOf(defaultRule('nesterov'), 5, 7)).toBe(35)
})
