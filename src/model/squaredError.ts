/**
 * Squared error of one sample: the summand of L = c sum (f - y)^2. shaders/squaredError.wgsl uses
 * the same names; the factor c depends on the convention and is in loss.ts.
 */
import type { Activation } from './neuron'

/** (f - y)^2 */
export function lossTerm({ value }: Activation, y: number): number {
  const error = value - y
  return error * error
}

/** (f - y) f (1 - f): half the derivative of lossTerm with respect to z. */
export function gradientTerm({ value, slope }: Activation, y: number): number {
  return (value - y) * slope
}

/** s^2 + (f - y) s (1 - 2 f) with s = f (1 - f): the derivative of gradientTerm in z. */
export function curvatureTerm({ value, complement, slope }: Activation, y: number): number {
  return slope * slope + (value - y) * slope * (complement - value)
}
