/** The map of the loss: what the stage shows, from above, with ticks and names around it. */
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

  /** Lays it out in a rectangle, of which a window is to be drawn. */
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

  /** The place under a pixel; clamped, of one beside the map the nearest in it. */
  at(rect: Rect, x: number, y: number, clamped: boolean): Spot | null {
    const uv = uvOnMap(rect, x, y, clamped)
    return uv && { uv, place: this.layers.place(uv) }
  }

  /** Where the chosen start is on the canvas. */
  markerAt(rect: Rect): { x: number; y: number } | null {
    const { picture, layers } = this
    return picture && pixelOnMap(rect, layers.uv(picture.settings.start))
  }
}
