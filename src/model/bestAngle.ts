/** Which way a step of a given length lowers the loss most: steepest descent only while it is short. */
import { lookAlong, type Place } from './directional'
import { createLossChange } from './lossChange'
import type { ObjectiveSpec } from './objective'

/**
 * The angle of the direction u, |u| = |g|, whose step eta u lowers the loss most, in degrees from g
 * counter-clockwise (from w to b), a multiple of 360 / count in [0, 360). Short steps give 180. Null
 * where the gradient is zero: then all steps are.
 */
export function bestAngle(
  spec: ObjectiveSpec,
  place: Place,
  learningRate: number,
  count = 360,
): number | null {
  const [gw, gb] = lookAlong(spec, place).gradient
  if (gw === 0 && gb === 0) return null
  const eta = Math.fround(learningRate)
  const changeBy = createLossChange(spec, place.w, place.b)
  let best = 0
  let lowest = Infinity
  for (let k = 0; k < count; k++) {
    const turn = (2 * Math.PI * k) / count
    const [cos, sin] = [eta * Math.cos(turn), eta * Math.sin(turn)]
    const change = changeBy(gw * cos - gb * sin, gw * sin + gb * cos)
    if (change >= lowest) continue
    lowest = change
    best = k
  }
  return (360 * best) / count
}
