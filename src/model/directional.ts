/** The loss at a place, and what its first two derivatives say of a direction. */
import { createObjective, type Hessian, type ObjectiveSpec } from './objective'

export interface Place {
  w: number
  b: number
}

/** u: a step at learning rate eta is eta u, and u is not normalised. */
export type Direction = readonly [w: number, b: number]

export interface Directional {
  loss: number
  gradient: Direction
  hessian: Hessian
  direction: Direction
  /** u . g */
  slope: number
  /** u^T H u */
  curvature: number
}

/**
 * @param place and given direction are rounded to f32 once
 * @param given is steepest descent, -g in f64, if it is left out
 */
export function lookAlong(spec: ObjectiveSpec, place: Place, given?: Direction): Directional {
  const objective = createObjective(spec)
  const [w, b] = [Math.fround(place.w), Math.fround(place.b)]
  const out = new Float64Array(3)
  objective.evaluate(w, b, out)
  const [loss, dw, db] = out
  const hessian = objective.hessian(w, b)
  // 0 - g and not -g: a gradient of 0 gives a step of 0, without a sign.
  const direction: Direction = given
    ? [Math.fround(given[0]), Math.fround(given[1])]
    : [0 - dw, 0 - db]
  const [u, v] = direction
  return {
    loss,
    gradient: [dw, db],
    hessian,
    direction,
    slope: u * dw + v * db,
    curvature: u * u * hessian.ww + 2 * u * v * hessian.wb + v * v * hessian.bb,
  }
}
