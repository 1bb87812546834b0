/** Canvases whose drawing surface was lost with the browser's graphics process come back empty. */
import { paintOutcomes, wholeOf } from '../display/outcomePixels'
import { tileOf } from '../display/outcomeTiles'
import { noMinimum, type OutcomeName, outcomeCodes } from '../model/outcomes/outcome'

/** Calls back when a canvas inside has to be redrawn. */
export function onRestored(host: HTMLElement, redraw: () => void): void {
  // The event does not bubble, but can be captured on its way down.
  host.addEventListener('contextrestored', redraw, true)
}

/** A square in the colour and pattern of an ending, for legends. */
export function paintSwatch(
  outcome: OutcomeName,
  minimum: number | null,
  size: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.className = 'swatch'
  canvas.width = size
  canvas.height = size
  canvas.setAttribute('aria-hidden', 'true')
  const index = minimum === null ? noMinimum : tileOf(outcome, minimum)
  const cells = Float32Array.of(outcomeCodes[outcome], index, 0, 0)
  const rgba = paintOutcomes({ cells, columns: 1, rows: 1, steps: 1 }, wholeOf(size, size))
  const image = new ImageData(rgba, size)
  const put = () => canvas.getContext('2d')?.putImageData(image, 0, 0)
  put()
  onRestored(canvas, put)
  return canvas
}
