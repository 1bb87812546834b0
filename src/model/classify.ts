/**
 * Oracle for where descents end. The same steps, in the same order, stand in
 * shaders/classifyOutcomes.wgsl; this one computes in f64.
 *
 * The first class that fits:
 * - diverged: |w| or |b| above 1e6 at the end
 * - minimum k: the rule's stability limit holds there (rate * largest eigenvalue < 2 for plain
 *   descent; no limit for adaptive and stochastic rules), and the last `stay` steps are within its
 *   radius
 * - oscillating: within the last `window` steps the loss rose by more than the share `rise`, from
 *   one place outside of every minimum that holds to another
 * - receding: over the window |theta| grew and the loss fell, to below `lowLoss`
 * - stationary: over the window within the radius of a point that can hold nothing, a saddle or a
 *   minimum that is too sharp for the rate, and no farther from it at the end
 * - frozen: a step over all points changes nothing, in f32 below half an ulp of w and of b
 * - plateau: |g| below `plateau`
 * - moving: none of these yet
 *
 * Rules with a velocity (momentum, Nesterov, Adam) swing where plain descent does not: their rises
 * count in the second half of the window, and only if the mean loss of that half is at least half as
 * far above the lowest of the window as that of the first. Rules by batches are judged by the mean
 * place of each whole epoch, and `stay` and `window` are at least two and four epochs.
 */
import { Classifier } from './classifier'
import { type Axis, gridNode, nodesTaken, nodeTaken } from './grid'
import { type OutcomeAxis, type OutcomeJob, outcomeCodes } from './outcome'

/** Floats in one cell of a map: class, minimum or 255, step of arrival or -1, final loss. */
export const outcomeSize = 4

/** Node i of an axis; of rates 10^node, worked out in f64 and rounded to f32 once. */
export function outcomeNode({ name, range, nodes }: OutcomeAxis, i: number): number {
  if (nodes) return nodes[i]
  const [min, max, count] = range
  if (name !== 'log10Rate') return gridNode(range, i)
  return Math.fround(10 ** (min + (i * (max - min)) / (count - 1)))
}

/** All nodes of an axis. */
export function outcomeNodes(axis: OutcomeAxis): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: axis.range[2] }, (_, i) => outcomeNode(axis, i))
}

/**
 * A job of rows [first, last) alone. Their nodes are those of the whole map, bit for bit: computed
 * from the global index, and only then cut out.
 */
export function rowsOfMap(job: OutcomeJob, first: number, last: number): OutcomeJob {
  const [columns, rows] = job.axes
  const nodes = Float32Array.from({ length: last - first }, (_, i) => outcomeNode(rows, first + i))
  const range = [rows.range[0], rows.range[1], last - first] as const
  return { ...job, axes: [columns, { ...rows, range, nodes }] }
}

/**
 * Rows [firstRow, lastRow) of the nodes taken.
 * Result: cells[((row - firstRow) * columns + column) * 4] = class, minimum or 255, step of arrival
 * or -1, final loss; row and column count the nodes taken.
 *
 * @param resolution of theta: in f32 a component whose step is below half an ulp stays where it is,
 *   as on the GPU; else everything is in f64
 */
export function classifyRows(
  job: OutcomeJob,
  firstRow: number,
  lastRow: number,
  nodeStep = 1,
  resolution: 'f32' | 'f64' = 'f64',
): Float32Array<ArrayBuffer> {
  const [columns, rows] = job.axes
  const count = nodesTaken(columns.range[2], nodeStep)
  const at = (axis: Axis, i: number) => nodeTaken(axis[2], nodeStep, i)
  const cells = new Float32Array((lastRow - firstRow) * count * outcomeSize)
  const classifier = new Classifier(job, resolution)
  const place = { w: job.start[0], b: job.start[1], log10Rate: job.runner.learningRate }
  let cell = 0
  for (let row = firstRow; row < lastRow; row++) {
    place[rows.name] = outcomeNode(rows, at(rows.range, row))
    for (let column = 0; column < count; column++) {
      place[columns.name] = outcomeNode(columns, at(columns.range, column))
      const found = classifier.descend(place.w, place.b, place.log10Rate)
      cells[cell] = outcomeCodes[found.outcome]
      cells[cell + 1] = found.minimum
      cells[cell + 2] = found.arrivalStep
      cells[cell + 3] = found.finalLoss
      cell += outcomeSize
    }
  }
  return cells
}
