/** A map of outcomes in an array, computed by workers, each taking some rows at a time. */
import { coarseNodeStep, nodesTaken, nodeTaken } from '../model/grid'
import { outcomeSize } from '../model/outcomes/classify'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { coarseFirst, coarseNodes, type PassOptions } from './bothEngines'
import type { JobOptions, OutcomeMap, Plane } from './engine'
import type { JobPart, WorkerPool } from './workerPool'

/** Loss terms in a part: about 30 ms of one thread. */
const partWork = 1_500_000

export class CpuOutcomes implements OutcomeMap {
  readonly plane: Plane & { array: Float32Array<ArrayBuffer>; version: number }
  nodeStep = 1
  finishedRows = 0

  private constructor(
    private readonly pool: WorkerPool,
    readonly job: OutcomeJob,
  ) {
    const [width, height] = job.axes.map(({ range }) => range[2])
    const array = new Float32Array(width * height * outcomeSize)
    this.plane = { width, height, channels: 4, array, version: 0 }
  }

  static async compute(
    pool: WorkerPool,
    job: OutcomeJob,
    options: JobOptions<OutcomeMap>,
  ): Promise<OutcomeMap> {
    const map = new CpuOutcomes(pool, job)
    const { width, height } = map.plane
    return coarseFirst(map, options, () => ({
      // A quarter of the GPU's coarse nodes along each side: a drag waits for them.
      coarse: coarseNodeStep(width, height, coarseNodes / 16),
      fine: 1,
      run: (nodeStep, pass) => map.run(nodeStep, pass),
    }))
  }

  private async run(nodeStep: number, { signal, onProgress }: PassOptions): Promise<void> {
    const { nodes } = this.job.axes[0]
    const parts = [...(nodes ? this.rateParts(nodes) : this.rowParts(nodeStep))]
    let done = 0
    await this.pool.runAll(parts, { signal, onPart: () => onProgress(++done / parts.length) })
    this.plane.version++
    this.nodeStep = nodeStep
    if (nodeStep === 1) this.finishedRows = this.plane.height
  }

  /** The number of runs, each of this many descents, in a part. */
  private inPart(descents: number): number {
    const { objective, steps } = this.job
    return Math.max(1, Math.floor(partWork / (descents * objective.samples.length * steps)))
  }

  private *rowParts(nodeStep: number): Generator<JobPart<Float32Array>> {
    const rows = nodesTaken(this.plane.height, nodeStep)
    const together = this.inPart(nodesTaken(this.plane.width, nodeStep))
    for (let first = 0; first < rows; first += together) {
      const last = Math.min(rows, first + together)
      yield {
        run: (worker) => worker.classifyRows(this.job, first, last, nodeStep),
        take: (cells) => this.place(cells, first, nodeStep),
      }
    }
  }

  /** Cuts the single row of a sweep into some rates at a time, because it may take long. */
  private *rateParts(rates: Float32Array<ArrayBuffer>): Generator<JobPart<Float32Array>> {
    const [axis, rows] = this.job.axes
    const together = this.inPart(1)
    for (let first = 0; first < rates.length; first += together) {
      const nodes = rates.slice(first, first + together)
      const range = [axis.range[0], axis.range[1], nodes.length] as const
      const job = { ...this.job, axes: [{ ...axis, range, nodes }, rows] as const }
      yield {
        run: (worker) => worker.classifyRows(job, 0, 1, 1),
        take: (cells) => this.plane.array.set(cells, first * outcomeSize),
      }
    }
  }

  /** Copies the nodes taken to their places in the final map. */
  private place(cells: Float32Array, firstRow: number, nodeStep: number): void {
    const { width, height, array } = this.plane
    const columns = nodesTaken(width, nodeStep)
    for (let i = 0; i < cells.length / outcomeSize; i++) {
      const row = nodeTaken(height, nodeStep, firstRow + Math.floor(i / columns))
      const column = nodeTaken(width, nodeStep, i % columns)
      const cell = cells.subarray(i * outcomeSize, (i + 1) * outcomeSize)
      array.set(cell, (row * width + column) * outcomeSize)
    }
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    return this.plane.array.slice()
  }

  dispose(): void {}
}
