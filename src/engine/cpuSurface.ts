/** A surface in an array, computed by workers, each taking some rows at a time. */
import { cellSize, coarseNodeStep, type GridJob, nodesTaken, nodeTaken } from '../model/grid'
import {
  cellWork,
  coarseAbove,
  coarseFirst,
  coarseNodes,
  noCurvature,
  type PassOptions,
} from './bothEngines'
import type { JobOptions, Plane, Surface } from './engine'
import type { JobPart, WorkerPool } from './workerPool'

type ArrayPlane = Plane & { array: Float32Array<ArrayBuffer>; version: number }

interface Rows {
  cells: Float32Array
  curvature: Float32Array | null
  lowest: number
  highest: number
}

/** Loss terms in a part: about 30 ms of one thread; smaller parts wait for messages too often. */
const partWork = 1_400_000

/** Loss terms that one thread computes in a millisecond, roughly. */
const expectedRate = 40_000

export class CpuSurface implements Surface {
  readonly plane: ArrayPlane
  readonly curvature: ArrayPlane | null
  nodeStep = 1
  lowest = 0
  highest = 0

  private constructor(
    private readonly pool: WorkerPool,
    readonly job: GridJob,
  ) {
    const [width, height] = [job.w[2], job.b[2]]
    const create = (): ArrayPlane => {
      const array = new Float32Array(width * height * cellSize)
      return { width, height, channels: 4, array, version: 0 }
    }
    this.plane = create()
    this.curvature = job.learningRate === undefined ? null : create()
  }

  static async compute(
    pool: WorkerPool,
    job: GridJob,
    options: JobOptions<Surface>,
  ): Promise<Surface> {
    const surface = new CpuSurface(pool, job)
    const { width, height } = surface.plane
    const isLong = (width * height * cellWork(job)) / (expectedRate * pool.size) > coarseAbove
    return coarseFirst(surface, options, () => ({
      coarse: isLong ? coarseNodeStep(width, height, coarseNodes) : 1,
      fine: 1,
      run: (nodeStep, pass) => surface.run(nodeStep, pass),
    }))
  }

  private async run(nodeStep: number, { signal, onProgress }: PassOptions): Promise<void> {
    const rows = nodesTaken(this.plane.height, nodeStep)
    const extremes = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY }
    let done = 0
    await this.pool.runAll(this.parts(nodeStep, rows, extremes), {
      signal,
      onPart: () => onProgress(Math.min(1, ++done / Math.ceil(rows / this.rowsInPart(nodeStep)))),
    })
    this.plane.version++
    if (this.curvature) this.curvature.version++
    Object.assign(this, extremes, { nodeStep })
  }

  private rowsInPart(nodeStep: number): number {
    const rowWork = nodesTaken(this.plane.width, nodeStep) * cellWork(this.job)
    return Math.max(1, Math.floor(partWork / rowWork))
  }

  private *parts(
    nodeStep: number,
    rows: number,
    extremes: { lowest: number; highest: number },
  ): Generator<JobPart<Rows>> {
    const count = this.rowsInPart(nodeStep)
    for (let first = 0; first < rows; first += count) {
      const last = Math.min(rows, first + count)
      yield {
        run: (worker) => worker.evaluateGridRows(this.job, first, last, nodeStep),
        take: ({ cells, curvature, lowest, highest }) => {
          extremes.lowest = Math.min(extremes.lowest, lowest)
          extremes.highest = Math.max(extremes.highest, highest)
          place(this.plane, cells, first, nodeStep)
          if (this.curvature && curvature) place(this.curvature, curvature, first, nodeStep)
        },
      }
    }
  }

  async readRows(first: number, last: number): Promise<Float32Array<ArrayBuffer>> {
    return rowsOf(this.plane, first, last)
  }

  async readCurvature(first: number, last: number): Promise<Float32Array<ArrayBuffer>> {
    if (!this.curvature) throw new Error(noCurvature)
    return rowsOf(this.curvature, first, last)
  }

  dispose(): void {}
}

function rowsOf({ array, width }: ArrayPlane, first: number, last: number) {
  return array.slice(first * width * cellSize, last * width * cellSize)
}

/** Copies the nodes taken to their places in the final grid. */
function place(
  { width, height, array }: ArrayPlane,
  cells: Float32Array,
  firstRow: number,
  nodeStep: number,
): void {
  const columns = nodesTaken(width, nodeStep)
  if (nodeStep === 1) {
    array.set(cells, firstRow * width * cellSize)
    return
  }
  for (let i = 0; i < cells.length / cellSize; i++) {
    const row = nodeTaken(height, nodeStep, firstRow + Math.floor(i / columns))
    const column = nodeTaken(width, nodeStep, i % columns)
    array.set(cells.subarray(i * cellSize, (i + 1) * cellSize), (row * width + column) * cellSize)
  }
}
