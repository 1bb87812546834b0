/** The map of the loss: the stage's surface from above, with ticks and names around it. */
import { OrthographicCamera } from 'three/webgpu'
import type { Rect } from '../display/rect'
import type { Layers } from './layers/layers'
import { clipFrame, drawMapFrame, pixelOnMap, uvOnMap } from './mapFrame'
import type { LaidOut, Picture } from './picture'
import type { Spot } from './pointer'
import { mapLabels } from './stationaryLabels'
import type { Theme } from './theme'

export class LossMap {
  private readonly camera = new OrthographicCamera()

  private picture: Picture | null = null

  constructor(private readonly layers: Layers) {}

  show(picture: Picture): void {
    this.picture = picture
  }

  /** Lays the map out in a rectangle; `window` is the part of it to draw. */
  lay(rect: Rect, { panel, line }: Theme, window: Rect): LaidOut {
    const { layers, picture } = this
    layers.setPanelColour(panel)
    layers.mapSpace.setSize(window.width, window.height)
    layers.mapSpace.setFrame(...clipFrame(rect, window))
    const { wires, scene } = layers.map
    wires.begin(line)
    const labels = drawMapFrame(
      rect,
      [
        { label: 'w', range: layers.range.w },
        { label: 'b', range: layers.range.b },
      ],
      wires,
      window,
    )
    wires.end()
    const points = picture?.surface && picture.stationary
    if (points) labels.unshift(...mapLabels(points, (place) => layers.uv(place), rect))
    return { scene, camera: this.camera, labels }
  }

  /** The place under a pixel; if clamped, the nearest place for a pixel beside the map. */
  at(rect: Rect, x: number, y: number, clamped: boolean): Spot | null {
    const uv = uvOnMap(rect, x, y, clamped)
    return uv && { uv, place: this.layers.place(uv) }
  }

  /** The chosen start on the canvas. */
  markerAt(rect: Rect): { x: number; y: number } | null {
    const { picture, layers } = this
    return picture && pixelOnMap(rect, layers.uv(picture.settings.start))
  }
}
