/**
 * Cross-entropy of one sample, -y log f - (1 - y) log(1 - f), written through softplus. The same
 * names stand in shaders/crossEntropy.wgsl.
 */
import { activate, softplus } from './neuron'

/** softplus(z) - y z */
export function lossTerm(z: number, y: number): number {
  return softplus(z) - y * z
}

/** f - y: the derivative of lossTerm by z. */
export function gradientTerm(z: number, y: number): number {
  return activate(z).value - y
}

/** f (1 - f): the derivative of gradientTerm by z. */
export function curvatureTerm(z: number, _y: number): number {
  return activate(z).slope
}
