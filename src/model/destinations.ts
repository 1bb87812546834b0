/** Finds where descents end: the minimum at which each is after its last step. */
import { maxMinima, type Target } from './outcomes/outcome'

/** A circle around a minimum, within which a descent counts as there. */
export type Circle = Pick<Target, 'w' | 'b' | 'radius'>

/**
 * destinations[i]: the number, from 1, of the circle in which (ends[2 i], ends[2 i + 1]) lies, or 0
 * for none. Same as shaders/findDestinations.wgsl, apart from roundings at the edge of a circle; circles do not overlap.
 *
 * @param circles only the first 8 count
 */
export function findDestinations(
  ends: ArrayLike<number>,
  count: number,
  circles: readonly Circle[],
  destinations = new Float32Array(count),
): Float32Array<ArrayBuffer> {
  const known = circles.slice(0, maxMinima)
  for (let i = 0; i < count; i++) {
    const found = known.findIndex(
      ({ w, b, radius }) => Math.hypot(ends[2 * i] - w, ends[2 * i + 1] - b) <= radius,
    )
    destinations[i] = found + 1
  }
  return destinations
}
