/** Results as tables for files, computed anew so that they match the settings. */
import type { Column, Table } from '../../display/table'
import { evaluateGrid } from '../../engine/derivedResults'
import type { Crowd, Engine, JobOptions } from '../../engine/engine'
import type { MakeTable } from '../../lenses/lens'
import type { DescentJob } from '../../model/descent'
import { cellSize, gridNodes } from '../../model/grid'
import { runnerColumns, shownRuns } from '../../results/columns'
import { computeRuns, crowdJob, gridOf } from '../../results/jobsOf'
import { magnifiedRate } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { shows, valueName } from '../../settings/shown'
import type { TableKind } from './saveRequest'

const makers: Record<TableKind, () => Promise<MakeTable> | MakeTable> = {
  grid: () => grid,
  paths: () => paths,
  crowd: () => crowd,
  outcomes: async () => (await import('../../lenses/starts/tables')).outcomes,
  sweep: async () => (await import('../../lenses/rates/tables')).sweep,
  scores: async () => (await import('../../lenses/rates/tables')).scores,
}

export async function makeTable(kind: TableKind, ...needed: Parameters<MakeTable>): Promise<Table> {
  const make = await makers[kind]()
  return make(...needed)
}

/** With the map of trust, adds its ingredients: the Hessian, and the change over one step. */
async function grid(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const hasTrust = shows(settings, 'trust')
  const rate = hasTrust ? { learningRate: magnifiedRate(settings) } : {}
  const job = { ...gridOf(settings), ...rate }
  const { cells, curvature } = await evaluateGrid(engine, job, options)
  const second = ['hessian.ww', 'hessian.wb', 'hessian.bb', 'change']
  const isNeuron = job.objective.kind === 'neuron'
  return {
    kind: 'grid',
    rows: job.w[2] * job.b[2],
    axes: [
      { name: 'w', values: gridNodes(job.w) },
      { name: 'b', values: gridNodes(job.b) },
    ],
    columns: [
      ...namedColumns(isNeuron ? ['loss', 'dLdw', 'dLdb'] : ['f', 'dfdw', 'dfdb'], cells),
      ...(curvature ? namedColumns(second, curvature) : []),
    ],
  }
}

/** One column for each of the first floats of a cell. */
function namedColumns(names: readonly string[], cells: Float32Array): Column[] {
  return names.map((name, k) => ({ name, at: (row) => cells[row * cellSize + k] }))
}

/** Every step of every runner that is not hidden, in turn; w³ + b² has only one. */
async function paths(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const runs = shownRuns(await computeRuns(engine, settings, options))
  // All have equal lengths, except one that has run away.
  const length = runs[0]?.losses.length ?? 0
  const of = (row: number) => runs[Math.floor(row / length)]
  return {
    kind: 'paths',
    rows: runs.length * length,
    columns: [
      ...(runs[0]?.objective.kind === 'cubicAndSquare' ? [] : runnerColumns(of)),
      { name: 'step', at: (row) => row % length },
      { name: 'w', at: (row) => of(row).path[2 * (row % length)] },
      { name: 'b', at: (row) => of(row).path[2 * (row % length) + 1] },
      { name: valueName(settings), at: (row) => of(row).losses[row % length] },
    ],
  }
}

/** All starts of the crowd, and their places at the shown step. */
async function crowd(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const job = crowdJob(settings)
  const found = await engine.crowd(job, options)
  try {
    const states = await statesAt(found, job, settings.step)
    const size = states.length / found.trajectories
    return {
      kind: 'crowd',
      rows: found.trajectories,
      columns: [
        { name: 'startW', at: (row) => job.starts[2 * row] },
        { name: 'startB', at: (row) => job.starts[2 * row + 1] },
        { name: 'step', at: () => settings.step },
        { name: 'w', at: (row) => Math.fround(states[size * row]) },
        { name: 'b', at: (row) => Math.fround(states[size * row + 1]) },
      ],
    }
  } finally {
    found.dispose()
  }
}

/** states[size * trajectory + k], k = 0: w, 1: b, as precise as in the engine. */
async function statesAt(crowd: Crowd, { starts }: DescentJob, step: number) {
  if (step === 0) return starts
  return (await crowd.stepPair(step - 1, crowd.trajectories)).after
}
