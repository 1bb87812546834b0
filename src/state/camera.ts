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

/** Shares of the distance that a key moves the eye by. */
const stride = 0.05

/** Moved over the plane, by steps to the right and ahead as the eye sees it; within what is allowed. */
export function pannedCamera(camera: Camera, right: number, ahead: number): Camera {
  const angle = (camera.azimuth * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const moved = (at: number, steps: number) =>
    Math.min(2, Math.max(-2, Number((at + steps * stride * camera.distance).toFixed(4)) + 0))
  const [w, b] = camera.pan
  return {
    ...camera,
    pan: [moved(w, right * cos - ahead * sin), moved(b, right * sin + ahead * cos)],
  }
}
