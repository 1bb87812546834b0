/** The loss along a line through a place, and its Taylor polynomials there: curves to draw. */
import { type Aim, lookAlong, type Place } from './directional'
import { createLossChange } from './lossChange'
import type { ObjectiveSpec } from './objective'

/** One value of each for each eta. */
export interface LossAlong {
  /** L(theta + eta u) - L(theta), in the forms of lossChange.ts */
  change: Float64Array<ArrayBuffer>
  /** eta u . g */
  firstOrder: Float64Array<ArrayBuffer>
  /** 1/2 eta^2 u^T H u */
  secondOrder: Float64Array<ArrayBuffer>
}

/**
 * @param aim -g if it is undefined
 * @param etas are taken as they are, in f64; negative ones look backwards
 */
export function lossAlong(
  spec: ObjectiveSpec,
  place: Place,
  aim: Aim | undefined,
  etas: Float64Array,
): LossAlong {
  const { direction, slope, curvature } = lookAlong(spec, place, aim)
  const changeBy = createLossChange(spec, place.w, place.b)
  return {
    change: Float64Array.from(etas, (eta) => changeBy(eta * direction[0], eta * direction[1])),
    firstOrder: Float64Array.from(etas, (eta) => eta * slope),
    secondOrder: Float64Array.from(etas, (eta) => 0.5 * eta * eta * curvature),
  }
}
