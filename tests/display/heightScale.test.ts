/** src/display/heightScale.ts: one scale for shaders, ticks and legend. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createHeightScale,
  heightOf,
  linearTicks,
  lossAt,
  lossTicks,
} from '../../src/display/heightScale'

const kinds = fc.constantFrom('excess' as const, 'log' as const, 'linear' as const)
/** Lowest loss and the range above it. */
const ranges = fc.tuple(
  fc.double({ min: 1e-3, max: 100, noNaN: true }),
  fc.double({ min: 0.05, max: 1e4, noNaN: true }),
)
const seeded = { seed: 7, numRuns: 500 }

describe('heights', () => {
  test('follow their formulas', () => {
    const excess = createHeightScale('excess', 0.02, 0.5)
    const expected = (Math.log10(0.08 + 1e-3) + 3) / (Math.log10(0.48 + 1e-3) + 3)
    expect(heightOf(excess, 0.1)).toBeCloseTo(expected, 12)
    const log = createHeightScale('log', 0.01, 1)
    expect(heightOf(log, 0.1)).toBeCloseTo(0.5, 12)
    expect(heightOf(createHeightScale('linear', 2, 6), 3)).toBeCloseTo(0.25, 12)
  })

  test('lossAt is the inverse of heightOf', () => {
    fc.assert(
      fc.property(kinds, ranges, fc.double({ min: 0, max: 1, noNaN: true }), (kind, range, at) => {
        const scale = createHeightScale(kind, range[0], range[0] + range[1])
        expect(heightOf(scale, lossAt(scale, at))).toBeCloseTo(at, 6)
      }),
      seeded,
    )
  })

  test('stay within 0 and 1 whatever the loss is', () => {
    const scale = createHeightScale('excess', 0.02, 0.5)
    const losses = [-1, 0.02, 0.5, 7, Number.POSITIVE_INFINITY, Number.NaN]
    expect(losses.map((loss) => heightOf(scale, loss))).toEqual([0, 0, 1, 1, 1, 1])
  })

  test('are linear where a loss is negative, and flat where all are equal', () => {
    expect(createHeightScale('log', -1, 3).kind).toBe('linear')
    expect(heightOf(createHeightScale('log', 0.3, 0.3), 0.3)).toBe(0)
  })
})

describe('ticks of the loss', () => {
  test('are those of the first picture', () => {
    const ticks = lossTicks(createHeightScale('excess', 0.02431, 0.4503))
    expect(ticks.map((tick) => tick.value)).toEqual([0.0245, 0.026, 0.035, 0.06, 0.15, 0.4])
  })

  test('carry true losses: three to seven, rising, apart, inside', () => {
    fc.assert(
      fc.property(kinds, ranges, (kind, [lowest, above]) => {
        const scale = createHeightScale(kind, lowest, lowest + above)
        const ticks = lossTicks(scale)
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(7)
        ticks.forEach(({ value, at }, i) => {
          expect(at).toBeCloseTo(heightOf(scale, value), 9)
          expect(value).toBeGreaterThanOrEqual(lowest * (1 - 1e-6))
          expect(value).toBeLessThanOrEqual((lowest + above) * (1 + 1e-6))
          if (i > 0) expect(at - ticks[i - 1].at).toBeGreaterThan(0.05)
        })
      }),
      seeded,
    )
  })
})

test('ticks of w and b are round and at their places', () => {
  expect(linearTicks([-6, 10], 6)).toEqual([
    { value: -5, at: 0.0625 },
    { value: 0, at: 0.375 },
    { value: 5, at: 0.6875 },
    { value: 10, at: 1 },
  ])
  expect(linearTicks([-0.5, 0.37], 3).map((tick) => tick.value)).toEqual([-0.4, -0.2, 0, 0.2])
})

test('the bottom of a log height is the lowest loss, also if that is exactly 0', () => {
  for (const lowest of [0, 1e-12]) {
    const [first, second] = lossTicks(createHeightScale('log', lowest, 1))
    expect(first).toEqual({ value: lowest, at: 0 })
    expect(second.at).toBeGreaterThan(0.1)
  }
  const [first] = lossTicks(createHeightScale('log', 0.01, 1))
  expect(first.value).toBeCloseTo(0.01, 12)
})
