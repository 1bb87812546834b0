/** The lower parts of a sweep: strip and heat map on their canvases, and the ticks around them. */

import { linearTicks, tickText } from '../state/height'
import { threeDigits } from './endingText'
import { onRestored } from './restored'
import { rateTicks } from './sweepChart'
import { heatScale, paintBar, paintHeat, paintStrip } from './sweepImages'
import type { SweepPicture } from './sweepPicture'

const stripHeight = 14
const barWidth = 64
const pixelsPerStepTick = 28

/** Canvases are painted again when what they show has changed, or their size. */
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
      ...whole.map(({ value, at }) =>
        tickElement(value.toLocaleString('en'), 'top', (1 - at) * height),
      ),
    )
    if (!heat) return
    paintHeatOnce([heat.losses, heat.steps, steps, colours], width, height, (...size) =>
      paintHeat(heat, picture, ...size),
    )
    const isNew = paintBarOnce([heat.losses, colours], barWidth, 1, (pixels) =>
      paintBar(picture, pixels),
    )
    if (!isNew) return
    const range = heatScale(heat)
    lowest.textContent = threeDigits(range.lowest)
    highest.textContent = threeDigits(range.highest)
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

/** Paints only when a part of the key or the size is another; says whether it did. */
function createPainter(canvas: HTMLCanvasElement) {
  let last: readonly unknown[] = []
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
  ): boolean => {
    const pixels = [width, height].map((side) => Math.max(1, Math.round(side * devicePixelRatio)))
    const next = [...key, ...pixels]
    if (next.length === last.length && next.every((part, i) => part === last[i])) return false
    last = next
    canvas.width = pixels[0]
    canvas.height = pixels[1]
    image = () => paint(pixels[0], pixels[1])
    put()
    return true
  }
}

function tickElement(text: string, side: 'left' | 'top', at: number): HTMLElement {
  const element = document.createElement('span')
  element.textContent = text
  element.style[side] = `${at.toFixed(1)}px`
  return element
}
