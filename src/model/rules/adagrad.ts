/** AdaGrad: Duchi, Hazan and Singer, JMLR 12 (2011) 2121. */
import { rootPlus } from './squares'

export interface Adagrad {
  name: 'adagrad'
  /** Keeps the quotient finite; above 0. */
  epsilon: number
}

/** State (w, b, s_w, s_b): s <- s + g^2, theta <- theta - eta g / (sqrt(s) + epsilon). */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  epsilon: number,
): void {
  for (const k of [0, 1]) {
    state[2 + k] += gradient[k] ** 2
    state[k] -= (learningRate * gradient[k]) / rootPlus(state[2 + k], epsilon)
  }
}
