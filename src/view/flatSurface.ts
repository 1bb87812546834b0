/** The surface of the flat map as an image: made once for each surface, drawn with every step. */
import { palette, paletteSize } from '../state/colours'
import { createHeightScale, heightOf, lossTicks } from '../state/height'
import type { Picture, ShownSurface } from './picture'

/** Share of the light that is left on contour lines. */
const contourShade = 0.55
const staleOpacity = 150

/** Keeps the last image, and makes a new one only when something in it changed. */
export class SurfaceImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Width and height in pixels of the screen. Null where the plane is a texture. */
  get(picture: Picture, width: number, height: number): ImageData | null {
    const { surface, settings, stale } = picture
    if (!surface?.plane.array) return null
    const { plane, nodeStep, lowest, highest } = surface
    const look = [settings.height, settings.colours, settings.contours, stale.surface]
    const data = [plane.array, plane.version, nodeStep, lowest, highest]
    const key = [width, height, ...look, ...data]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    this.image = paint(readHeights(surface, picture, width, height), picture, width, height)
    return this.image
  }
}

/** heights[y * (width + 1) + x]: one more column and row than pixels, for the contours. */
function readHeights(
  { plane, nodeStep, job, lowest, highest }: ShownSurface,
  { settings }: Picture,
  width: number,
  height: number,
): Float32Array {
  const scale = createHeightScale(settings.height, lowest, highest)
  const array = plane.array ?? new Float32Array(0)
  // The nearest of the valid nodes 0, nodeStep, ... and the last one.
  const nodes = (count: number, pixels: number) =>
    Array.from({ length: pixels + 1 }, (_, pixel) => {
      const at = Math.min(1, pixel / (pixels - 1)) * (count - 1)
      return Math.min(count - 1, Math.round(at / nodeStep) * nodeStep)
    })
  const columns = nodes(job.w[2], width)
  // Row 0 is the smallest b, and that is at the bottom.
  const fromBottom = nodes(job.b[2], height)
  const heights = new Float32Array((width + 1) * (height + 1))
  for (let y = 0; y <= height; y++) {
    const row = fromBottom[Math.max(0, height - 1 - y)]
    for (let x = 0; x <= width; x++) {
      const loss = array[(row * plane.width + columns[x]) * plane.channels]
      heights[y * (width + 1) + x] = heightOf(scale, loss)
    }
  }
  return heights
}

/** A pixel whose right or lower neighbour is on the other side of a tick is part of a contour. */
function paint(
  heights: Float32Array,
  { settings, stale, surface }: Picture,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  const colours = palette(settings.colours)
  const scale = createHeightScale(settings.height, surface?.lowest ?? 0, surface?.highest ?? 1)
  const levels = settings.contours ? lossTicks(scale).map((tick) => tick.at) : []
  const passed = Uint8Array.from(heights, (at) => levels.filter((level) => level < at).length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * (width + 1) + x
      const same = passed[from] === passed[from + 1] && passed[from] === passed[from + width + 1]
      const entry = Math.round(heights[from] * (paletteSize - 1)) * 4
      const at = (y * width + x) * 4
      for (let k = 0; k < 3; k++)
        image.data[at + k] = colours[entry + k] * (same ? 1 : contourShade)
      image.data[at + 3] = stale.surface ? staleOpacity : 255
    }
  }
  return image
}
