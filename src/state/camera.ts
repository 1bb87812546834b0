/** Moving the eye by keys. */
import type { Camera } from './settings'

/** Turned by degrees to the right and upwards, and as many times as far away; within what is allowed. */
export function movedCamera(
  { azimuth, elevation, distance, pan }: Camera,
  turn: number,
  tilt: number,
  farther: number,
): Camera {
  const turned = (((azimuth + turn) % 360) + 360) % 360
  return {
    azimuth: turned > 180 ? turned - 360 : turned,
    elevation: Math.min(90, Math.max(0, elevation + tilt)),
    distance: Math.min(10, Math.max(0.1, Number((distance * farther).toFixed(4)))),
    pan,
  }
}
