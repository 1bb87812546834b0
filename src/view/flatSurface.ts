/** The surface of the flat map as an image: made once for each surface, drawn with every step. */
import { palette, paletteSize } from '../state/colours'
import { createHeightScale, heightOf, lossTicks } from '../state/height'
import { keyOf, nearestNodes, type Pixels } from './outcomePixels'
import type { Picture, ShownSurface, Size } from './picture'

/** Share of the light that is left on contour lines. */
const contourShade = 0.55
const staleOpacity = 150

/** Keeps the last image, and makes a new one only when something in it changed. */
export class SurfaceImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Null where the plane is a texture. */
  get(picture: Picture, pixels: Pixels): ImageData | null {
    const { surface, settings, stale } = picture
    if (!surface?.plane.array) return null
    const { plane, nodeStep, lowest, highest } = surface
    const look = [settings.height, settings.colours, settings.contours, stale.surface]
    const data = [plane.array, plane.version, nodeStep, lowest, highest]
    const key = [...keyOf(pixels), ...look, ...data]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    this.image = paint(readHeights(surface, picture, pixels), picture, pixels.window)
    return this.image
  }
}

/** heights[y * (width + 1) + x] of the window: one more column and row, for the contours. */
function readHeights(
  { plane, nodeStep, job, lowest, highest }: ShownSurface,
  { settings }: Picture,
  { width, height, window }: Pixels,
): Float32Array {
  const scale = createHeightScale(settings.height, lowest, highest)
  const array = plane.array ?? new Float32Array(0)
  // Beyond the last pixel is the last node again.
  const columns = nearestNodes(job.w[2], width, nodeStep).slice(window.x)
  columns.push(columns[columns.length - 1])
  // Row 0 is the smallest b, and that is at the bottom.
  const upwards = nearestNodes(job.b[2], height, nodeStep).reverse().slice(window.y)
  upwards.push(upwards[upwards.length - 1])
  const heights = new Float32Array((window.width + 1) * (window.height + 1))
  for (let y = 0; y <= window.height; y++) {
    for (let x = 0; x <= window.width; x++) {
      const loss = array[(upwards[y] * plane.width + columns[x]) * plane.channels]
      heights[y * (window.width + 1) + x] = heightOf(scale, loss)
    }
  }
  return heights
}

/** A pixel whose right or lower neighbour is on the other side of a tick is part of a contour. */
function paint(
  heights: Float32Array,
  { settings, stale, surface }: Picture,
  { width, height }: Size,
): ImageData {
  const image = new ImageData(width, height)
  const colours = palette(settings.colours)
  const scale = createHeightScale(settings.height, surface?.lowest ?? 0, surface?.highest ?? 1)
  const levels = settings.contours ? lossTicks(scale).map((tick) => tick.at) : []
  const passed = new Uint8Array(heights.length)
  for (let i = 0; i < heights.length; i++) {
    for (const level of levels) if (level < heights[i]) passed[i]++
  }
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
