/**
 * A logarithmic axis has no place for 0, which descents do reach: in f32 a perfect fit has a loss of
 * exactly 0. It is drawn at the lower edge, below all other values, where the axis says 0. Negative
 * values have no logarithm at all, so that their axis is linear.
 */

export interface AxisKind {
  logarithmic: boolean
  /** The place of 0 on a logarithmic axis; null if no value is 0. */
  zero: number | null
}

/** Zero is drawn this far below the smallest value, as a factor and as a share of the axis. */
const leastGap = 10
const gapShare = 0.1

/** The axis for these values; those that are not finite do not count. */
export function axisKind(series: readonly ArrayLike<number>[], logarithmic: boolean): AxisKind {
  if (!logarithmic) return { logarithmic, zero: null }
  let [least, most, hasZero] = [Number.POSITIVE_INFINITY, 0, false]
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      if (value < 0 && Number.isFinite(value)) return { logarithmic: false, zero: null }
      if (value === 0) hasZero = true
      if (value > 0 && value < least) least = value
      if (value > most && Number.isFinite(value)) most = value
    }
  }
  if (!hasZero) return { logarithmic, zero: null }
  if (most === 0) return { logarithmic, zero: 1 / leastGap }
  return { logarithmic, zero: least / Math.max(leastGap, (most / least) ** gapShare) }
}

/** The values with 0 in its place on the axis. */
export function placeZero(values: ArrayLike<number>, { zero }: AxisKind): ArrayLike<number> {
  return zero === null ? values : Float64Array.from(values, (value) => (value === 0 ? zero : value))
}

/** Ticks above the gap, and the one of 0. */
export function ticksWithZero(ticks: readonly number[], { zero }: AxisKind): number[] {
  return zero === null
    ? [...ticks]
    : [zero, ...ticks.filter((tick) => tick > zero * leastGap * 0.99)]
}
