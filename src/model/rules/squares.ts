/** Shared by the rules that divide by a root of squared gradients. */

/** Both languages raise smaller values to this: below it a root's permitted error is unbounded. */
export const leastSquare = 1e-37

/** sqrt(s) + epsilon: epsilon is outside the root. */
export function rootPlus(square: number, epsilon: number): number {
  return Math.sqrt(Math.max(square, leastSquare)) + epsilon
}

/** beta and 1 - beta, each computed in f64 and rounded to f32 once. */
export interface Decay {
  kept: number
  added: number
}

export function decayOf(beta: number): Decay {
  return { kept: Math.fround(beta), added: Math.fround(1 - beta) }
}
