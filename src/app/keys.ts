/** The effects of the page's keys. */
import type { Lenses } from '../lenses/lenses'
import type { PageActions } from '../page/actions'
import { createKeyboard } from '../page/keyboard'
import type { Camera } from '../settings/settings'

/** A key moves a map by this share of its sides. */
const mapStride = 0.1

export function addPageKeys(actions: PageActions, zoom: Lenses['zoom']): void {
  // The newest settings, not the shown ones: a held key may outpace a slow page.
  const settings = () => actions.current()
  createKeyboard(document.body, {
    togglePlay: () => actions.togglePlay(),
    step: (delta) => actions.scrub(settings().step + delta),
    first: () => actions.scrub(0),
    last: () => actions.scrub(settings().steps),
    resetCamera: () => actions.resetCamera(),
    topView: () => actions.topView(),
    moveCamera: (...by) => actions.change({ camera: movedCamera(settings().camera, ...by) }),
    move(...by) {
      const [w, b] = by.map((steps) => steps * mapStride)
      const moved = { from: [w, b], to: [1 + w, 1 + b] } as const
      if (zoom(moved, settings())) return
      actions.change({ camera: pannedCamera(settings().camera, ...by) })
    },
    togglePanel: () => actions.togglePanel(),
    zoomMap: (factor) => actions.onZoom({ at: [0.5, 0.5], factor }),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    gallery: (act) => void actions.gallery(act),
    showList: () => actions.showKeys(),
  })
}

/** Turns by degrees to the right and upwards, and scales the distance, within the limits. */
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

/** A key moves the eye by this share of the distance. */
const stride = 0.05

/** Moves over the plane by steps to the right and ahead of the eye, within the limits. */
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
