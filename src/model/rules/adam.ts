/** Adam: D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015. */
import { type Decay, rootPlus } from './squares'

export interface Adam {
  name: 'adam'
  /** Share of the mean gradient that is kept, in [0, 1). */
  beta1: number
  /** Share of the mean square that is kept, in [0, 1). */
  beta2: number
  /** Keeps the quotient finite; above 0. */
  epsilon: number
}

/**
 * State (w, b, m_w, m_b, s_w, s_b, c1, c2): m <- beta1 m + (1 - beta1) g, s likewise with g^2,
 * theta <- theta - eta (m / c1) / (sqrt(s / c2) + epsilon). The corrections c = 1 - beta^t are
 * carried as c <- (1 - beta) + beta c, which needs no power.
 */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  first: Decay,
  second: Decay,
  epsilon: number,
): void {
  state[6] = first.added + first.kept * state[6]
  state[7] = second.added + second.kept * state[7]
  for (const k of [0, 1]) {
    state[2 + k] = first.kept * state[2 + k] + first.added * gradient[k]
    state[4 + k] = second.kept * state[4 + k] + second.added * gradient[k] ** 2
    const mean = state[2 + k] / state[6]
    state[k] -= (learningRate * mean) / rootPlus(state[4 + k] / state[7], epsilon)
  }
}
