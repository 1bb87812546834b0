/** Dense grids over the (w, b) plane. */
import { createObjective, type ObjectiveSpec } from './objective'
import { createStepChange } from './step/lossChange'

/** Nodes min + i (max - min) / (count - 1), i = 0 ... count - 1, both ends included; one is min. */
export type Axis = readonly [min: number, max: number, count: number]

export interface GridJob {
  objective: ObjectiveSpec
  w: Axis
  b: Axis
  /** The b of each row, as many as `b` counts, if these are some rows of a larger grid. */
  rows?: Float32Array<ArrayBuffer>
  /** If given, adds Hessian and the change over one step of gradient descent at this rate. */
  learningRate?: number
}

/** Floats in one cell of a grid. */
export const cellSize = 4

/**
 * Node i of an axis: computed in f64 from the global index, then rounded to f32 once, so that a
 * coarse pass, a fine pass, a tile and the oracle use the same place.
 */
export function gridNode([min, max, count]: Axis, i: number): number {
  return Math.fround(min + (i * (max - min)) / Math.max(1, count - 1))
}

/** All nodes of an axis. */
export function gridNodes(axis: Axis): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: axis[2] }, (_, i) => gridNode(axis, i))
}

/** The b of every row. */
export function rowNodes({ b, rows }: GridJob): Float32Array<ArrayBuffer> {
  return rows ?? gridNodes(b)
}

/**
 * A job of rows [first, last) alone. Their nodes are those of the whole grid, bit for bit: they are
 * computed from the global index and only then cut out.
 */
export function rowsOfGrid(job: GridJob, first: number, last: number): GridJob {
  const { b } = job
  return { ...job, b: [b[0], b[1], last - first], rows: rowNodes(job).slice(first, last) }
}

/**
 * The number of nodes of an axis taken with a node step: nodes 0, nodeStep, 2 nodeStep, ... and the
 * last one.
 */
export function nodesTaken(count: number, nodeStep: number): number {
  return Math.floor((count - 2) / nodeStep) + 2
}

/** Index in the axis of the i-th node taken. */
export function nodeTaken(count: number, nodeStep: number, i: number): number {
  return Math.min(i * nodeStep, count - 1)
}

/** The smallest power of 2 that takes at most `most` nodes of a grid. */
export function coarseNodeStep(columns: number, rows: number, most: number): number {
  let step = 1
  while (nodesTaken(columns, step) * nodesTaken(rows, step) > most) step *= 2
  return step
}

/**
 * Oracle for rows [firstRow, lastRow) of the nodes taken.
 * Result: cells[(row - firstRow) * columns + column] = (loss, dL/dw, dL/db, 0), where row and
 * column count the nodes taken; row 0 is the smallest b, column 0 the smallest w.
 */
export function evaluateGridRows(
  job: GridJob,
  firstRow: number,
  lastRow: number,
  nodeStep = 1,
): Float32Array<ArrayBuffer> {
  const objective = createObjective(job.objective)
  const evaluation = new Float64Array(3)
  return fillRows(job, firstRow, lastRow, nodeStep, (w, b, cells, cell) => {
    objective.evaluate(w, b, evaluation)
    cells[cell] = evaluation[0]
    cells[cell + 1] = evaluation[1]
    cells[cell + 2] = evaluation[2]
  })
}

/**
 * Oracle for the same rows, of a job with a learning rate eta.
 * Result: cells[(row - firstRow) * columns + column] = (L_ww, L_wb, L_bb, change) with
 * change = L(theta - eta g) - L(theta) in the forms of lossChange.ts.
 */
export function evaluateCurvatureRows(
  job: GridJob & { learningRate: number },
  firstRow: number,
  lastRow: number,
  nodeStep = 1,
): Float32Array<ArrayBuffer> {
  const objective = createObjective(job.objective)
  const changeFrom = createStepChange(job.objective)
  const eta = Math.fround(job.learningRate)
  const gradient = new Float64Array(2)
  return fillRows(job, firstRow, lastRow, nodeStep, (w, b, cells, cell) => {
    const { ww, wb, bb } = objective.hessian(w, b)
    objective.gradient(w, b, gradient)
    cells[cell] = ww
    cells[cell + 1] = wb
    cells[cell + 2] = bb
    // 0 - g instead of -g: a gradient of 0 gives a change of 0 without a sign.
    cells[cell + 3] = changeFrom(w, b, eta * (0 - gradient[0]), eta * (0 - gradient[1]))
  })
}

/** Fills one cell at a time: cells[cell] to cells[cell + 3]. */
function fillRows(
  job: GridJob,
  firstRow: number,
  lastRow: number,
  nodeStep: number,
  fill: (w: number, b: number, cells: Float32Array, cell: number) => void,
): Float32Array<ArrayBuffer> {
  const { w, b } = job
  const bs = rowNodes(job)
  const columns = nodesTaken(w[2], nodeStep)
  const ws = Float64Array.from({ length: columns }, (_, i) =>
    gridNode(w, nodeTaken(w[2], nodeStep, i)),
  )
  const cells = new Float32Array((lastRow - firstRow) * columns * cellSize)
  let cell = 0
  for (let row = firstRow; row < lastRow; row++) {
    const rowB = bs[nodeTaken(b[2], nodeStep, row)]
    for (let column = 0; column < columns; column++) {
      fill(ws[column], rowB, cells, cell)
      cell += cellSize
    }
  }
  return cells
}
