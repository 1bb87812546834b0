/** A map of outcomes in a texture: descents in slices, a few rows of nodes after the others. */
import { makeClassifyOutcomes } from '../gpu/classifyOutcomes'
import type { GpuContext } from '../gpu/context'
import { readTextureRows } from '../gpu/readback'
import { coarseNodeStep, nodesTaken } from '../model/grid'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { coarseAbove, coarseNodes, type JobOptions, type OutcomeMap, type Plane } from './engine'
import { crowdSlices } from './slices'

/** Descents whose states are kept at a time: 8 MiB. */
const together = 2 ** 18

export class GpuOutcomes implements OutcomeMap {
  readonly plane: Plane & { texture: GPUTexture }
  nodeStep = 1
  finishedRows = 0
  private handedOver = false
  private isDisposed = false

  private constructor(
    private readonly context: GpuContext,
    readonly job: OutcomeJob,
  ) {
    const [width, height] = job.axes.map(({ range }) => range[2])
    const texture = context.planes.take({ label: 'outcomes', format: 'rgba32float', width, height })
    this.plane = { width, height, channels: 4, texture }
  }

  static async compute(
    context: GpuContext,
    job: OutcomeJob,
    options: JobOptions<OutcomeMap>,
  ): Promise<OutcomeMap> {
    const map = new GpuOutcomes(context, job)
    try {
      await map.compute(options)
      return map
    } catch (reason) {
      if (!map.handedOver) map.dispose()
      throw reason
    }
  }

  private async compute(options: JobOptions<OutcomeMap>): Promise<void> {
    const { signal, coarseSignal, onProgress, onCoarse } = options
    const { context, job, plane } = this
    const { device, programs, pacer } = context
    const nodes = plane.width * plane.height
    const pass = await makeClassifyOutcomes(
      device,
      programs,
      job,
      plane.texture,
      Math.min(nodes, together),
    )
    const stepWork = job.objective.samples.length
    const run = async (nodeStep: number, abort?: AbortSignal) => {
      const columns = nodesTaken(plane.width, nodeStep)
      const taken = columns * nodesTaken(plane.height, nodeStep)
      const total = taken * job.steps * stepWork
      const slices = partSlices(taken, job.steps, stepWork, pass.mostSteps)
      await pacer.run(
        (budget) => {
          const slice = slices(budget)
          if (!slice) return 0
          pass.submit(nodeStep, slice)
          return slice.work
        },
        {
          signal: abort,
          // The whole is the final pass alone: with the coarse one, progress would fall back.
          onSlice: (done) => {
            if (nodeStep === 1) onProgress?.(Math.min(1, done / total))
          },
        },
      )
      this.nodeStep = nodeStep
    }
    try {
      const coarseStep = coarseNodeStep(plane.width, plane.height, coarseNodes)
      const isLong = pacer.expected(nodes * job.steps * stepWork) > coarseAbove
      const coarse = onCoarse && isLong && coarseStep > 1
      if (coarse) {
        await run(coarseStep, coarseSignal)
        this.handedOver = true
        onCoarse(this)
      }
      // What is quick or small enough is itself the pass that a drag waits for.
      await run(1, onCoarse && !coarse ? coarseSignal : signal)
      this.finishedRows = plane.height
    } finally {
      pass.dispose()
    }
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    const { texture, height } = this.plane
    this.expectAlive()
    const cells = await readTextureRows(this.context.device, texture, 4, 0, height)
    this.expectAlive()
    return cells
  }

  /** What has been disposed of must be in no submission, and what was read of it meanwhile is void. */
  private expectAlive(): void {
    if (this.isDisposed) throw new Error('The map has been disposed of; there is nothing to read.')
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.context.planes.giveBack(this.plane.texture)
  }
}

/** Slices of one part after the other, each of at most `together` nodes. */
function partSlices(nodes: number, steps: number, stepWork: number, mostSteps: number) {
  let begin = 0
  let slices: ReturnType<typeof crowdSlices> = () => null
  return (budget: number) => {
    const slice = slices(budget)
    if (slice || begin === nodes) return slice
    const end = Math.min(nodes, begin + together)
    slices = crowdSlices(begin, end, steps, stepWork, mostSteps)
    begin = end
    return slices(budget)
  }
}
