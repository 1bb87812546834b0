/**
 * Squared error of one sample: the summand of L = c sum (f - y)^2. The same names stand in
 * shaders/squaredError.wgsl; the factor c is the convention's and lives in loss.ts.
 */
import { activate } from './neuron'

/** (f - y)^2 */
export function lossTerm(z: number, y: number): number {
  const error = activate(z).value - y
  return error * error
}

/** (f - y) f (1 - f): half the derivative of lossTerm by z. */
export function gradientTerm(z: number, y: number): number {
  const { value, slope } = activate(z)
  return (value - y) * slope
}

/** s^2 + (f - y) s (1 - 2 f) with s = f (1 - f): the derivative of gradientTerm by z. */
export function curvatureTerm(z: number, y: number): number {
  const { value, complement, slope } = activate(z)
  return slope * slope + (value - y) * slope * (complement - value)
}
