/** The key of a difference map's colours, and its numbers as a sentence. */
import { parseColour, type Rgb } from '../../../display/colours'
import { counted, formatCount, percentText } from '../../../display/numbers'
import { nearestNodes } from '../../../display/outcomePixels'
import { noMinimum } from '../../../model/outcomes/outcome'
import { quantile } from '../../../model/quantile'
import { onRestored } from '../../../widgets/canvasRestored'

const barWidth = 96
const swatchSize = 16

const markup = `
  <ul class="difference-legend chart-legend">
    <li><span class="difference-end"></span><canvas class="difference-bar swatch"></canvas><span
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
    /** @param steps the difference with the full colour */
    show(steps: number, text: string) {
      sentence.textContent = text
      if (steps === shown) return
      shown = steps
      const number = formatCount(steps)
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
  canvas.className = 'swatch'
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

/** Counts of how often each of two runners is first. */
export interface ArrivalDifference {
  starts: number
  /** Counts of starts, with a sum of all starts: both arrive, A or B sooner or at once, ... */
  aFirst: number
  bFirst: number
  alike: number
  /** ... only one arrives, or none. */
  aAlone: number
  bAlone: number
  neither: number
  /** Median lead in steps when it is first; null if it never is. */
  aAhead: number | null
  bAhead: number | null
}

/** The step of arrival at a minimum, or -1; cells as in an outcome map. */
function arrivalAt(cells: Float32Array, i: number): number {
  return cells[i * 4 + 1] === noMinimum ? -1 : cells[i * 4 + 2]
}

export function compareArrivals([a, b]: readonly [Float32Array, Float32Array]): ArrivalDifference {
  const starts = a.length / 4
  const ahead = { a: new Float32Array(starts), b: new Float32Array(starts) }
  const counts = { aFirst: 0, bFirst: 0, alike: 0, aAlone: 0, bAlone: 0, neither: 0 }
  for (let i = 0; i < starts; i++) {
    const [ofA, ofB] = [arrivalAt(a, i), arrivalAt(b, i)]
    if (ofA < 0 && ofB < 0) counts.neither++
    else if (ofB < 0) counts.aAlone++
    else if (ofA < 0) counts.bAlone++
    else if (ofA === ofB) counts.alike++
    else if (ofA < ofB) ahead.a[counts.aFirst++] = ofB - ofA
    else ahead.b[counts.bFirst++] = ofA - ofB
  }
  const median = (values: Float32Array, count: number) =>
    count === 0 ? null : quantile(values.subarray(0, count), 0.5)
  return {
    starts,
    ...counts,
    aAhead: median(ahead.a, counts.aFirst),
    bAhead: median(ahead.b, counts.bFirst),
  }
}

/** "A is first at 63 % of the starts, by 41 steps in the median; B at 12 %, by 9; 5 % alike; ..." */
export function differenceText(numbers: ArrivalDifference): string {
  const { starts, aAhead, bAhead } = numbers
  const share = (count: number) => percentText(starts > 0 ? count / starts : 0)
  const byA = aAhead === null ? '' : `, by ${counted(aAhead, 'step')} in the median`
  const byB = bAhead === null ? '' : `, by ${formatCount(bAhead)}`
  return (
    `A is first at ${share(numbers.aFirst)} of the starts${byA}; ` +
    `B at ${share(numbers.bFirst)}${byB}; ${share(numbers.alike)} alike; ` +
    `A alone arrives at ${share(numbers.aAlone)}, B alone at ${share(numbers.bAlone)}, ` +
    `neither at ${share(numbers.neither)}.`
  )
}

/** A map of which runner arrives first: blue for A, orange for B, pale for a tie. */
export interface DifferenceCells {
  /** The cells of A and B, as in an outcome map with these columns and rows. */
  cells: readonly [a: Float32Array, b: Float32Array]
  columns: number
  rows: number
  /** The difference with the full colour. */
  steps: number
}

function bytes(hex: string): Rgb {
  const [red, green, blue] = parseColour(hex)
  return [red * 255, green * 255, blue * 255]
}

/** Blue and orange of Okabe and Ito, which colour-blind people can tell apart. */
const ofA = bytes('#0072b2')
const ofB = bytes('#d55e00')
const alike = bytes('#f2f2f2')
const neither = bytes('#6b7580')
/** Hatches on the colour of a runner that arrives alone, slanted in opposite directions. */
const inkOfA = bytes('#00324e')
const inkOfB = bytes('#5c2800')

/** Width and height are in pixels of the screen, which set the size of the hatches. */
export function paintDifference(
  { cells: [a, b], columns, rows, steps }: DifferenceCells,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  const { data } = image
  const across = nearestNodes(columns, width)
  // Row 0 is the smallest b, at the bottom.
  const upwards = nearestNodes(rows, height).reverse()
  let at = 0
  for (let y = 0; y < height; y++) {
    let cellBefore = -1
    let [stepA, stepB] = [-1, -1]
    let plain: Rgb | null = null
    for (let x = 0; x < width; x++) {
      const cell = upwards[y] * columns + across[x]
      // Only hatches vary within a cell.
      if (cell !== cellBefore) {
        cellBefore = cell
        stepA = arrivalAt(a, cell)
        stepB = arrivalAt(b, cell)
        plain = stepA < 0 || stepB < 0 ? null : differenceColour(stepA - stepB, steps)
      }
      const colour = plain ?? hatched(stepA, stepB, x, y)
      data[at++] = colour[0]
      data[at++] = colour[1]
      data[at++] = colour[2]
      data[at++] = 255
    }
  }
  return image
}

/** The colour if one or both of them never arrive. */
function hatched(stepA: number, stepB: number, x: number, y: number): Rgb {
  if (stepA >= 0) return (x + y) % 8 < 2 ? inkOfA : ofA
  if (stepB >= 0) return (x - y) & 6 ? ofB : inkOfB
  return neither
}

/** Negative if A is earlier. Linear in log2(1 + |difference|) on both sides. */
export function differenceColour(difference: number, steps: number): Rgb {
  const share = Math.min(1, Math.log2(1 + Math.abs(difference)) / Math.log2(1 + Math.max(1, steps)))
  const end = difference < 0 ? ofA : ofB
  const channel = (k: 0 | 1 | 2) => Math.round(alike[k] + (end[k] - alike[k]) * share)
  return [channel(0), channel(1), channel(2)]
}

/** From A first by `steps`, on the left, to B first by as many; linear in their logarithm. */
export function paintDifferenceBar(steps: number, width: number): ImageData {
  const image = new ImageData(width, 1)
  for (let x = 0; x < width; x++) {
    const share = (2 * x) / Math.max(1, width - 1) - 1
    const difference = Math.sign(share) * ((1 + steps) ** Math.abs(share) - 1)
    image.data.set([...differenceColour(difference, steps), 255], x * 4)
  }
  return image
}
