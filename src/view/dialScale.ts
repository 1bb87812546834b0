/** Where the dial puts a change of the loss: on the ring if there is none, inside it if the loss falls. */

export interface DialPicture {
  /** Direction of g in the plane, in one scale for w and b. */
  gradient: readonly [w: number, b: number]
  /** Degrees from g to u, counter-clockwise from w to b; 180 is descent. */
  angle: number
  /** change[k], firstOrder[k] at k degrees: 360 of each. */
  change: Float64Array
  firstOrder: Float64Array
  /** The angle whose step lowers the loss most; null where there is none. */
  best: number | null
  /** All directions, or that of u alone. */
  all: boolean
  stale: boolean
}

/** Radii in shares of the dial's: the ring of no change, and how far a curve goes from it. */
const ring = 0.55
const band = 0.42

/** The smaller of the two curves gets at least a quarter of the band, whatever the larger one does. */
const mostUnlike = 4

export interface DialScale {
  /** The change at the edge of the band; what is beyond it is drawn there. */
  edge: number
  /** The curve that goes beyond the edge. */
  cut: 'first order' | 'actual' | null
  ring: number
  /** In pixels; NaN for what is no number. */
  radiusOf(change: number): number
}

export function createDialScale(
  { change, firstOrder }: Pick<DialPicture, 'change' | 'firstOrder'>,
  radius: number,
): DialScale {
  const largest = { actual: largestOf(change), first: largestOf(firstOrder) }
  const more = Math.max(largest.actual, largest.first)
  const less = Math.min(largest.actual, largest.first)
  const edge = more === 0 ? 1 : roundUp(less === 0 ? more : Math.min(more, mostUnlike * less))
  const isCut = more > edge
  const larger = largest.first > largest.actual ? 'first order' : 'actual'
  return {
    edge,
    cut: isCut ? larger : null,
    ring: ring * radius,
    radiusOf: (value) => radius * (ring + band * Math.min(1, Math.max(-1, value / edge))),
  }
}

function largestOf(values: Float64Array): number {
  return values.reduce(
    (largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest),
    0,
  )
}

/** To two digits, so that the number under the dial stays while little changes. */
function roundUp(value: number): number {
  // Below it, numbers have fewer digits than that.
  if (value < 1e-300) return value
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2))
}

/** 0 <= degrees < 360 */
export function turned(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}

/** A curve's value between its whole degrees. */
export function valueAt(values: Float64Array, degrees: number): number {
  const at = turned(degrees)
  const before = Math.floor(at) % 360
  const after = values[(before + 1) % 360]
  const share = at - Math.floor(at)
  return share === 0 ? values[before] : values[before] + (after - values[before]) * share
}
