/** The map of trust as an image for the flat map: made once for each surface, drawn with every step. */
import { trustRatio } from '../model/trust'
import type { TrustPicture } from './picture'
import { trustColour } from './trustColours'

const staleOpacity = 150

/** Keeps the last image, and makes a new one only when something in it changed. */
export class TrustImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Width and height in pixels of the screen. Null where the planes are textures or not there. */
  get(shown: TrustPicture, width: number, height: number): ImageData | null {
    const { surface, order, learningRate, stale } = shown
    const curvature = surface?.curvature?.array
    if (!surface?.plane.array || !curvature) return null
    const key = [curvature, surface.nodeStep, order, learningRate, stale, width, height]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    this.image = paint(shown, surface.plane.array, curvature, width, height)
    return this.image
  }
}

function paint(
  { surface, order, learningRate, stale }: TrustPicture,
  cells: Float32Array,
  curvature: Float32Array,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  if (!surface) return image
  const { plane, nodeStep } = surface
  // The nearest of the valid nodes 0, nodeStep, ... and the last one.
  const node = (share: number, count: number) =>
    Math.min(count - 1, Math.round((share * (count - 1)) / nodeStep) * nodeStep)
  for (let y = 0; y < height; y++) {
    const row = node(1 - y / Math.max(1, height - 1), plane.height)
    for (let x = 0; x < width; x++) {
      const cell = (row * plane.width + node(x / Math.max(1, width - 1), plane.width)) * 4
      const [ww, wb, bb, change] = curvature.subarray(cell, cell + 4)
      const gradient = [cells[cell + 1], cells[cell + 2]] as const
      const ratio = trustRatio(gradient, { ww, wb, bb }, change, learningRate, order)
      const at = (y * width + x) * 4
      trustColour(ratio).forEach((channel, k) => {
        image.data[at + k] = channel * 255
      })
      image.data[at + 3] = stale ? staleOpacity : 255
    }
  }
  return image
}
