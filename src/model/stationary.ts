/** What is known of the places where the gradient vanishes; found by stationaryPoints.ts. */
import type { Range } from './starts'

export interface StationaryPoint {
  w: number
  b: number
  loss: number
  /** Of the Hessian, the smaller one first. */
  eigenvalues: readonly [smaller: number, larger: number]
}

/**
 * A limit at infinity: as |theta| grows along `direction` (of length 1, from the origin of the
 * (w, b) plane), the neuron becomes a step, 0 on one side and 1 on the other, or a constant 0 or 1.
 */
export interface Limit {
  direction: readonly [w: number, b: number]
  /** The loss that is approached; infinite for cross-entropy where a label contradicts the step. */
  loss: number
  /** For example "a step from 0 to 1 between x = 0.5 and x = 3". */
  words: string
}

export interface StationaryPoints {
  /** Where they were looked for. */
  box: { w: Range; b: Range }
  /** Sorted by loss, the lowest first; `minimum k` means minima[k]. */
  minima: readonly StationaryPoint[]
  saddles: readonly StationaryPoint[]
  /**
   * All x are equal: only z = w x + b matters, so one point stands for a whole line of minima, all
   * (w, b) + t (direction). Then `minima` and `saddles` are empty.
   */
  line: { point: StationaryPoint; direction: readonly [w: number, b: number] } | null
  /** The limits with the lowest losses, the lowest first, at most 4. */
  limits: readonly Limit[]
  /** Whether the lowest limit lies below every minimum: the loss has no minimum there to find. */
  fallsForEver: boolean
}
