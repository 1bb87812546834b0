/** The lower parts of a sweep: strip and heat map on their canvases, with their ticks. */
import { palette, paletteSize } from '../../../display/colours'
import {
  createHeightScale,
  type HeightScale,
  heightOf,
  linearTicks,
} from '../../../display/heightScale'
import { formatCount, threeDigits, tickText } from '../../../display/numbers'
import { nearestNodes, paintOutcomes, wholeOf } from '../../../display/outcomePixels'
import { remember } from '../../../display/remember'
import { onRestored } from '../../../widgets/canvasRestored'
import { rateTicks } from './sweepChart'
import type { SweepPicture } from './sweepPicture'

const stripHeight = 14
const barWidth = 64
const pixelsPerStepTick = 28

/** Canvases are painted again when their contents or their size has changed. */
export function createSweepParts(container: HTMLElement) {
  const find = <E extends HTMLElement>(selector: string) => container.querySelector<E>(selector)!
  const paintStripOnce = createPainter(find<HTMLCanvasElement>('.sweep-strip'))
  const heatBox = find('.sweep-heat')
  const heatCanvas = heatBox.querySelector('canvas')!
  const paintHeatOnce = createPainter(heatCanvas)
  const stepTicks = find('.sweep-step-ticks')
  const waiting = find('.sweep-waiting')
  const scale = find('.sweep-scale')
  const [lowest, highest] = scale.querySelectorAll('span')
  const paintBarOnce = createPainter(scale.querySelector('canvas')!)
  const rates = find('.sweep-rate-ticks')

  const drawHeat = (picture: SweepPicture, width: number) => {
    const { heat, colours, steps } = picture
    heatCanvas.hidden = heat === null
    scale.hidden = heat === null
    waiting.hidden = heat !== null
    const height = heatBox.clientHeight
    const ticks = linearTicks([0, Math.max(1, steps)], Math.max(2, height / pixelsPerStepTick))
    const whole = ticks.filter(({ value }) => Number.isInteger(value))
    stepTicks.replaceChildren(
      ...whole.map(({ value, at }) => tickElement(formatCount(value), 'top', (1 - at) * height)),
    )
    if (!heat) return
    paintHeatOnce([heat.losses, heat.steps, steps, colours], width, height, (...size) =>
      paintHeat(heat, picture, ...size),
    )
    paintBarOnce([heat.losses, colours], barWidth, 1, (pixels) => {
      const range = heatScale(heat)
      lowest.textContent = threeDigits(range.lowest)
      highest.textContent = threeDigits(range.highest)
      return paintBar(picture, pixels)
    })
  }

  return {
    /** @param width of the plots in CSS pixels */
    draw(picture: SweepPicture, width: number) {
      const { outcome, minimum } = picture
      paintStripOnce([outcome, minimum], width, stripHeight, (...size) =>
        paintStrip(picture, ...size),
      )
      drawHeat(picture, width)
      const [first, last] = [picture.rates[0], picture.rates[picture.rates.length - 1]]
      rates.replaceChildren(
        ...rateTicks(first, last, width).map(({ rate, at }) =>
          tickElement(tickText(rate), 'left', at * width),
        ),
      )
    },
  }
}

/** Paints only if a part of the key or the size has changed. */
function createPainter(canvas: HTMLCanvasElement) {
  const painted = remember<void>()
  let image: (() => ImageData) | null = null
  const put = () => {
    if (image) canvas.getContext('2d')?.putImageData(image(), 0, 0)
  }
  onRestored(canvas, put)
  return (
    key: readonly unknown[],
    width: number,
    height: number,
    paint: (width: number, height: number) => ImageData,
  ): void => {
    const pixels = [width, height].map((side) => Math.max(1, Math.round(side * devicePixelRatio)))
    painted([...key, ...pixels], () => {
      canvas.width = pixels[0]
      canvas.height = pixels[1]
      image = () => paint(pixels[0], pixels[1])
      put()
    })
  }
}

function tickElement(text: string, side: 'left' | 'top', at: number): HTMLElement {
  const element = document.createElement('span')
  element.textContent = text
  element.style[side] = `${at.toFixed(1)}px`
  return element
}

/** Endings from the lowest rate to the highest. The chart above shows how fast they come about. */
function paintStrip({ outcome, minimum }: SweepPicture, width: number, height: number): ImageData {
  const cells = new Float32Array(outcome.length * 4)
  outcome.forEach((code, i) => {
    cells.set([code, minimum[i], 0, 0], i * 4)
  })
  const row = { cells, columns: outcome.length, rows: 1, steps: 1 }
  return new ImageData(paintOutcomes(row, wholeOf(width, height)), width)
}

/** The colour scale of the losses in a heat map; it starts at the lowest finite one. */
function heatScale({ losses }: NonNullable<SweepPicture['heat']>): HeightScale {
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

/** Step 0 is at the bottom; a pixel has the colour of the nearest recorded step. */
function paintHeat(
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

/** For each pixel from the top, the index of the nearest of the ascending `recorded` steps. */
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

/** A bar of colours from the lowest loss to the highest. */
function paintBar({ colours }: SweepPicture, width: number): ImageData {
  const image = new ImageData(width, 1)
  const table = palette(colours)
  for (let x = 0; x < width; x++) {
    const entry = Math.round((x / Math.max(1, width - 1)) * (paletteSize - 1)) * 4
    for (let k = 0; k < 4; k++) image.data[x * 4 + k] = table[entry + k]
  }
  return image
}
