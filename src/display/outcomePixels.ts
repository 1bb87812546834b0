/** Paints the pixels of a map of outcomes on the processor, for canvases and command-line files. */
import { noMinimum } from '../model/outcomes/outcome'
import { lightOf, minimumTiles, outcomeTiles, tileSize } from './outcomeTiles'
import type { Rect, Size } from './rect'

const staleOpacity = 150
/** Share of the light that is left while another bar is selected. */
const unlit = 0.22
const channels = { class: 0, minimum: 1, arrival: 2, loss: 3 }

export interface OutcomeCells {
  /** cells[(row * columns + column) * 4] = class, minimum or 255, step of arrival or -1, final loss. */
  cells: Float32Array
  columns: number
  rows: number
  /** The first row of the map in `cells`, if that has only the rows that the window needs. */
  firstRow?: number
  /** Steps of the descents; one that takes all of them is the darkest. */
  steps: number
  /** The nodes 0, nodeStep, 2 nodeStep, ... and the last one are valid. */
  nodeStep?: number
  stale?: boolean
  lit?: Lit | null
}

/** The size of the whole image, of which only a window is painted. */
export interface Pixels extends Size {
  window: Rect
  /** Image pixels per CSS pixel; patterns are made of CSS pixels. */
  ratio: number
}

export function wholeOf(width: number, height: number, ratio = 1): Pixels {
  return { width, height, window: { x: 0, y: 0, width, height }, ratio }
}

/** The numbers that identify the pixels, for comparison. */
export function keyOf({ width, height, window, ratio }: Pixels): readonly number[] {
  return [width, height, window.x, window.y, window.width, window.height, ratio]
}

/**
 * rgba[(y * window.width + x) * 4 + k], 0 to 255: the window from the top down, as ImageData needs
 * it.
 */
export function paintOutcomes(
  { cells, columns, rows, firstRow = 0, steps, nodeStep = 1, stale, lit }: OutcomeCells,
  { width: wholeWidth, height: wholeHeight, window, ratio }: Pixels,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = window
  const rgba = new Uint8ClampedArray(width * height * 4)
  const tiles = outcomeTiles()
  const across = nearestNodes(columns, wholeWidth, nodeStep).slice(window.x)
  // Row 0 is the smallest and lies at the bottom.
  const upwards = nearestNodes(rows, wholeHeight, nodeStep).reverse().slice(window.y)
  const inTile = (pixel: number) => Math.floor(pixel / ratio) % tileSize
  const tileColumns = Array.from({ length: width }, (_, x) => inTile(window.x + x))
  const logSteps = Math.log2(1 + steps)
  for (let y = 0; y < height; y++) {
    const tileRow = inTile(window.y + y)
    for (let x = 0; x < width; x++) {
      const from = ((upwards[y] - firstRow) * columns + across[x]) * 4
      const [code, minimum, arrival] = [cells[from], cells[from + 1], cells[from + 2]]
      const arrives = minimum !== noMinimum
      const tile = arrives ? minimum % minimumTiles : minimumTiles + code
      const texel = ((tile * tileSize + tileRow) * tileSize + tileColumns[x]) * 4
      const speed = lightOf(arrival, logSteps)
      const value = lit ? cells[from + channels[lit.channel]] : 0
      const light = !lit || (value >= lit.from && value < lit.below) ? 1 : unlit
      const at = (y * width + x) * 4
      for (let k = 0; k < 3; k++) {
        rgba[at + k] = tiles[texel + k] * (arrives ? speed : 1) * light
      }
      rgba[at + 3] = stale ? staleOpacity : 255
    }
  }
  return rgba
}

/** The nearest valid node for each pixel; the first and last nodes are at the borders. */
export function nearestNodes(count: number, pixels: number, nodeStep = 1): number[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const at = (pixel / Math.max(1, pixels - 1)) * (count - 1)
    return Math.min(count - 1, Math.round(at / nodeStep) * nodeStep)
  })
}

/** Pixels with a value in [from, below) are lit, the others dark. */
export interface Lit {
  channel: 'class' | 'minimum' | 'arrival' | 'loss'
  from: number
  below: number
}
