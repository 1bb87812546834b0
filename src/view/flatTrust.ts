/** The map of trust as an image for the flat map: made once for each surface, drawn with every step. */
import { trustRatio } from '../model/trust'
import { keyOf, nearestNodes, type Pixels } from './outcomePixels'
import type { TrustPicture } from './picture'
import { trustColour, trustStops } from './trustColours'

const staleOpacity = 150

/** Keeps the last image, and makes a new one only when something in it changed. */
export class TrustImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Null where the planes are textures or not there. */
  get(shown: TrustPicture, pixels: Pixels): ImageData | null {
    const { surface, order, learningRate, stale } = shown
    const curvature = surface?.curvature?.array
    if (!surface?.plane.array || !curvature) return null
    const key = [curvature, surface.nodeStep, order, learningRate, stale, ...keyOf(pixels)]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    this.image = paint(shown, surface.plane.array, curvature, pixels)
    return this.image
  }
}

function paint(
  { surface, order, learningRate, stale }: TrustPicture,
  cells: Float32Array,
  curvature: Float32Array,
  { width: wholeWidth, height: wholeHeight, window }: Pixels,
): ImageData {
  const { width, height } = window
  const image = new ImageData(width, height)
  if (!surface) return image
  const { plane, nodeStep } = surface
  const columns = nearestNodes(plane.width, wholeWidth, nodeStep).slice(window.x)
  // Row 0 is the smallest b, and that is at the bottom.
  const upwards = nearestNodes(plane.height, wholeHeight, nodeStep).reverse().slice(window.y)
  const gradient: [number, number] = [0, 0]
  const hessian = { ww: 0, wb: 0, bb: 0 }
  let last = -1
  let entry = 0
  for (let y = 0; y < height; y++) {
    const row = upwards[y]
    for (let x = 0; x < width; x++) {
      const cell = (row * plane.width + columns[x]) * 4
      if (cell !== last) {
        last = cell
        gradient[0] = cells[cell + 1]
        gradient[1] = cells[cell + 2]
        hessian.ww = curvature[cell]
        hessian.wb = curvature[cell + 1]
        hessian.bb = curvature[cell + 2]
        entry = entryOf(trustRatio(gradient, hessian, curvature[cell + 3], learningRate, order))
      }
      const at = (y * width + x) * 4
      for (let k = 0; k < 3; k++) image.data[at + k] = table[entry * 3 + k]
      image.data[at + 3] = stale ? staleOpacity : 255
    }
  }
  return image
}

const lowest = trustStops[0].ratio
const highest = trustStops[trustStops.length - 1].ratio
const entries = 600

/** Behind the last colour that of no trust at all. */
function entryOf(ratio: number): number {
  if (Number.isNaN(ratio)) return entries
  const share = (ratio - lowest) / (highest - lowest)
  return Math.floor(Math.min(1, Math.max(0, share)) * (entries - 1))
}

/** table[3 entry + k], 0 to 255: working colours out for each pixel takes ten times as long. */
const table = Uint8Array.from({ length: 3 * (entries + 1) }, (_, i) => {
  const entry = Math.floor(i / 3)
  const ratio = lowest + ((entry + 0.5) / entries) * (highest - lowest)
  return 255 * trustColour(entry === entries ? Number.NaN : ratio)[i % 3]
})
