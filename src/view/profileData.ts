/** Shares of arrivals as stairs over one common x, which is what uPlot draws. */

export interface ProfileSeries {
  label: string
  colour: string
  /** Ascending: steps, or single-point gradients. */
  x: Float64Array
  /** share[i] of the starts have arrived by x[i]. */
  share: Float32Array
}

/** The axis is logarithmic and begins at 1; what arrives before stands there. */
const firstX = 1

/** The share that has arrived by `x`; null beyond the last x, of which nothing is known. */
export function shareBy({ x: xs, share }: ProfileSeries, x: number): number | null {
  if (xs.length === 0 || x > Math.max(firstX, xs[xs.length - 1])) return null
  let [low, high] = [0, xs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle] <= x) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : share[low - 1]
}

export function finalShare({ share }: ProfileSeries): number {
  return share.length === 0 ? 0 : share[share.length - 1]
}

/** 1 to the largest x, at least a decade, so that there is an axis. */
export function profileRange(series: readonly ProfileSeries[]): [min: number, max: number] {
  return [firstX, Math.max(10 * firstX, ...series.map(({ x }) => x[x.length - 1] ?? 0))]
}

/** Every x at which some series has a step, and the shares of all series there. */
export function alignSeries(series: readonly ProfileSeries[]) {
  const all = new Set<number>([firstX])
  for (const { x } of series) for (const value of x) all.add(Math.max(firstX, value))
  const x = [...all].sort((a, b) => a - b)
  return { x, shares: series.map((each) => x.map((value) => shareBy(each, value))) }
}
