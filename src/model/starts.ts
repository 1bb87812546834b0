/** The starts of descents. */
import { gridNodes } from './grid'
import { pcg, uniform } from './pcg'

export type Range = readonly [min: number, max: number]

export interface Starts {
  /**
   * - grid: perSide x perSide nodes over the view
   * - random: perSide^2 uniform places in the view
   * - ring: perSide^2 places on the largest ellipse in the view
   * - list: the places of `list`, in their order
   * - one: the chosen start alone
   */
  arrangement: 'grid' | 'random' | 'ring' | 'list' | 'one'
  perSide: number
  seed: number
  list: readonly (readonly [w: number, b: number])[]
}

/** Number of descents that an arrangement asks for. */
export function startCount({ arrangement, perSide, list }: Starts): number {
  if (arrangement === 'list') return list.length
  return arrangement === 'one' ? 1 : perSide * perSide
}

/** Whether the starts are spread over the view, rather than chosen one by one. */
export function isSpread({ arrangement }: Pick<Starts, 'arrangement'>): boolean {
  return arrangement !== 'list' && arrangement !== 'one'
}

/**
 * starts[2 i], starts[2 i + 1] = (w, b) of trajectory i, rounded to f32.
 *
 * The order of those that are spread over the view is scattered (a seeded walk over all indices with a stride near the golden ratio), so
 * that any first part of the list is an even sample of the whole: a coarse pass, the trails of a
 * large crowd and the band of the timeline each take a first part.
 */
export function placeStarts(
  starts: Starts,
  w: Range,
  b: Range,
  chosen: readonly [number, number],
): Float32Array<ArrayBuffer> {
  const { arrangement, perSide, seed } = starts
  if (arrangement === 'one') return Float32Array.from(chosen)
  if (arrangement === 'list') return Float32Array.from(starts.list.flat())
  const count = startCount(starts)
  const positions = new Float32Array(count * 2)
  const stride = coprimeStride(count)
  let index = pcg(seed) % count
  const place = placements[arrangement]({ perSide, seed, count, w, b })
  for (let i = 0; i < count; i++) {
    place(positions, i * 2, index)
    index = (index + stride) % count
  }
  return positions
}

interface Placement {
  perSide: number
  seed: number
  count: number
  w: Range
  b: Range
}

/** Writes start number `index` of an arrangement at out[at], out[at + 1]. */
type PlaceStart = (out: Float32Array, at: number, index: number) => void

const placements: Record<
  Exclude<Starts['arrangement'], 'list' | 'one'>,
  (given: Placement) => PlaceStart
> = {
  grid({ perSide, w, b }) {
    const [wNodes, bNodes] = [w, b].map((range) => nodesOf(range, perSide))
    return (out, at, index) => {
      out[at] = wNodes[index % perSide]
      out[at + 1] = bNodes[Math.floor(index / perSide)]
    }
  },
  random({ seed, w, b }) {
    return (out, at, index) => {
      out[at] = w[0] + (w[1] - w[0]) * uniform(seed, 2 * index)
      out[at + 1] = b[0] + (b[1] - b[0]) * uniform(seed, 2 * index + 1)
    }
  },
  ring({ count, w, b }) {
    return (out, at, index) => {
      const angle = (2 * Math.PI * index) / count
      out[at] = (w[0] + w[1]) / 2 + ((w[1] - w[0]) / 2) * Math.cos(angle)
      out[at + 1] = (b[0] + b[1]) / 2 + ((b[1] - b[0]) / 2) * Math.sin(angle)
    }
  },
}

/** A single start per side has no spacing, so it is in the middle. */
function nodesOf([min, max]: Range, count: number): Float32Array {
  return count === 1 ? Float32Array.of((min + max) / 2) : gridNodes([min, max, count])
}

/** An integer near count / golden ratio that has no divisor in common with count. */
function coprimeStride(count: number): number {
  let stride = Math.max(1, Math.round(count * 0.6180339887498949))
  while (greatestCommonDivisor(stride, count) > 1) stride++
  return stride
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
