/** Plain gradient descent, the rule of the source text; its WGSL is shaders/gradientDescent.wgsl. */
import type { Rule } from './rule'

/** theta <- theta - eta g */
export const gradientDescent: Rule = {
  stateSize: 2,
  step(state, gradient, learningRate) {
    state[0] -= learningRate * gradient[0]
    state[1] -= learningRate * gradient[1]
  },
}
