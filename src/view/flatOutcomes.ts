/** A map of outcomes as an image for the flat map: made once for each map, drawn with every step. */
import { noMinimum } from '../model/outcome'
import { minimumTiles, outcomeTiles, slowest, tileSize } from './outcomeTiles'
import type { Lit, OutcomePicture } from './picture'

const staleOpacity = 150
/** Share of the light that is left where another bar is chosen. */
const unlit = 0.22
const channels = { class: 0, minimum: 1, arrival: 2, loss: 3 }

/** Keeps the last image, and makes a new one only when something in it changed. */
export class OutcomeImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Width and height in pixels of the screen. Null where the plane is a texture. */
  get(shown: OutcomePicture, lit: Lit | null, width: number, height: number): ImageData | null {
    const { plane, nodeStep } = shown.map
    if (!plane.array) return null
    const key = [
      plane.array,
      plane.version,
      nodeStep,
      shown.stale,
      JSON.stringify(lit),
      width,
      height,
    ]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    this.image = paint(shown, plane.array, lit, width, height)
    return this.image
  }
}

function paint(
  { map, stale }: OutcomePicture,
  cells: Float32Array,
  lit: Lit | null,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  const tiles = outcomeTiles()
  const { plane, nodeStep, job } = map
  const nodes = (count: number, pixels: number) =>
    Array.from({ length: pixels }, (_, pixel) => {
      const at = (pixel / Math.max(1, pixels - 1)) * (count - 1)
      return Math.min(count - 1, Math.round(at / nodeStep) * nodeStep)
    })
  const columns = nodes(plane.width, width)
  // Row 0 is the smallest, and that is at the bottom.
  const rows = nodes(plane.height, height).reverse()
  const logSteps = Math.log2(1 + job.steps)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (rows[y] * plane.width + columns[x]) * 4
      const [code, minimum, arrival] = [cells[from], cells[from + 1], cells[from + 2]]
      const arrives = minimum !== noMinimum
      const tile = arrives ? minimum % minimumTiles : minimumTiles + code
      const texel = ((tile * tileSize + (y % tileSize)) * tileSize + (x % tileSize)) * 4
      const speed = 1 - (1 - slowest) * (Math.log2(1 + Math.max(0, arrival)) / logSteps)
      const value = lit ? cells[from + channels[lit.channel]] : 0
      const light = !lit || (value >= lit.from && value < lit.below) ? 1 : unlit
      const at = (y * width + x) * 4
      for (let k = 0; k < 3; k++) {
        image.data[at + k] = tiles[texel + k] * (arrives ? speed : 1) * light
      }
      image.data[at + 3] = stale ? staleOpacity : 255
    }
  }
  return image
}
