/** The scale of heights for losses. The shaders, the ticks and the legend all follow it. */

export type HeightKind = 'excess' | 'log' | 'linear'

/** Added to the excess, so that the lowest loss has a logarithm: one thousandth. */
const excessOffset = 1e-3

/** The log height shows at most this many decades below the highest loss. */
const mostDecades = 6

/**
 * height(L) = (transform(L) - transform(lowest)) / (transform(highest) - transform(lowest)), with
 * - excess: log10(L - lowest + 1e-3)
 * - log: log10(max(L, floor)), floor = highest / 10^6
 * - linear: L
 */
export interface HeightScale {
  readonly kind: HeightKind
  readonly lowest: number
  readonly highest: number
  /** The smallest loss that the log height tells apart from zero. */
  readonly floor: number
  /** transform(lowest) */
  readonly base: number
  /** transform(highest) - transform(lowest), never zero */
  readonly span: number
}

/** Negative losses have no logarithm, so the height is linear if losses can be negative. */
export function createHeightScale(
  wanted: HeightKind,
  lowest: number,
  highest: number,
): HeightScale {
  const kind = lowest < 0 ? 'linear' : wanted
  const floor = Math.max(highest * 10 ** -mostDecades, Number.MIN_VALUE)
  const scale = { kind, lowest, highest, floor, base: 0, span: 1 }
  const base = transform(scale, lowest)
  const span = transform(scale, highest) - base
  return { ...scale, base, span: span > 0 ? span : 1 }
}

type Transform = Pick<HeightScale, 'kind' | 'lowest' | 'floor'>

function transform({ kind, lowest, floor }: Transform, loss: number): number {
  if (kind === 'excess') return Math.log10(Math.max(loss - lowest, 0) + excessOffset)
  if (kind === 'log') return Math.log10(Math.max(loss, floor))
  return loss
}

/** 0 for the lowest loss, 1 for the highest; losses outside are clamped. */
export function heightOf(scale: HeightScale, loss: number): number {
  const height = (transform(scale, loss) - scale.base) / scale.span
  // A loss that is not a number counts as the highest.
  return height < 1 ? Math.max(height, 0) : 1
}

/** The loss at a height, the inverse of heightOf between 0 and 1. */
export function lossAt(scale: HeightScale, height: number): number {
  const value = scale.base + height * scale.span
  if (scale.kind === 'excess') return 10 ** value - excessOffset + scale.lowest
  return scale.kind === 'log' ? 10 ** value : value
}

export interface Tick {
  value: number
  /** Position along its axis, 0 to 1. */
  at: number
}

/** Ticks of the loss axis: at most seven round losses, about evenly spread in height. */
export function lossTicks(scale: HeightScale): Tick[] {
  if (!(scale.highest > scale.lowest)) return [{ value: scale.lowest, at: 0 }]
  if (scale.kind === 'linear') return linearTicks([scale.lowest, scale.highest], 5)
  // Losses below the floor lie at the bottom, whose tick tells the lowest of them.
  const isCut = scale.kind === 'log' && scale.lowest < scale.floor
  const ticks: Tick[] = isCut ? [{ value: scale.lowest, at: 0 }] : []
  const intervals = 5
  // The most, in intervals, that a round number may be off: two never come closer than half.
  const spread = 0.25
  for (let i = isCut ? 1 : 0; i <= intervals; i++) {
    const from = Math.max(0, (i - spread) / intervals)
    const to = Math.min(1, (i + spread) / intervals)
    const value = roundest(lossAt(scale, from), lossAt(scale, to))
    const last = ticks.at(-1)
    if (!last || value > last.value) ticks.push({ value, at: heightOf(scale, value) })
  }
  return ticks
}

/** Round multiples of 1, 2 or 5 times a power of ten in a range; about `wanted`. */
export function linearTicks([min, max]: readonly [number, number], wanted: number): Tick[] {
  const step = tickStep(min, max, wanted)
  // Numbers too close to tell apart have no round numbers between them.
  if (!(step > 0)) return []
  const ticks: Tick[] = []
  const [first, last] = multiples(min, max, step)
  for (let i = first; i <= last; i++) {
    const value = tidy(i * step)
    ticks.push({ value, at: (value - min) / (max - min) })
  }
  return ticks
}

/**
 * The smallest of 1, 2 and 5 times a power of ten that gives at most wanted + 1 ticks; the next
 * finer one if that leaves fewer than three, which would not show a scale.
 */
function tickStep(min: number, max: number, wanted: number): number {
  const power = 10 ** Math.floor(Math.log10((max - min) / (wanted + 2)))
  let finer = power
  for (const factor of [1, 2, 5, 10]) {
    const step = factor * power
    const [first, last] = multiples(min, max, step)
    if (last - first <= wanted) return last - first >= 2 ? step : finer
    finer = step
  }
  return 20 * power
}

/** First and last multiple of `step` in a range; its ends count as inside. */
function multiples(min: number, max: number, step: number): [first: number, last: number] {
  return [Math.ceil(min / step - 1e-9), Math.floor(max / step + 1e-9)]
}

/** The middle one of the multiples of the largest 1, 2 or 5 times a power of ten in a range. */
function roundest(from: number, to: number): number {
  const middle = (from + to) / 2
  const largest = Math.ceil(Math.log10(to))
  // A number has no more than sixteen digits.
  for (let power = largest; power > largest - 16; power--) {
    for (const factor of [10, 5, 2, 1]) {
      const step = factor * 10 ** (power - 1)
      const [first, last] = multiples(from, to, step)
      if (first > last || last < 1) continue
      const nearest = Math.min(last, Math.max(first, Math.round(middle / step)))
      return tidy(nearest * step)
    }
  }
  return from
}

/** Removes the noise of binary fractions: 0.30000000000000004 to 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
