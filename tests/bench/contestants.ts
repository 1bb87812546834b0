/** Who takes part in each job. */
import { classify, evaluateGrid } from '../../src/engine/derivedResults'
import type { Engine } from '../../src/engine/engine'
import type { GpuEngine } from '../../src/engine/gpuEngine'
import { descend } from '../../src/model/descent'
import { evaluateGridRows } from '../../src/model/grid'
import { classifyRows } from '../../src/model/outcomes/classify'
import type { OutcomeJob } from '../../src/model/outcomes/outcome'
import { bareDescents, bareGrids } from './bareKernels'
import type { Contestant } from './contest'
import { descentsAlone, type NeuronDescents, type NeuronGrid } from './jobs'
import { descendPlainly, evaluateGridPlainly } from './plainLoops'

/** The contestants of one run: one page, or one process. */
export interface Field {
  gpu: GpuEngine
  /** Only where there are web workers. */
  cpu: Engine | null
}

/** One thread does a share of the job: it takes so long, and its rate does not depend on it. */
export async function descentContestants(
  field: Field,
  job: NeuronDescents,
  share: number,
): Promise<Contestant[]> {
  const part = { ...job, starts: job.starts.slice(0, job.starts.length * share) }
  return [
    descentsOf(field.gpu, job),
    ...(await bareDescents(field.gpu.device, job)),
    ...(field.cpu ? [descentsOf(field.cpu, job)] : []),
    {
      engine: 'one thread: model',
      share,
      run: () => void descend(part),
      result: () => descend(part).subarray(part.starts.length),
    },
    {
      engine: 'one thread: inlined',
      share,
      run: () => void descendPlainly(part),
      result: () => descendPlainly(part),
    },
  ]
}

export async function gridContestants(
  field: Field,
  job: NeuronGrid,
  share: number,
): Promise<Contestant[]> {
  const rows = job.b[2] * share
  return [
    gridOf(field.gpu, job),
    ...(await bareGrids(field.gpu.device, job)),
    ...(field.cpu ? [gridOf(field.cpu, job)] : []),
    {
      engine: 'one thread: model',
      share,
      run: () => void evaluateGridRows(job, 0, rows),
      result: () => evaluateGridRows(job, 0, rows),
    },
    {
      engine: 'one thread: inlined',
      share,
      run: () => void evaluateGridPlainly(job, rows),
      result: () => evaluateGridPlainly(job, rows),
    },
  ]
}

/** Classes are compared; of bare descents, which know none, only the time counts. */
export function outcomeContestants(field: Field, job: OutcomeJob, share: number): Contestant[] {
  const [, { range }] = job.axes
  const rows = range[2] * share
  const classes = (cells: Float32Array) => cells.filter((_, i) => i % 4 === 0)
  const alone = descentsOf(field.gpu, descentsAlone(job))
  return [
    outcomesOf(field.gpu, job),
    {
      engine: 'bare descents, no classes',
      share: 1,
      run: alone.run,
      async result() {
        const { outcome } = await classify(field.gpu, job)
        return outcome
      },
    },
    ...(field.cpu ? [outcomesOf(field.cpu, job)] : []),
    {
      engine: 'one thread: model',
      share,
      run: () => void classifyRows(job, 0, rows),
      result: () => classes(classifyRows(job, 0, rows)),
    },
  ]
}

function outcomesOf(engine: Engine, job: OutcomeJob): Contestant {
  return {
    engine: `${engine.kind.toUpperCase()} engine`,
    share: 1,
    async run() {
      const map = await engine.outcomeMap(job)
      map.dispose()
    },
    async result() {
      const { outcome } = await classify(engine, job)
      return outcome
    },
  }
}

/** The real engine with its slices; results stay where the view would draw them. */
export function descentsOf(engine: Engine, job: NeuronDescents): Contestant {
  return {
    engine: `${engine.kind.toUpperCase()} engine`,
    share: 1,
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

function gridOf(engine: Engine, job: NeuronGrid): Contestant {
  return {
    engine: `${engine.kind.toUpperCase()} engine`,
    share: 1,
    async run() {
      const surface = await engine.surface(job)
      surface.dispose()
    },
    async result() {
      const { cells } = await evaluateGrid(engine, job)
      return cells
    },
  }
}
