/** The engine on workers, in f64: for browsers without WebGPU, and when f32 is too coarse. */
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { fitRecording } from './bothEngines'
import { CpuCrowd } from './cpuCrowd'
import { CpuSurface } from './cpuSurface'
import type { Crowd, Engine, JobOptions, OutcomeMap, Surface } from './engine'
import { WorkerPool } from './workerPool'

function createWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'steepest' })
}

export class CpuEngine implements Engine {
  readonly kind = 'cpu'
  readonly name: string
  readonly isSoftware = true
  /** Positions in 2048 x 2048 texels, the largest texture that every WebGL2 supports: 96 MiB. */
  readonly capacity = 2 ** 22
  readonly lost: Promise<string>
  private readonly pool: WorkerPool

  /** @param create makes a worker of worker.ts; in node, which has others, it must be given */
  constructor(workers: number = navigator.hardwareConcurrency || 2, create = createWorker) {
    this.pool = new WorkerPool(workers, create)
    this.name = workers === 1 ? '1 worker' : `${workers} workers`
    this.lost = this.pool.lost
  }

  surface(job: GridJob, options: JobOptions<Surface> = {}): Promise<Surface> {
    return CpuSurface.compute(this.pool, job, options)
  }

  async crowd(job: DescentJob, options: JobOptions<Crowd> = {}): Promise<Crowd> {
    return CpuCrowd.compute(this.pool, job, fitRecording(this, job), options)
  }

  async outcomeMap(job: OutcomeJob, options: JobOptions<OutcomeMap> = {}): Promise<OutcomeMap> {
    // Loaded with the first lens that needs it.
    const { CpuOutcomes } = await import('./cpuOutcomes')
    return CpuOutcomes.compute(this.pool, job, options)
  }

  dispose(): void {
    this.pool.dispose()
  }
}
