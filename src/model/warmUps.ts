/**
 * Two functions to warm up on, before the neuron: x^3, whose Taylor polynomial of order three is
 * the function itself, and w^3 + b^2, whose curvature changes sign with w.
 */
import type { Direction } from './directional'
import type { Hessian } from './objective'

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
