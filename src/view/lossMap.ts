/** The map of the loss: what the stage shows, from above, with ticks and names around it. */
import { OrthographicCamera } from 'three/webgpu'
import type { Layers } from './layers'
import { clipFrame, drawMapFrame } from './mapFrame'
import type { LaidOut, Picture, Rect } from './picture'
import { mapLabels } from './stationaryMarks'
import type { Theme } from './theme'

export class LossMap {
  private readonly camera = new OrthographicCamera()

  constructor(private readonly layers: Layers) {}

  /** Lays it out in a rectangle, of which a window is to be drawn. */
  lay(picture: Picture | null, rect: Rect, { panel, line }: Theme, window: Rect): LaidOut {
    const { layers } = this
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
}
