/** RMSProp: T. Tieleman and G. Hinton, lecture 6.5 of "Neural Networks for Machine Learning", 2012. */
import { type Decay, rootPlus } from './squares'

export interface Rmsprop {
  name: 'rmsprop'
  /** Share of the mean square that is kept, in [0, 1). */
  beta: number
  /** Keeps the quotient finite; above 0. */
  epsilon: number
}

/** State (w, b, s_w, s_b): s <- beta s + (1 - beta) g^2, theta <- theta - eta g / (sqrt(s) + epsilon). */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  { kept, added }: Decay,
  epsilon: number,
): void {
  for (const k of [0, 1]) {
    state[2 + k] = kept * state[2 + k] + added * gradient[k] ** 2
    state[k] -= (learningRate * gradient[k]) / rootPlus(state[2 + k], epsilon)
  }
}
