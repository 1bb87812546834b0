/** Plain gradient descent, the rule of the source text. Same name in shaders/gradientDescent.wgsl. */

/** theta <- theta - eta g, in place. */
export function takeStep(state: Float64Array, gradient: Float64Array, learningRate: number): void {
  state[0] -= learningRate * gradient[0]
  state[1] -= learningRate * gradient[1]
}
