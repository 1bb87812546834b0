/** Who takes part in each job. */
import type { Engine } from '../../src/engine/engine'
import type { GpuEngine } from '../../src/engine/gpuEngine'
import { type DescentJob, descend } from '../../src/model/descent'
import { evaluateGridRows, type GridJob } from '../../src/model/grid'
import { bareDescents, bareGrids } from './bareKernels'
import type { Contestant } from './contest'
import { descendPlainly, evaluateGridPlainly } from './plainLoops'

/** The contestants of one run: one page, or one process. */
export interface Field {
  gpu: GpuEngine
  /** Only where there are web workers. */
  cpu: Engine | null
}

export async function descentContestants(field: Field, job: DescentJob): Promise<Contestant[]> {
  return [
    descentsOf(field.gpu, job),
    ...(await bareDescents(field.gpu.device, job)),
    ...(field.cpu ? [descentsOf(field.cpu, job)] : []),
    {
      engine: 'one thread: model',
      run: () => void descend(job),
      result: () => descend(job).subarray(job.starts.length),
    },
    {
      engine: 'one thread: inlined',
      run: () => void descendPlainly(job),
      result: () => descendPlainly(job),
    },
  ]
}

export async function gridContestants(field: Field, job: GridJob): Promise<Contestant[]> {
  return [
    gridOf(field.gpu, job),
    ...(await bareGrids(field.gpu.device, job)),
    ...(field.cpu ? [gridOf(field.cpu, job)] : []),
    {
      engine: 'one thread: model',
      run: () => void evaluateGridRows(job, 0, job.b[2]),
      result: () => evaluateGridRows(job, 0, job.b[2]),
    },
    {
      engine: 'one thread: inlined',
      run: () => void evaluateGridPlainly(job),
      result: () => evaluateGridPlainly(job),
    },
  ]
}

/** The real engine with its slices; results stay where the view would draw them. */
export function descentsOf(engine: Engine, job: DescentJob): Contestant {
  return {
    engine: `${engine.kind.toUpperCase()} engine`,
    async run() {
      const crowd = await engine.crowd(job)
      crowd.dispose()
    },
    async result() {
      const crowd = await engine.crowd(job)
      const positions = await crowd.read()
      crowd.dispose()
      return positions.subarray(job.starts.length, 2 * job.starts.length)
    },
  }
}

function gridOf(engine: Engine, job: GridJob): Contestant {
  return {
    engine: `${engine.kind.toUpperCase()} engine`,
    async run() {
      const surface = await engine.surface(job)
      surface.dispose()
    },
    async result() {
      const { cells } = await engine.evaluateGrid(job)
      return cells
    },
  }
}
