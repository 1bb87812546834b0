/** Damped Newton, with steepest descent where the Hessian is unusable. */
import type { Objective } from '../objective'
import { takeStep as takeGradientStep } from './gradientDescent'

export interface Newton {
  name: 'newton'
  /** Added to the Hessian's diagonal, as a share of its trace; 0 or more. */
  damping: number
}

/**
 * Smaller determinants count as zero: far out the Hessian vanishes, f32 has no numbers below 1e-38,
 * and a step divided by a determinant of 1e-120 leaves every range.
 */
export const leastDeterminant = 1e-30

/**
 * d solves (H + damping tr(H) I) d = g if that matrix is positive definite, otherwise d = g;
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
