/** Damped Newton, with steepest descent where the Hessian is of no use. */
import type { Objective } from '../objective'
import { takeStep as takeGradientStep } from './gradientDescent'

export interface Newton {
  name: 'newton'
  /** Added to the Hessian's diagonal, as a share of its trace; 0 or more. */
  damping: number
}

/**
 * Smaller determinants are none: far out the Hessian vanishes, f32 knows no number below 1e-38, and
 * a step divided by one of 1e-120 leaves every range.
 */
export const leastDeterminant = 1e-30

/**
 * d solves (H + damping tr(H) I) d = g where that matrix is positive definite, else d = g;
 * theta <- theta - eta d.
 */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  damping: number,
  objective: Objective,
): void {
  const { ww, wb, bb } = objective.hessian(state[0], state[1])
  const added = damping * (ww + bb)
  const [a, c] = [ww + added, bb + added]
  const determinant = a * c - wb * wb
  if (a > 0 && determinant > leastDeterminant) {
    const [dw, db] = gradient
    gradient[0] = (c * dw - wb * db) / determinant
    gradient[1] = (a * db - wb * dw) / determinant
  }
  takeGradientStep(state, gradient, learningRate)
}
