/**
 * Standardised coordinates, in which x has mean 0 and standard deviation 1. With x' = (x - m) / s
 * the neuron w x + b is w' x' + b' for w' = s w and b' = b + m w, and the loss stays the same: a
 * search in (w', b') finds the same points whatever the unit and the origin of x.
 */
import type { Sample } from '../objective'

/** Mean and standard deviation of x. */
export interface XScale {
  mean: number
  spread: number
}

export function xScaleOf(samples: readonly Sample[]): XScale {
  const mean = samples.reduce((sum, [x]) => sum + x, 0) / samples.length
  const variance = samples.reduce((sum, [x]) => sum + (x - mean) ** 2, 0) / samples.length
  return { mean, spread: Math.sqrt(variance) }
}

export function standardiseSamples(samples: readonly Sample[], { mean, spread }: XScale): Sample[] {
  return samples.map(([x, y]) => [(x - mean) / spread, y])
}

/** (w', b') of (w, b). */
export function standardise(w: number, b: number, { mean, spread }: XScale): [number, number] {
  return [w * spread, b + w * mean]
}

/** (w, b) of (w', b'). */
export function unstandardise(w: number, b: number, { mean, spread }: XScale): [number, number] {
  return [w / spread, b - (w * mean) / spread]
}
