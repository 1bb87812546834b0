/** The loss at a place, and its first two derivatives along a direction. */
import { createObjective, type Hessian, type ObjectiveSpec } from '../objective'

export interface Place {
  w: number
  b: number
}

/** u: a step at learning rate eta is eta u, and u is not normalised. */
export type Direction = readonly [w: number, b: number]

/** A direction, or g turned by this many degrees, counter-clockwise from w to b: |u| = |g|. */
export type Aim = Direction | { readonly degrees: number }

/** Turns g, exactly for right angles, so that u . g vanishes when it should. */
export function directionAt([gw, gb]: Direction, degrees: number): Direction {
  // 0 - g instead of -g: a gradient of 0 gives a step of 0 without a sign.
  if (degrees === 90) return [0 - gb, gw]
  if (degrees === 180) return [0 - gw, 0 - gb]
  if (degrees === 270) return [gb, 0 - gw]
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return [gw * cos - gb * sin, gw * sin + gb * cos]
}

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
 * @param place and given direction are rounded to f32 once; a turned gradient stays in f64
 * @param aim steepest descent, -g in f64, by default
 */
export function lookAlong(
  spec: ObjectiveSpec,
  place: Place,
  aim: Aim = { degrees: 180 },
): Directional {
  const objective = createObjective(spec)
  const [w, b] = [Math.fround(place.w), Math.fround(place.b)]
  const out = new Float64Array(3)
  objective.evaluate(w, b, out)
  const [loss, dw, db] = out
  const hessian = objective.hessian(w, b)
  const direction =
    'degrees' in aim
      ? directionAt([dw, db], aim.degrees)
      : ([Math.fround(aim[0]), Math.fround(aim[1])] as const)
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
