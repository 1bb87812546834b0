/** Losses against steps, thinned to what the pixels of a chart can show. Extremes are kept. */

/** Steps 0..steps, cut into columns; column c holds steps first[c]..last[c]. */
export interface Columns {
  first: Uint32Array
  last: Uint32Array
}

/** One column for each step if they fit, else one for each pixel. */
export function createColumns(steps: number, pixels: number): Columns {
  const all = steps + 1
  // Each column has two values, so up to twice as many steps as pixels there is nothing to gain.
  const count = all <= 2 * pixels ? all : Math.max(1, Math.floor(pixels))
  const first = new Uint32Array(count)
  const last = new Uint32Array(count)
  for (let c = 0; c < count; c++) {
    first[c] = Math.floor((c * all) / count)
    last[c] = Math.floor(((c + 1) * all) / count) - 1
  }
  return { first, last }
}

/** The x of the values from `thin`: a column's first and last step, only once if equal. */
export function columnSteps({ first, last }: Columns): number[] {
  const steps: number[] = []
  for (let c = 0; c < first.length; c++) {
    steps.push(first[c])
    if (last[c] > first[c]) steps.push(last[c])
  }
  return steps
}

/**
 * The lowest and the highest value of each column, in their order, so that a line through them
 * covers the same pixels as a line through all values. Values that are not finite, and those <= 0
 * on a logarithmic axis, are left out; a column without any gives null.
 *
 * `steps[i]` is the step of values[i], ascending; null means that values[i] belongs to step i.
 * Columns between two distant steps are filled along the line from one to the other, which is
 * straight on the drawn axis.
 */
export function thin(
  values: ArrayLike<number>,
  steps: Uint32Array | null,
  columns: Columns,
  logarithmic: boolean,
): (number | null)[] {
  const count = steps ? Math.min(steps.length, values.length) : values.length
  const stepOf = (i: number) => (steps ? steps[i] : i)
  const drawable = (value: number) => Number.isFinite(value) && (!logarithmic || value > 0)
  const thinned: (number | null)[] = []
  let i = 0
  for (let c = 0; c < columns.first.length; c++) {
    const first = columns.first[c]
    const last = columns.last[c]
    const start = i
    let least = -1
    let greatest = -1
    for (; i < count && stepOf(i) <= last; i++) {
      if (!drawable(values[i])) continue
      if (least < 0 || values[i] < values[least]) least = i
      if (greatest < 0 || values[i] > values[greatest]) greatest = i
    }
    const at = (step: number) => between(values, stepOf, i, count, step, logarithmic)
    const empty = i === start
    const low = empty ? at(first) : least < 0 ? null : values[Math.min(least, greatest)]
    const high = empty ? at(last) : least < 0 ? null : values[Math.max(least, greatest)]
    thinned.push(low)
    if (last > first) thinned.push(high)
  }
  return thinned
}

/** The value on the line from values[next - 1] to values[next]. */
function between(
  values: ArrayLike<number>,
  stepOf: (i: number) => number,
  next: number,
  count: number,
  step: number,
  logarithmic: boolean,
): number | null {
  if (next === 0 || next >= count) return null
  const from = values[next - 1]
  const to = values[next]
  const share = (step - stepOf(next - 1)) / (stepOf(next) - stepOf(next - 1))
  const value = logarithmic ? from * (to / from) ** share : from + (to - from) * share
  return Number.isFinite(value) && (!logarithmic || value > 0) ? value : null
}

/** Lowest and highest of several thinned series, or null if nothing can be drawn. */
export function extent(series: readonly (readonly (number | null)[])[]): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const values of series) {
    for (const value of values) {
      if (value === null) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : null
}
