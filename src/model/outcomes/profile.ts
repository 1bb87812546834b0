/**
 * Data profiles: the share of all starts that a rule has brought to a minimum, against the cost.
 * J. J. More and S. M. Wild, "Benchmarking Derivative-Free Optimization Algorithms", SIAM Journal on
 * Optimization 20 (2009) 172.
 */
import { batchSizeOf, isByBatches, type RuleSpec, stepsInEpoch } from '../rule'

export interface DataProfile {
  /** Steps at which at least one start arrives, ascending. */
  steps: Uint32Array<ArrayBuffer>
  /** Share of all starts that have arrived by then. */
  shares: Float32Array<ArrayBuffer>
}

/** @param arrivalSteps one for each start, negative if it does not arrive */
export function dataProfile(arrivalSteps: ArrayLike<number>): DataProfile {
  const counts: number[] = []
  for (let i = 0; i < arrivalSteps.length; i++) {
    const step = arrivalSteps[i]
    if (step >= 0) counts[step] = (counts[step] ?? 0) + 1
  }
  const steps: number[] = []
  const shares: number[] = []
  let arrived = 0
  counts.forEach((count, step) => {
    arrived += count
    steps.push(step)
    shares.push(arrived / arrivalSteps.length)
  })
  return { steps: Uint32Array.from(steps), shares: Float32Array.from(shares) }
}

/**
 * The number of single-point gradients in this many steps: all points at each step, or those of the
 * batches. Newton's Hessians are not counted.
 */
export function gradientsOf(rule: RuleSpec, sampleCount: number, steps: number): number {
  if (!isByBatches(rule)) return steps * sampleCount
  const epoch = stepsInEpoch(rule, sampleCount)
  const rest = Math.min(sampleCount, (steps % epoch) * batchSizeOf(rule))
  return Math.floor(steps / epoch) * sampleCount + rest
}
