/** x^3 against exact rationals: BigInt numerators over one denominator. */
import { expect, test } from 'vitest'
import { cubicTaylor } from '../../../src/model/step/warmUps'

/** Multiples of 1/8 up to 4: cubes and their sums are exact in f64. */
const eighths = [-32, -19, -8, -1, 0, 1, 3, 8, 17, 32]
const over512 = (numerator: bigint) => Number(numerator) / 512

test('the cubic: four terms, and what is left after each', () => {
  for (const m of eighths) {
    for (const k of eighths) {
      const [x, dx] = [BigInt(m), BigInt(k)]
      const terms = [x ** 3n, 3n * x ** 2n * dx, 3n * x * dx ** 2n, dx ** 3n]
      const found = cubicTaylor(m / 8, k / 8)
      expect(over512((x + dx) ** 3n)).toBe(found.value)
      // Sizes of differences, since 0 and -0 are the same rational.
      terms.forEach((term, order) => {
        expect(Math.abs(found.terms[order] - over512(term))).toBe(0)
        const rest = terms.slice(order + 1).reduce((sum, later) => sum + later, 0n)
        expect(Math.abs(found.remainders[order] - over512(rest))).toBe(0)
      })
    }
  }
})

test('the cubic: terms up to an order and its remainder sum to the value', () => {
  const { value, terms, remainders } = cubicTaylor(1.3, -0.7)
  let sum = 0
  terms.forEach((term, order) => {
    sum += term
    expect(sum + remainders[order]).toBeCloseTo(value, 14)
  })
  expect(remainders[3]).toBe(0)
})

test('the cubic: remainders keep their digits at small steps', () => {
  const dx = 2 ** -40
  expect(cubicTaylor(1, dx).remainders).toEqual([
    3 * dx + 3 * dx * dx,
    3 * dx * dx + dx ** 3,
    dx ** 3,
    0,
  ])
})
