/**
 * What becomes of a step of a given length in every direction: steepest descent lowers the loss most
 * only while the step is short.
 */
import { directionAt, lookAlong, type Place } from './directional'
import { createLossChange } from './lossChange'
import type { ObjectiveSpec } from './objective'

export interface ByAngle {
  /** change[k] = L(theta + eta u) - L(theta) with u at 360 k / count degrees from g. */
  change: Float64Array<ArrayBuffer>
  /** eta u . g = eta |g|^2 cos(angle) */
  firstOrder: Float64Array<ArrayBuffer>
  /**
   * The angle whose step lowers the loss most, a multiple of 360 / count in [0, 360). Short steps give
   * 180. Null where the gradient is zero: then all steps are.
   */
  best: number | null
}

/** All directions at learning rate eta, rounded to f32 once, as the place is. */
export function changeByAngle(
  spec: ObjectiveSpec,
  place: Place,
  learningRate: number,
  count = 360,
): ByAngle {
  const { gradient } = lookAlong(spec, place)
  const eta = Math.fround(learningRate)
  const changeBy = createLossChange(spec, place.w, place.b)
  const change = new Float64Array(count)
  const firstOrder = new Float64Array(count)
  let best = 0
  for (let k = 0; k < count; k++) {
    const degrees = (360 * k) / count
    const [u, v] = directionAt(gradient, degrees)
    change[k] = changeBy(eta * u, eta * v)
    firstOrder[k] = eta * (u * gradient[0] + v * gradient[1])
    if (change[k] < change[best]) best = k
  }
  const hasGradient = gradient[0] !== 0 || gradient[1] !== 0
  return { change, firstOrder, best: hasGradient ? (360 * best) / count : null }
}
