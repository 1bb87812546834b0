/** The two images of a sweep: the endings as a strip, and the loss of every step as a heat map. */
import { palette, paletteSize } from '../state/colours'
import { createHeightScale, type HeightScale, heightOf } from '../state/height'
import { nearestNodes, paintOutcomes, wholeOf } from './outcomePixels'
import type { SweepPicture } from './sweepPicture'

/** Endings from the least rate to the greatest. How fast they come about is in the chart above. */
export function paintStrip(
  { outcome, minimum }: SweepPicture,
  width: number,
  height: number,
): ImageData {
  const cells = new Float32Array(outcome.length * 4)
  outcome.forEach((code, i) => {
    cells.set([code, minimum[i], 0, 0], i * 4)
  })
  return paintOutcomes(
    { cells, columns: outcome.length, rows: 1, steps: 1 },
    wholeOf(width, height),
  )
}

/** The colours of the losses in a heat map: those that are numbers, above the lowest of them. */
export function heatScale({ losses }: NonNullable<SweepPicture['heat']>): HeightScale {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const loss of losses) {
    if (!Number.isFinite(loss)) continue
    if (loss < lowest) lowest = loss
    if (loss > highest) highest = loss
  }
  return createHeightScale(
    'excess',
    lowest <= highest ? lowest : 0,
    lowest <= highest ? highest : 1,
  )
}

/** Step 0 is at the bottom; a pixel has the colour of the nearest step that there is. */
export function paintHeat(
  heat: NonNullable<SweepPicture['heat']>,
  { rates, steps, colours }: SweepPicture,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  const table = palette(colours)
  const scale = heatScale(heat)
  const columns = nearestNodes(rates.length, width)
  const rows = nearestSteps(heat.steps, steps, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const loss = heat.losses[rows[y] * rates.length + columns[x]]
      const entry = Math.round(heightOf(scale, loss) * (paletteSize - 1)) * 4
      const at = (y * width + x) * 4
      for (let k = 0; k < 4; k++) image.data[at + k] = table[entry + k]
    }
  }
  return image
}

/** For each pixel from the top the index of the nearest of the ascending `recorded`. */
function nearestSteps(recorded: Uint32Array, steps: number, height: number): number[] {
  const rows: number[] = []
  let k = 0
  for (let y = height - 1; y >= 0; y--) {
    const step = ((height - 1 - y) / Math.max(1, height - 1)) * steps
    while (k + 1 < recorded.length && step - recorded[k] > recorded[k + 1] - step) k++
    rows[y] = k
  }
  return rows
}

/** A bar from the lowest loss to the highest, even in height. */
export function paintBar({ colours }: SweepPicture, width: number): ImageData {
  const image = new ImageData(width, 1)
  const table = palette(colours)
  for (let x = 0; x < width; x++) {
    const entry = Math.round((x / Math.max(1, width - 1)) * (paletteSize - 1)) * 4
    for (let k = 0; k < 4; k++) image.data[x * 4 + k] = table[entry + k]
  }
  return image
}
