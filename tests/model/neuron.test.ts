import { expect, test } from 'vitest'
import { activate, softplus } from '../../src/model/neuron'
import { always, epsilon, expectWithin, real } from './seeded'

const anyZ = real(-800, 800)
/** The range in which the written-out 1 / (1 + e^-z) neither overflows nor loses 1 - f. */
const moderateZ = real(-15, 15)
/** Half the digits remain in a difference quotient with the step cbrt(epsilon). */
const step = Math.cbrt(epsilon)

test('closed forms: f(0) = 1/2, f(ln 3) = 3/4, f(-ln 3) = 1/4', () => {
  expect(activate(0)).toEqual({ z: 0, value: 0.5, complement: 0.5, slope: 0.25 })
  const { value, complement, slope } = activate(Math.log(3))
  expectWithin(value, 0.75, epsilon)
  expectWithin(complement, 0.25, epsilon)
  expectWithin(slope, 0.1875, epsilon)
  expectWithin(activate(-Math.log(3)).value, 0.25, epsilon)
})

test('f is 1 / (1 + e^-z) where that can be written out', () => {
  always([moderateZ], (z) => {
    expectWithin(activate(z).value, 1 / (1 + Math.exp(-z)), 4 * epsilon * activate(z).value)
  })
})

test('f(-z) = 1 - f(z), bit for bit', () => {
  always([anyZ], (z) => {
    const [there, here] = [activate(-z), activate(z)]
    const { value, complement, slope } = here
    const mirrored = { z: -z, value: complement, complement: value, slope }
    // At 0 both are 1/2, and -0 is no mirror image of 0.
    expect(there).toEqual(z === 0 ? { ...here, z: -z } : mirrored)
  })
})

test('f + (1 - f) = 1 and f (1 - f) = slope', () => {
  always([anyZ], (z) => {
    const { value, complement, slope } = activate(z)
    expectWithin(value + complement, 1, 2 * epsilon)
    // The product of three rounded factors against that of two: 4 roundings, or a subnormal.
    expectWithin(slope, value * complement, 4 * epsilon * slope + Number.MIN_VALUE * 4)
  })
})

test('f never falls as z grows, and stays in [0, 1]', () => {
  always([anyZ, anyZ], (a, b) => {
    const [low, high] = [activate(Math.min(a, b)).value, activate(Math.max(a, b)).value]
    expect(low).toBeLessThanOrEqual(high)
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(1)
  })
})

test('1 - f and f (1 - f) keep their digits where f rounds to 1', () => {
  for (const z of [40, 100, 700]) {
    const { value, complement, slope } = activate(z)
    expect(value).toBe(1)
    expectWithin(complement, Math.exp(-z), 2 * epsilon * complement)
    expectWithin(slope, Math.exp(-z), 2 * epsilon * slope)
  }
})

test('at z = 800 and -800 nothing overflows', () => {
  expect(activate(800)).toEqual({ z: 800, value: 1, complement: 0, slope: 0 })
  expect(activate(-800)).toEqual({ z: -800, value: 0, complement: 1, slope: 0 })
  expect(softplus(800)).toBe(800)
  expect(softplus(-800)).toBe(0)
})

test('softplus: closed form at 0, log(1 + e^z) where that can be written out', () => {
  expect(softplus(0)).toBe(Math.LN2)
  always([moderateZ], (z) => {
    // log(1 + e^z) itself loses digits where e^z is small: its error is absolute.
    expectWithin(softplus(z), Math.log(1 + Math.exp(z)), epsilon * (2 + Math.abs(z)))
  })
})

test('softplus keeps its digits where 1 + e^z rounds to 1', () => {
  for (const z of [-40, -100, -700]) {
    expectWithin(softplus(z), Math.exp(z), 2 * epsilon * Math.exp(z))
  }
})

test('softplus(z) - softplus(-z) = z', () => {
  always([anyZ], (z) => {
    expectWithin(softplus(z) - softplus(-z), z, 2 * epsilon * (1 + Math.abs(z)))
  })
})

test('slope is the derivative of f, and f that of softplus, by central differences', () => {
  always([real(-30, 30)], (z) => {
    const h = step * Math.max(1, Math.abs(z))
    // h^2 / 6 times a third derivative of at most 1/8, and rounding over h.
    const bound = h * h + (4 * epsilon * (1 + Math.abs(z))) / h
    const slope = (activate(z + h).value - activate(z - h).value) / (2 * h)
    expectWithin(slope, activate(z).slope, bound)
    const value = (softplus(z + h) - softplus(z - h)) / (2 * h)
    expectWithin(value, activate(z).value, bound)
  })
})
