/** Heavy-ball momentum: B. T. Polyak, "Some methods of speeding up the convergence", 1964. */

export interface Momentum {
  name: 'momentum'
  /** Share of the velocity that is kept, in [0, 1). */
  gamma: number
}

/** State (w, b, v_w, v_b): v <- gamma v + eta g, theta <- theta - v, in place. */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  gamma: number,
): void {
  for (const k of [0, 1]) {
    state[2 + k] = gamma * state[2 + k] + learningRate * gradient[k]
    state[k] -= state[2 + k]
  }
}
