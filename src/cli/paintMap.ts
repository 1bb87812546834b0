/** The pixels of a map or grid from the top down, in the colours of the page. */
import { rowsOf } from '../io/mapHeader'
import { readDescription } from '../io/settingsText'
import { noMinimum } from '../model/outcome'
import { palette, paletteSize } from '../state/colours'
import { createHeightScale, heightOf } from '../state/height'
import { lightOf, minimumTiles, outcomeTiles, tileSize } from '../state/outcomeTiles'
import type { MapSource, WriteOptions } from './mapWriters'

/** Paints rows [first, last) into rgba, of which the top row is last - 1. */
type Paint = (bytes: Uint8Array, first: number, last: number) => Uint8Array

/** @param together rows at a time */
export async function* paintRows(
  source: MapSource,
  together: number,
  { signal, onProgress }: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const { header } = source
  const rows = header.axes[1].range[2]
  const paint =
    header.kind === 'classify' ? paintOutcomes(source) : await paintLosses(source, together)
  for (let last = rows; last > 0; last -= together) {
    signal.throwIfAborted()
    const first = Math.max(0, last - together)
    yield paint(await source.read(first, last), first, last)
    onProgress(1 - first / rows)
  }
}

/** As src/view/outcomePixels.ts paints a map of as many pixels as nodes. */
function paintOutcomes({ header }: MapSource): Paint {
  const layout = rowsOf(header)
  const { columns } = layout
  const rows = header.axes[1].range[2]
  const tiles = outcomeTiles()
  const logSteps = Math.log2(1 + header.steps)
  return (bytes, first, last) => {
    const [codes, minima, arrivals] = [0, 1, 2].map((k) => layout.unpack(bytes, k))
    return pixelsOf(columns, first, last, (rgba, at, x, row) => {
      const i = (row - first) * columns + x
      const arrives = minima[i] !== noMinimum
      const tile = arrives ? minima[i] % minimumTiles : minimumTiles + codes[i]
      const y = rows - 1 - row
      const texel = ((tile * tileSize + (y % tileSize)) * tileSize + (x % tileSize)) * 4
      const light = arrives ? lightOf(arrivals[i], logSteps) : 1
      for (let k = 0; k < 3; k++) rgba[at + k] = tiles[texel + k] * light
    })
  }
}

async function paintLosses({ header, read }: MapSource, together: number): Promise<Paint> {
  const layout = rowsOf(header)
  const { columns } = layout
  const rows = header.axes[1].range[2]
  const { settings } = readDescription(JSON.stringify(header.steepest))
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let first = 0; first < rows; first += together) {
    const losses = layout.unpack(await read(first, Math.min(rows, first + together)), 0)
    for (const loss of losses) {
      lowest = Math.min(lowest, loss)
      highest = Math.max(highest, loss)
    }
  }
  const scale = createHeightScale(settings.height, lowest, highest)
  const colours = palette(settings.colours)
  return (bytes, first, last) => {
    const losses = layout.unpack(bytes, 0)
    return pixelsOf(columns, first, last, (rgba, at, x, row) => {
      const height = heightOf(scale, losses[(row - first) * columns + x])
      const entry = Math.round(height * (paletteSize - 1)) * 4
      for (let k = 0; k < 3; k++) rgba[at + k] = colours[entry + k]
    })
  }
}

/** Opaque pixels of rows [first, last), from the top down. */
function pixelsOf(
  columns: number,
  first: number,
  last: number,
  paint: (rgba: Uint8ClampedArray, at: number, x: number, row: number) => void,
): Uint8Array {
  const rgba = new Uint8ClampedArray((last - first) * columns * 4)
  let at = 0
  for (let row = last - 1; row >= first; row--) {
    for (let x = 0; x < columns; x++) {
      paint(rgba, at, x, row)
      rgba[at + 3] = 255
      at += 4
    }
  }
  return new Uint8Array(rgba.buffer)
}
