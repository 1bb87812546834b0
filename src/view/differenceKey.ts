/** What the colours of a difference map mean, and its numbers as a sentence. */

import { noMinimum } from '../model/outcome'
import { paintDifference, paintDifferenceBar } from './differencePixels'
import { onRestored } from './restored'

const barWidth = 96
const swatchSize = 16

const markup = `
  <ul class="difference-legend">
    <li><span class="difference-end"></span><canvas class="difference-bar"></canvas><span
      class="difference-end"></span></li>
    <li data-arrivals="0 -1">A alone</li>
    <li data-arrivals="-1 0">B alone</li>
    <li data-arrivals="-1 -1">neither</li>
  </ul>
  <p class="difference-sentence"></p>`

export function createDifferenceKey(container: HTMLElement) {
  container.innerHTML = markup
  const bar = container.querySelector<HTMLCanvasElement>('.difference-bar')!
  const [left, right] = container.querySelectorAll('.difference-end')
  const sentence = container.querySelector('.difference-sentence')!
  bar.setAttribute('aria-hidden', 'true')
  for (const item of container.querySelectorAll<HTMLElement>('[data-arrivals]')) {
    const [a, b] = item.dataset.arrivals!.split(' ').map(cellOf)
    item.prepend(
      createCanvas(
        paintDifference({ cells: [a, b], columns: 1, rows: 1, steps: 1 }, swatchSize, swatchSize),
      ),
    )
  }
  let shown = 0
  const paintBar = () => paintInto(bar, paintDifferenceBar(shown, barWidth))
  onRestored(bar, paintBar)
  return {
    /** @param steps the difference that has the full colour */
    show(steps: number, text: string) {
      sentence.textContent = text
      if (steps === shown) return
      shown = steps
      const number = steps.toLocaleString('en')
      left.textContent = `A first by ${number}`
      right.textContent = `B first by ${number}`
      paintBar()
    },
  }
}

/** One cell that arrives at step 0, or not. */
function cellOf(arrival: string): Float32Array {
  return arrival === '0' ? Float32Array.of(0, 0, 0, 0) : Float32Array.of(0, noMinimum, -1, 0)
}

function createCanvas(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  paintInto(canvas, image)
  onRestored(canvas, () => paintInto(canvas, image))
  return canvas
}

function paintInto(canvas: HTMLCanvasElement, image: ImageData): void {
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.putImageData(image, 0, 0)
}
