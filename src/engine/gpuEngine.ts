/** The engine on WebGPU. */
import { createContext, type GpuContext } from '../gpu/context'
import { type Gpu, requestGpu } from '../gpu/device'
import type { Turns } from '../gpu/turns'
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { fitRecording } from './bothEngines'
import type { Crowd, Engine, JobOptions, OutcomeMap, Surface } from './engine'
import { GpuCrowd } from './gpuCrowd'
import { GpuSurface } from './gpuSurface'

export class GpuEngine implements Engine {
  readonly kind = 'gpu'
  readonly name: string
  readonly isSoftware: boolean
  /** (w, b) pairs in 128 MiB, the default limit of a storage binding. */
  readonly capacity = 2 ** 24
  readonly lost: Promise<string>
  readonly unfit: Promise<string>
  readonly device: GPUDevice
  /** Divides the device's queue between computing and drawing. */
  readonly turns: Turns
  private readonly context: GpuContext

  constructor({ device, name, isSoftware }: Gpu) {
    this.device = device
    this.name = name
    this.isSoftware = isSoftware
    this.context = createContext(device)
    this.turns = this.context.turns
    this.unfit = this.context.programs.unfit
    this.lost = device.lost.then(({ message }) => `The graphics device was lost: ${message}`)
  }

  surface(job: GridJob, options: JobOptions<Surface> = {}): Promise<Surface> {
    return GpuSurface.compute(this.context, job, options)
  }

  async crowd(job: DescentJob, options: JobOptions<Crowd> = {}): Promise<Crowd> {
    return GpuCrowd.compute(this.context, job, fitRecording(this, job), options)
  }

  async outcomeMap(job: OutcomeJob, options: JobOptions<OutcomeMap> = {}): Promise<OutcomeMap> {
    // Loaded with the first lens that needs it.
    const { GpuOutcomes } = await import('./gpuOutcomes')
    return GpuOutcomes.compute(this.context, job, options)
  }

  dispose(): void {
    this.device.destroy()
  }
}

/**
 * For callers that may depend only on engines. Rejects with a sentence if there is no adapter or no
 * device.
 */
export async function openGpuEngine(gpu: GPU): Promise<GpuEngine> {
  return new GpuEngine(await requestGpu(gpu))
}
