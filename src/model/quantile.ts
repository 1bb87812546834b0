/** Quantiles by selection, in expected linear time. */

/**
 * The value that would stand at index floor(fraction (length - 1)) if `values` were sorted.
 * Reorders `values`.
 */
export function quantile(values: Float32Array, fraction: number): number {
  const wanted = Math.floor(fraction * (values.length - 1))
  let low = 0
  let high = values.length - 1
  // Hoare's selection: values below the pivot go left, values above it go right.
  while (low < high) {
    const pivot = values[(low + high) >>> 1]
    let i = low
    let j = high
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i <= j) {
        const swap = values[i]
        values[i++] = values[j]
        values[j--] = swap
      }
    }
    if (wanted <= j) high = j
    else if (wanted >= i) low = i
    else break
  }
  return values[wanted]
}

/** Median and 10 to 90 % band of a crowd's losses, one value for each of `steps`. */
export interface LossBand {
  steps: Uint32Array<ArrayBuffer>
  low: Float32Array<ArrayBuffer>
  median: Float32Array<ArrayBuffer>
  high: Float32Array<ArrayBuffer>
}

/** The most trajectories in a band, and the most steps. */
export const bandTrajectories = 4096
export const bandSteps = 256

/**
 * losses[k * count + trajectory] at steps[k] -> band. Reorders `losses` within each step, and
 * yields after each, so that a caller can release the thread.
 */
export function* takeLossBand(
  losses: Float32Array,
  count: number,
  steps: Uint32Array<ArrayBuffer>,
): Generator<void, LossBand> {
  const band: LossBand = {
    steps,
    low: new Float32Array(steps.length),
    median: new Float32Array(steps.length),
    high: new Float32Array(steps.length),
  }
  for (let k = 0; k < steps.length; k++) {
    const values = losses.subarray(k * count, (k + 1) * count)
    band.low[k] = quantile(values, 0.1)
    band.median[k] = quantile(values, 0.5)
    band.high[k] = quantile(values, 0.9)
    yield
  }
  return band
}
