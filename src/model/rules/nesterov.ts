/**
 * Nesterov's accelerated gradient: Y. Nesterov, "A method of solving a convex programming problem
 * with convergence rate O(1/k^2)", 1983, written as momentum that looks ahead.
 */
import type { Objective } from '../objective'
import { takeStep as takeMomentumStep } from './momentum'

export interface Nesterov {
  name: 'nesterov'
  /** Share of the velocity that is kept, in [0, 1). */
  gamma: number
}

/** State (w, b, v_w, v_b): g at theta - gamma v, v <- gamma v + eta g, theta <- theta - v. */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  gamma: number,
  objective: Objective,
): void {
  const [w, b, vw, vb] = state
  objective.gradient(w - gamma * vw, b - gamma * vb, gradient)
  takeMomentumStep(state, gradient, learningRate, gamma)
}
