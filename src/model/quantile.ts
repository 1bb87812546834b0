/** Quantiles by selection, in expected linear time. */

/**
 * The value that would stand at index floor(fraction (length - 1)) if `values` were sorted.
 * Reorders `values`.
 */
export function quantile(values: Float32Array, fraction: number): number {
  const wanted = Math.floor(fraction * (values.length - 1))
  let low = 0
  let high = values.length - 1
  // Hoare's selection: what is below the pivot goes left, what is above goes right.
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

/** Median and 10 to 90 % band of a crowd's losses, one value for each record. */
export interface LossBand {
  low: Float32Array
  median: Float32Array
  high: Float32Array
}

/** losses[record * count + trajectory] -> band. Reorders `losses` within each record. */
export function lossBand(losses: Float32Array, count: number): LossBand {
  const records = losses.length / count
  const band = {
    low: new Float32Array(records),
    median: new Float32Array(records),
    high: new Float32Array(records),
  }
  for (let record = 0; record < records; record++) {
    const values = losses.subarray(record * count, (record + 1) * count)
    band.low[record] = quantile(values, 0.1)
    band.median[record] = quantile(values, 0.5)
    band.high[record] = quantile(values, 0.9)
  }
  return band
}
