/**
 * Cross-entropy of one sample, -y log f - (1 - y) log(1 - f), written in terms of softplus.
 * shaders/crossEntropy.wgsl uses the same names.
 */
import { type Activation, softplus } from './neuron'

/** softplus(z) - y z */
export function lossTerm({ z }: Activation, y: number): number {
  return softplus(z) - y * z
}

/** f - y: the derivative of lossTerm with respect to z. */
export function gradientTerm({ value }: Activation, y: number): number {
  return value - y
}

/** f (1 - f): the derivative of gradientTerm with respect to z. */
export function curvatureTerm({ slope }: Activation, _y: number): number {
  return slope
}
