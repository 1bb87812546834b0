/** The pixels of a map that says which of two runners arrives first: blue A, orange B, pale alike. */

import { parseColour, type Rgb } from '../state/colours'
import { arrivalAt } from './arrivalDifference'
import { nearestNodes } from './outcomePixels'

export interface DifferenceCells {
  /** Of A and of B, both as in an outcome map of so many columns and rows. */
  cells: readonly [a: Float32Array, b: Float32Array]
  columns: number
  rows: number
  /** The difference that has the full colour. */
  steps: number
}

function bytes(hex: string): Rgb {
  const [red, green, blue] = parseColour(hex)
  return [red * 255, green * 255, blue * 255]
}

/** Blue and orange of Okabe and Ito, which stay apart for the colour-blind. */
const ofA = bytes('#0072b2')
const ofB = bytes('#d55e00')
const alike = bytes('#f2f2f2')
const neither = bytes('#6b7580')
/** Hatches on the colours of the one that arrives alone, leaning to different sides. */
const inkOfA = bytes('#00324e')
const inkOfB = bytes('#5c2800')

/** Width and height in pixels of the screen, since hatches have the size of these. */
export function paintDifference(
  { cells: [a, b], columns, rows, steps }: DifferenceCells,
  width: number,
  height: number,
): ImageData {
  const image = new ImageData(width, height)
  const { data } = image
  const across = nearestNodes(columns, width)
  // Row 0 is the smallest, and that is at the bottom.
  const upwards = nearestNodes(rows, height).reverse()
  let at = 0
  for (let y = 0; y < height; y++) {
    let cellBefore = -1
    let [stepA, stepB] = [-1, -1]
    let plain: Rgb | null = null
    for (let x = 0; x < width; x++) {
      const cell = upwards[y] * columns + across[x]
      // Within a cell only hatches differ.
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

/** Where one of them never arrives, or neither does. */
function hatched(stepA: number, stepB: number, x: number, y: number): Rgb {
  if (stepA >= 0) return (x + y) % 8 < 2 ? inkOfA : ofA
  if (stepB >= 0) return (x - y) & 6 ? ofB : inkOfB
  return neither
}

/** Negative: A is earlier. Even in log2(1 + |difference|), to both sides. */
export function differenceColour(difference: number, steps: number): Rgb {
  const share = Math.min(1, Math.log2(1 + Math.abs(difference)) / Math.log2(1 + Math.max(1, steps)))
  const end = difference < 0 ? ofA : ofB
  const channel = (k: 0 | 1 | 2) => Math.round(alike[k] + (end[k] - alike[k]) * share)
  return [channel(0), channel(1), channel(2)]
}

/** From A first by `steps`, at the left, to B first by as many, even in their logarithm. */
export function paintDifferenceBar(steps: number, width: number): ImageData {
  const image = new ImageData(width, 1)
  for (let x = 0; x < width; x++) {
    const share = (2 * x) / Math.max(1, width - 1) - 1
    const difference = Math.sign(share) * ((1 + steps) ** Math.abs(share) - 1)
    image.data.set([...differenceColour(difference, steps), 255], x * 4)
  }
  return image
}
