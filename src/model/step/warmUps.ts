/**
 * Two functions to warm up on, before the neuron: x^3, whose Taylor polynomial of order three is
 * the function itself, and w^3 + b^2, whose curvature changes sign with w.
 */
import { type Axis, cellSize, gridNode } from '../grid'
import type { Hessian } from '../objective'
import type { Direction } from './direction'

type FourOrders = readonly [zeroth: number, first: number, second: number, third: number]

export interface CubicTaylor {
  /** (x + dx)^3 */
  value: number
  /** x^3, 3 x^2 dx, 3 x dx^2, dx^3 */
  terms: FourOrders
  /** (x + dx)^3 less the terms up to that order, as products; 0 at order three. */
  remainders: FourOrders
}

/** The Taylor expansion of f(x) = x^3 at x, for a step of dx. */
export function cubicTaylor(x: number, dx: number): CubicTaylor {
  const after = x + dx
  return {
    value: after * after * after,
    terms: [x * x * x, 3 * x * x * dx, 3 * x * dx * dx, dx * dx * dx],
    remainders: [dx * (3 * x * (x + dx) + dx * dx), dx * dx * (3 * x + dx), dx * dx * dx, 0],
  }
}

/** x^3 and its Taylor polynomials of order 0 to 3 at x, at evenly spaced places of [-reach, reach]. */
export function cubicPolynomials(
  x: number,
  reach: number,
  count = 129,
): { curve: { x: Float64Array; value: Float64Array }; polynomials: readonly Float64Array[] } {
  const places = Float64Array.from({ length: count }, (_, i) => reach * ((2 * i) / (count - 1) - 1))
  const polynomials = [0, 1, 2, 3].map((order) =>
    places.map((place) => {
      const { terms } = cubicTaylor(x, place - x)
      return terms.slice(0, order + 1).reduce((sum, term) => sum + term, 0)
    }),
  )
  return { curve: { x: places, value: places.map((place) => place ** 3) }, polynomials }
}

/** f(w, b) = w^3 + b^2 with gradient (3 w^2, 2 b) and Hessian diag(6 w, 2). */
export function cubicAndSquare(
  w: number,
  b: number,
): { value: number; gradient: Direction; hessian: Hessian } {
  return {
    value: w * w * w + b * b,
    gradient: [3 * w * w, 2 * b],
    hessian: { ww: 6 * w, wb: 0, bb: 2 },
  }
}

/** cells[(row * columns + column) * 4 + k] = (f, df/dw, df/db, 0) of w^3 + b^2; row 0 is the smallest b. */
export function cubicAndSquareGrid(w: Axis, b: Axis): Float32Array<ArrayBuffer> {
  const cells = new Float32Array(w[2] * b[2] * cellSize)
  for (let row = 0; row < b[2]; row++) {
    for (let column = 0; column < w[2]; column++) {
      const { value, gradient } = cubicAndSquare(gridNode(w, column), gridNode(b, row))
      cells.set([value, ...gradient], (row * w[2] + column) * cellSize)
    }
  }
  return cells
}

export interface WarmUpDescent {
  /** path[2 step + k], k = 0: w, 1: b, up to the step at which it has run away. */
  path: Float32Array<ArrayBuffer>
  /** One for each step of the path, the start included. */
  values: Float32Array<ArrayBuffer>
  /** The step at which w was first below -bound; null where it stays above it for all steps. */
  ranAwayAt: number | null
}

/**
 * Gradient descent on w^3 + b^2: w -= rate 3 w^2, b -= rate 2 b. Once w is below 0 it only falls,
 * ever faster: there is no lowest value.
 */
export function descendCubicAndSquare(
  [startW, startB]: Direction,
  rate: number,
  steps: number,
  bound: number,
): WarmUpDescent {
  const places: number[] = []
  const values: number[] = []
  let [w, b] = [startW, startB]
  let ranAwayAt: number | null = null
  for (let step = 0; step <= steps && ranAwayAt === null; step++) {
    const { value, gradient } = cubicAndSquare(w, b)
    places.push(w, b)
    values.push(value)
    if (w < -bound) ranAwayAt = step
    w -= rate * gradient[0]
    b -= rate * gradient[1]
  }
  return { path: Float32Array.from(places), values: Float32Array.from(values), ranAwayAt }
}
