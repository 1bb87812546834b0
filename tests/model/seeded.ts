/** The tests of the model share this: seeded properties and closeness with a stated bound. */
import fc from 'fast-check'
import { expect } from 'vitest'

/** Spacing of f64 at 1. */
export const epsilon = 2 ** -52

/** Numbers in [min, max]; no NaN, no infinity. */
export const real = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })

/** Holds the property on `numRuns` seeded inputs, the same ones in every run. */
export function always<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> },
  holds: (...values: Values) => void,
  numRuns = 300,
): void {
  fc.assert(fc.property(...arbitraries, holds), { seed: 20, numRuns })
}

/** Demands |found - wanted| <= bound, and says all three. */
export function expectWithin(found: number, wanted: number, bound: number, what = 'value'): void {
  const error = Math.abs(found - wanted)
  expect(error <= bound, `${what}: ${found}, not ${wanted}; off by ${error}, bound ${bound}`).toBe(
    true,
  )
}
