/** A surface in a texture, computed by passes over its rows. */
import type { GpuContext } from '../gpu/context'
import { makeEvaluateGrid } from '../gpu/evaluateGrid'
import { readTextureRows } from '../gpu/readback'
import { coarseNodeStep, type GridJob, nodesTaken } from '../model/grid'
import {
  cellWork,
  coarseAbove,
  coarseFirst,
  coarseNodes,
  noCurvature,
  type Passes,
} from './bothEngines'
import type { JobOptions, Plane, Surface } from './engine'

type TexturePlane = Plane & { texture: GPUTexture }

export class GpuSurface implements Surface {
  readonly plane: TexturePlane
  readonly curvature: TexturePlane | null
  nodeStep = 1
  lowest = 0
  highest = 0
  private isDisposed = false

  private constructor(
    private readonly context: GpuContext,
    readonly job: GridJob,
  ) {
    const [width, height] = [job.w[2], job.b[2]]
    const take = (label: string): TexturePlane => {
      const texture = context.planes.take({ label, format: 'rgba32float', width, height })
      return { width, height, channels: 4, texture }
    }
    this.plane = take('cells')
    this.curvature = job.learningRate === undefined ? null : take('curvature')
  }

  static async compute(
    context: GpuContext,
    job: GridJob,
    options: JobOptions<Surface>,
  ): Promise<Surface> {
    const surface = new GpuSurface(context, job)
    return coarseFirst(surface, options, () => surface.prepare())
  }

  private async prepare(): Promise<Passes> {
    const { context, job, plane, curvature } = this
    const { device, programs } = context
    const second = curvature?.texture ?? null
    const pass = await makeEvaluateGrid(device, programs, job, plane.texture, second)
    const work = cellWork(job)
    const total = plane.width * plane.height * work
    const run: Passes['run'] = async (nodeStep, { signal, onProgress }) => {
      const rowWork = nodesTaken(plane.width, nodeStep) * work
      const rows = nodesTaken(plane.height, nodeStep)
      let row = 0
      let extremes: ReturnType<typeof pass.readExtremes> | undefined
      await context.pacer.run(
        (budget) => {
          const first = row
          row = Math.min(rows, row + Math.max(1, Math.floor(budget / rowWork)))
          if (row > first) pass.submit(nodeStep, first, row)
          // Requested together with the last rows, to wait once instead of twice.
          if (row === rows && !extremes) {
            extremes = pass.readExtremes()
            // Nobody awaits them if the run is aborted; their failure is then of no interest.
            extremes.catch(() => {})
          }
          return (row - first) * rowWork
        },
        { signal, onSlice: (done) => onProgress(Math.min(1, done / total)) },
      )
      // Nodes of the coarse pass are nodes of the final one, so the extremes may include them.
      Object.assign(this, await extremes, { nodeStep })
    }
    const isLong = context.pacer.expected(total) > coarseAbove
    const coarse = isLong ? coarseNodeStep(plane.width, plane.height, coarseNodes) : 1
    return { coarse, fine: 1, run, dispose: () => pass.dispose() }
  }

  async readRows(first: number, last: number): Promise<Float32Array<ArrayBuffer>> {
    return this.read(this.plane, first, last)
  }

  async readCurvature(first: number, last: number): Promise<Float32Array<ArrayBuffer>> {
    if (!this.curvature) throw new Error(noCurvature)
    return this.read(this.curvature, first, last)
  }

  private async read({ texture }: TexturePlane, first: number, last: number) {
    this.expectAlive()
    const rows = await readTextureRows(this.context.device, texture, 4, first, last)
    this.expectAlive()
    return rows
  }

  /** Disposed resources must not be submitted, and anything read from them meanwhile is void. */
  private expectAlive(): void {
    if (this.isDisposed) {
      throw new Error('The surface has been disposed of; there is nothing to read.')
    }
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.context.planes.giveBack(this.plane.texture)
    if (this.curvature) this.context.planes.giveBack(this.curvature.texture)
  }
}
