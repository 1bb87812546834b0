/** The map of the loss: what the stage shows, from above, with ticks and names around it. */
import { OrthographicCamera, type WebGPURenderer } from 'three/webgpu'
import type { Label } from './labels'
import type { Layers } from './layers'
import { clipFrame, drawMapFrame } from './mapFrame'
import type { Picture, Rect } from './picture'
import { mapLabels } from './stationaryMarks'
import type { Theme } from './theme'

export class LossMap {
  private readonly camera = new OrthographicCamera()

  constructor(
    private readonly renderer: WebGPURenderer,
    private readonly layers: Layers,
  ) {}

  /** Draws into the viewport of the rectangle, and returns the texts beside it. */
  draw(picture: Picture | null, rect: Rect, { panel, line }: Theme): Label[] {
    const { layers, renderer } = this
    layers.setPanelColour(panel)
    layers.mapSpace.setSize(rect.width, rect.height)
    layers.mapSpace.setFrame(...clipFrame(rect))
    const { wires } = layers.map
    wires.begin(line)
    const labels = drawMapFrame(
      rect,
      [
        { label: 'w', range: layers.range.w },
        { label: 'b', range: layers.range.b },
      ],
      wires,
    )
    wires.end()
    renderer.setViewport(rect.x, rect.y, rect.width, rect.height)
    renderer.render(layers.map.scene, this.camera)
    const points = picture?.surface && picture.stationary
    if (!points) return labels
    return [...mapLabels(points, (place) => layers.uv(place), rect), ...labels]
  }
}
