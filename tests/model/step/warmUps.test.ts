/** x^3 and w^3 + b^2 against exact rationals: BigInt numerators over one denominator. */
import { expect, test } from 'vitest'
import {
  cubicAndSquare,
  cubicAndSquareGrid,
  cubicTaylor,
  descendCubicAndSquare,
} from '../../../src/model/step/warmUps'

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

test('w^3 + b^2 with gradient and Hessian', () => {
  for (const m of eighths) {
    for (const k of eighths) {
      const [w, b] = [BigInt(m), BigInt(k)]
      const { value, gradient, hessian } = cubicAndSquare(m / 8, k / 8)
      expect(Math.abs(value - over512(w ** 3n + 8n * b ** 2n))).toBe(0)
      expect(Math.abs(gradient[0] - over512(24n * w ** 2n))).toBe(0)
      expect(Math.abs(gradient[1] - over512(128n * b))).toBe(0)
      expect(hessian).toEqual({ ww: over512(384n * w), wb: 0, bb: 2 })
    }
  }
})

test('w^3 + b^2 is flat at the origin, which is no minimum: the curvature along w changes sign', () => {
  expect(cubicAndSquare(0, 0)).toEqual({
    value: 0,
    gradient: [0, 0],
    hessian: { ww: 0, wb: 0, bb: 2 },
  })
  expect(cubicAndSquare(-0.5, 0).value).toBeLessThan(0)
  expect(cubicAndSquare(-0.5, 0).hessian.ww).toBe(-3)
})

test('descent on w^3 + b^2 from w > 0 creeps to (0, 0), step by step as by hand', () => {
  const { path, values, ranAwayAt } = descendCubicAndSquare([1, 1], 0.25, 3, 6)
  // w - 3/4 w^2 and b / 2, all exact in binary
  expect([...path]).toEqual([1, 1, 0.25, 0.5, 0.203125, 0.25, 0.17218017578125, 0.125])
  expect(values[1]).toBe(0.25 ** 3 + 0.25)
  expect(ranAwayAt).toBeNull()
})

test('from w < 0, and from a step that goes past 0, it runs away, and the path ends there', () => {
  for (const [start, rate] of [
    [[-0.5, 1], 0.1],
    [[1, 1], 0.5],
  ] as const) {
    const { path, values, ranAwayAt } = descendCubicAndSquare(start, rate, 1000, 6)
    expect(ranAwayAt).not.toBeNull()
    expect(values).toHaveLength(ranAwayAt! + 1)
    expect(path).toHaveLength(2 * values.length)
    expect(path[2 * ranAwayAt!]).toBeLessThan(-6)
    expect(path[2 * ranAwayAt! - 2]).toBeGreaterThanOrEqual(-6)
    expect(values[ranAwayAt!]).toBeLessThan(values[ranAwayAt! - 1])
  }
})

test('the grid has values and gradients at its nodes, row 0 at the smallest b', () => {
  const cells = cubicAndSquareGrid([-2, 2, 5], [-1, 1, 3])
  expect(cells).toHaveLength(5 * 3 * 4)
  // Row 2, column 0: (w, b) = (-2, 1)
  expect([...cells.slice(40, 44)]).toEqual([-7, 12, 2, 0])
  // Row 0, column 3: (1, -1)
  expect([...cells.slice(12, 16)]).toEqual([2, 3, -2, 0])
})
