/** Results as tables for files: computed anew, so that they are those of the settings. */
import type { Crowd, Engine, JobOptions, OutcomeMap } from '../../engine/engine'
import { type Column, type Table, tableValue } from '../../files/table'
import { computeRateOutcomes, computeScores } from '../../lenses/rates/computeRates'
import { magnifiedRate } from '../../lenses/why/computeWhy'
import type { DescentJob } from '../../model/descent'
import { cellSize, gridNodes } from '../../model/grid'
import { outcomeNodes } from '../../model/outcomes/classify'
import { noArrival, noMinimum, outcomeCodes } from '../../model/outcomes/outcome'
import { scoreRun } from '../../model/score'
import {
  computeOutcomes,
  computeRuns,
  crowdJob,
  gridOf,
  mapQuestion,
  type Run,
} from '../../results/jobsOf'
import type { RunnerSettings } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { shownMap, valueName } from '../../settings/shown'
import type { TableKind } from './saveRequest'

/** What a table needs. */
type Making = (engine: Engine, settings: Settings, options: JobOptions) => Promise<Table>

const making: Record<TableKind, Making> = { grid, paths, crowd, outcomes, sweep, scores }

export function makeTable(kind: TableKind, ...needed: Parameters<Making>): Promise<Table> {
  return making[kind](...needed)
}

/** Where the map of trust is shown, with what it is made of: Hessian, and change over one step. */
async function grid(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const hasTrust = settings.lens === 'why' && shownMap(settings) !== 'loss'
  const rate = hasTrust ? { learningRate: magnifiedRate(settings) } : {}
  const job = { ...gridOf(settings), ...rate }
  const { cells, curvature } = await engine.evaluateGrid(job, options)
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

/** A column for each of the first floats of a cell. */
function namedColumns(names: readonly string[], cells: Float32Array): Column[] {
  return names.map((name, k) => ({ name, at: (row) => cells[row * cellSize + k] }))
}

/** Every step of every runner that is not hidden, one after the other; w³ + b² has but one. */
async function paths(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const runs = shownRuns(await computeRuns(engine, settings, options))
  // All alike, but for one that has run away.
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

type NumberedRun = Run & { index: number }

/** Numbered as the page numbers runners, from 1. */
function shownRuns(runs: readonly Run[]): NumberedRun[] {
  return runs.flatMap((run, index) => (run.runner.hidden ? [] : [{ ...run, index }]))
}

function runnerColumns(of: (row: number) => { index: number; runner: RunnerSettings }): Column[] {
  return [
    { name: 'runner', at: (row) => of(row).index + 1 },
    { name: 'rule', at: (row) => of(row).runner.rule.name },
    { name: 'learningRate', at: (row) => of(row).runner.learningRate },
  ]
}

/** All starts of the crowd, and where they are at the shown step. */
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

/** states[size * trajectory + k], k = 0: w, 1: b, as precise as the engine has them. */
async function statesAt(crowd: Crowd, { starts }: DescentJob, step: number) {
  if (step === 0) return starts
  return (await crowd.stepPair(step - 1, crowd.trajectories)).after
}

/** The map of the lens of starts. */
async function outcomes(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const question = mapQuestion(settings, settings.loss)
  const cells = await readOutcomes(engine, question, settings, options)
  return {
    kind: 'outcomes',
    rows: cells.length / 4,
    axes: question.axes.map((axis) => ({
      name: axis.name === 'log10Rate' ? 'learningRate' : axis.name,
      values: outcomeNodes(axis),
    })),
    columns: outcomeColumns({
      outcome: (row) => cells[4 * row],
      minimum: (row) => cells[4 * row + 1],
      arrivalStep: (row) => (cells[4 * row + 2] < 0 ? noArrival : cells[4 * row + 2]),
      finalLoss: (row) => cells[4 * row + 3],
    }),
  }
}

async function readOutcomes(
  engine: Engine,
  question: ReturnType<typeof mapQuestion>,
  { view }: Settings,
  options: JobOptions,
): Promise<Float32Array> {
  // Known early, so that it goes when the rest is cancelled, too.
  let map: OutcomeMap | null = null
  try {
    const { read } = await computeOutcomes(engine, question, view, {
      ...options,
      onCoarse: (partial) => {
        map = partial.map
      },
    })
    return read?.cells ?? new Float32Array()
  } finally {
    ;(map as OutcomeMap | null)?.dispose()
  }
}

/** The chosen start at each of many rates. */
async function sweep(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const { rates, outcomes: found } = await computeRateOutcomes(engine, settings, options)
  return {
    kind: 'sweep',
    rows: rates.length,
    columns: [
      { name: 'learningRate', at: (row) => rates[row] },
      ...outcomeColumns({
        outcome: (row) => found.outcome[row],
        minimum: (row) => found.minimum[row],
        arrivalStep: (row) => found.arrivalStep[row],
        finalLoss: (row) => found.finalLoss[row],
      }),
    ],
  }
}

const outcomeFields = ['outcome', 'minimum', 'arrivalStep', 'finalLoss'] as const

function outcomeColumns(
  of: Record<(typeof outcomeFields)[number], (row: number) => number>,
): Column[] {
  return outcomeFields.map((name) => ({ name, at: (row) => tableValue(name, of[name](row)) }))
}

/** A row for each runner that is not hidden. */
async function scores(engine: Engine, settings: Settings, options: JobOptions): Promise<Table> {
  const runs = shownRuns(await computeRuns(engine, settings, options))
  const endings = await computeScores(engine, settings, options)
  const rows = runs.map((run) => ({ ...run, ...scoreRun(run.path, run.losses) }))
  const ending = (row: number) => endings[rows[row].index]
  return {
    kind: 'scores',
    rows: rows.length,
    columns: [
      ...runnerColumns((row) => rows[row]),
      ...outcomeColumns({
        outcome: (row) => outcomeCodes[ending(row)?.outcome ?? 'moving'],
        minimum: (row) => ending(row)?.minimum ?? noMinimum,
        arrivalStep: (row) => ending(row)?.arrivalStep ?? noArrival,
        finalLoss: (row) => rows[row].finalLoss,
      }),
      { name: 'bestLoss', at: (row) => rows[row].bestLoss },
      { name: 'pathLength', at: (row) => rows[row].pathLength },
      { name: 'rises', at: (row) => rows[row].rises },
    ],
  }
}
