/** How densely the heads of a crowd lie over a part of (w, b). */
import type { Range } from './starts'

/** Cells along each side: about one for each pixel of the stage's surface. */
export const densitySide = 512

/** A part of (w, b). */
export interface Part {
  w: Range
  b: Range
}

/** Cells in a unit of w and of b. */
export function cellsPerUnit({ w, b }: Part): [number, number] {
  return [densitySide / (w[1] - w[0]), densitySide / (b[1] - b[0])]
}

/** Destinations that are told apart: none, minimum 1, minimum 2, any other minimum. */
export const densityKinds = 4

/**
 * density[(row * densitySide + column) * 4 + kind]: the heads in a cell, each spread over 3 x 3 cells
 * by the weights 1 2 1 along each side, divided by 16. Same as shaders/countHeads.wgsl and
 * shaders/softenCounts.wgsl, apart from roundings at the borders of cells.
 *
 * @param heads heads[2 i], heads[2 i + 1] = (w, b)
 * @param destinations as findDestinations gives them
 */
export function headDensity(
  heads: ArrayLike<number>,
  destinations: ArrayLike<number>,
  count: number,
  part: Part,
): Float32Array<ArrayBuffer> {
  const density = new Float32Array(densitySide * densitySide * densityKinds)
  const [perW, perB] = cellsPerUnit(part)
  for (let i = 0; i < count; i++) {
    const column = Math.floor((heads[2 * i] - part.w[0]) * perW)
    const row = Math.floor((heads[2 * i + 1] - part.b[0]) * perB)
    if (column >= 0 && column < densitySide && row >= 0 && row < densitySide) {
      spread(density, column, row, Math.min(destinations[i], densityKinds - 1))
    }
  }
  return density
}

function spread(density: Float32Array, column: number, row: number, kind: number): void {
  for (let y = Math.max(0, row - 1); y <= Math.min(densitySide - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(densitySide - 1, column + 1); x++) {
      density[(y * densitySide + x) * densityKinds + kind] +=
        ((2 - Math.abs(y - row)) * (2 - Math.abs(x - column))) / 16
    }
  }
}
