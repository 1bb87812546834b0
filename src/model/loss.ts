/** The available losses: the term that is summed, and the factor of the convention. */
import * as crossEntropy from './crossEntropy'
import type { Activation } from './neuron'
import * as squaredError from './squaredError'

/**
 * - mean: (1/n) sum (f - y)^2
 * - half: 1/2 sum (f - y)^2, the convention of the source text; a rate under it equals n/2 times
 *   the rate under mean
 * - crossEntropy: (1/n) sum [softplus(z) - y z]
 */
export type LossName = 'mean' | 'half' | 'crossEntropy'

export interface Loss {
  /** The pair of files with its terms: src/model/<terms>.ts and shaders/<terms>.wgsl. */
  terms: 'squaredError' | 'crossEntropy'
  lossTerm(a: Activation, y: number): number
  gradientTerm(a: Activation, y: number): number
  curvatureTerm(a: Activation, y: number): number
  /** L = lossScale(n) sum lossTerm */
  lossScale(sampleCount: number): number
  /** gradient = gradientScale(n) sum gradientTerm (x, 1); the Hessian has the same factor. */
  gradientScale(sampleCount: number): number
}

export const losses: Record<LossName, Loss> = {
  mean: {
    terms: 'squaredError',
    ...squaredError,
    lossScale: (n) => 1 / n,
    gradientScale: (n) => 2 / n,
  },
  half: {
    terms: 'squaredError',
    ...squaredError,
    lossScale: () => 0.5,
    gradientScale: () => 1,
  },
  crossEntropy: {
    terms: 'crossEntropy',
    ...crossEntropy,
    lossScale: (n) => 1 / n,
    gradientScale: (n) => 1 / n,
  },
}
