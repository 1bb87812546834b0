/** A map of outcomes in a texture: descends in slices, a few rows of nodes at a time. */
import { makeClassifyOutcomes } from '../gpu/classifyOutcomes'
import type { GpuContext } from '../gpu/context'
import { readTextureRows } from '../gpu/readback'
import { coarseNodeStep, nodesTaken } from '../model/grid'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { coarseAbove, coarseFirst, coarseNodes, type Passes } from './bothEngines'
import type { JobOptions, OutcomeMap, Plane } from './engine'
import { crowdSlices } from './slices'

/** The number of descents whose states are kept at once: 8 MiB. */
const together = 2 ** 18

export class GpuOutcomes implements OutcomeMap {
  readonly plane: Plane & { texture: GPUTexture }
  nodeStep = 1
  finishedRows = 0
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
    return coarseFirst(map, options, () => map.prepare())
  }

  private async prepare(): Promise<Passes> {
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
    const run: Passes['run'] = async (nodeStep, { signal, onProgress }) => {
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
        { signal, onSlice: (done) => onProgress(Math.min(1, done / total)) },
      )
      this.nodeStep = nodeStep
      if (nodeStep === 1) this.finishedRows = plane.height
    }
    const isLong = pacer.expected(nodes * job.steps * stepWork) > coarseAbove
    const coarse = isLong ? coarseNodeStep(plane.width, plane.height, coarseNodes) : 1
    return { coarse, fine: 1, run, dispose: () => pass.dispose() }
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    const { texture, height } = this.plane
    this.expectAlive()
    const cells = await readTextureRows(this.context.device, texture, 4, 0, height)
    this.expectAlive()
    return cells
  }

  /** Disposed resources must not be submitted, and anything read from them meanwhile is void. */
  private expectAlive(): void {
    if (this.isDisposed) throw new Error('The map has been disposed of; there is nothing to read.')
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.context.planes.giveBack(this.plane.texture)
  }
}

/** Gives the slices of one part after the other, each of at most `together` nodes. */
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
