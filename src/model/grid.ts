/** Dense grids over the (w, b) plane. */
import { createObjective, type ObjectiveSpec } from './objective'

/** Nodes min + i (max - min) / (count - 1), i = 0 ... count - 1, both ends included, count >= 2. */
export type Axis = readonly [min: number, max: number, count: number]

export interface GridJob {
  objective: ObjectiveSpec
  w: Axis
  b: Axis
}

/** Floats in one cell of a grid. */
export const cellSize = 4

/**
 * Node i of an axis: computed in f64 from the global index, then rounded to f32 once, so that a
 * coarse pass, a fine pass, a tile and the oracle mean the same place.
 */
export function gridNode([min, max, count]: Axis, i: number): number {
  return Math.fround(min + (i * (max - min)) / (count - 1))
}

/** All nodes of an axis. */
export function gridNodes(axis: Axis): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: axis[2] }, (_, i) => gridNode(axis, i))
}

/**
 * Oracle for rows [firstRow, lastRow) of a grid.
 * Result: cells[(row - firstRow) * columns + column] = (loss, dL/dw, dL/db, 0); row 0 of the grid
 * is the smallest b, column 0 the smallest w.
 */
export function evaluateGridRows(
  job: GridJob,
  firstRow: number,
  lastRow: number,
): Float32Array<ArrayBuffer> {
  const objective = createObjective(job.objective)
  const w = gridNodes(job.w)
  const cells = new Float32Array((lastRow - firstRow) * w.length * cellSize)
  const gradient = new Float64Array(2)
  let cell = 0
  for (let row = firstRow; row < lastRow; row++) {
    const b = gridNode(job.b, row)
    for (const wNode of w) {
      objective.gradient(wNode, b, gradient)
      cells[cell] = objective.loss(wNode, b)
      cells[cell + 1] = gradient[0]
      cells[cell + 2] = gradient[1]
      cell += cellSize
    }
  }
  return cells
}
