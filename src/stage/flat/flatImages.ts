/** Images that the flat map shows: each is made once, and drawn at every step. */
import { palette, paletteSize } from '../../display/colours'
import { createHeightScale, heightOf, lossTicks } from '../../display/heightScale'
import {
  keyOf,
  type Lit,
  nearestNodes,
  type Pixels,
  paintOutcomes,
} from '../../display/outcomePixels'
import type { Size } from '../../display/rect'
import type { remember } from '../../display/remember'
import { trustColour, trustStops } from '../../display/trustColours'
import { trustRatio } from '../../model/step/trust'
import type { Picture, ShownSurface, StageMap, TrustPicture } from '../picture'

/** The newest image, remade only when something in it has changed. */
export type KeptImage = ReturnType<typeof remember<ImageData>>

/** Share of the light left on contour lines. */
const contourShade = 0.55
/** Out of 255: outdated images are paler. */
const staleOpacity = 150

/** Null if the plane is a texture. */
export function surfaceImage(kept: KeptImage, picture: Picture, pixels: Pixels): ImageData | null {
  const { surface, settings, stale } = picture
  if (!surface?.plane.array) return null
  const { plane, nodeStep, lowest, highest } = surface
  const look = [settings.height, settings.colours, settings.contours, stale.surface]
  const data = [plane.array, plane.version, nodeStep, lowest, highest]
  return kept([...keyOf(pixels), ...look, ...data], () =>
    paintSurface(readHeights(surface, picture, pixels), picture, pixels.window),
  )
}

/** heights[y * (width + 1) + x] of the window: one extra column and row for the contours. */
function readHeights(
  { plane, nodeStep, job, lowest, highest }: ShownSurface,
  { settings }: Picture,
  { width, height, window }: Pixels,
): Float32Array {
  const scale = createHeightScale(settings.height, lowest, highest)
  const array = plane.array ?? new Float32Array(0)
  // Past the last pixel, the last node repeats.
  const columns = nearestNodes(job.w[2], width, nodeStep).slice(window.x)
  columns.push(columns[columns.length - 1])
  // Row 0 has the smallest b, which is at the bottom.
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

/** A pixel is on a contour if its right or lower neighbour is on the other side of a tick. */
function paintSurface(
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

/** A map of outcomes; null if its plane is a texture. */
export function outcomeImage(
  kept: KeptImage,
  { map, stale }: StageMap,
  lit: Lit | null,
  pixels: Pixels,
): ImageData | null {
  const { plane, nodeStep } = map
  if (!plane.array) return null
  const { array: cells, width: columns, height: rows } = plane
  const key = [cells, plane.version, nodeStep, stale, JSON.stringify(lit), ...keyOf(pixels)]
  const { steps } = map.job
  const shown = { cells, columns, rows, steps, nodeStep, stale, lit }
  return kept(key, () => new ImageData(paintOutcomes(shown, pixels), pixels.window.width))
}

/** The map of trust; null if its planes are textures or missing. */
export function trustImage(kept: KeptImage, shown: TrustPicture, pixels: Pixels): ImageData | null {
  const { surface, order, learningRate, stale } = shown
  const cells = surface?.plane.array
  const curvature = surface?.curvature?.array
  if (!cells || !curvature) return null
  const key = [curvature, surface.nodeStep, order, learningRate, stale, ...keyOf(pixels)]
  return kept(key, () => paintTrust(shown, cells, curvature, pixels))
}

function paintTrust(
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
  // Row 0 has the smallest b, which is at the bottom.
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

/** The entry after the last colour means no trust at all. */
function entryOf(ratio: number): number {
  if (Number.isNaN(ratio)) return entries
  const share = (ratio - lowest) / (highest - lowest)
  return Math.floor(Math.min(1, Math.max(0, share)) * (entries - 1))
}

/** table[3 entry + k], 0 to 255: computing the colours for each pixel takes ten times as long. */
const table = Uint8Array.from({ length: 3 * (entries + 1) }, (_, i) => {
  const entry = Math.floor(i / 3)
  const ratio = lowest + ((entry + 0.5) / entries) * (highest - lowest)
  return 255 * trustColour(entry === entries ? Number.NaN : ratio)[i % 3]
})
