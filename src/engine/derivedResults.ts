/** What both engines do alike: fitting records into memory, and giving results as plain arrays. */
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import { termCount } from '../model/objective'
import { outcomeSize } from '../model/outcomes/classify'
import { noArrival } from '../model/outcomes/outcome'
import { fittingStride, type Recording, recordCount, recordedSteps } from '../model/recording'
import type { Engine, Grid, JobOptions, OutcomeMap, Outcomes, Paths } from './engine'

/** Loss terms in a cell for each sample; with curvature, what takes as long: 3 to 5 times, measured. */
const [plainWork, curvatureWork] = [2, 10]

/** Work of one cell of a grid, in loss terms. */
export function cellWork({ objective, learningRate }: GridJob): number {
  return termCount(objective) * (learningRate === undefined ? plainWork : curvatureWork)
}

/** What is said where curvature is read and was not asked for. */
export const noCurvature =
  'The surface has no curvature; its job must have a learningRate, of the step that is looked at.'

/** The recording of a job, its stride enlarged where the records would not fit. */
export function fitRecording(engine: Engine, job: DescentJob): Recording {
  const trajectories = job.starts.length / 2
  const most = Math.floor(engine.capacity / 2)
  if (trajectories > most) {
    throw new Error(
      `${trajectories} trajectories do not fit; this engine takes at most ${most}. Ask for fewer.`,
    )
  }
  const stride = fittingStride(trajectories, job.steps, job.stride, engine.capacity)
  return { steps: job.steps, stride }
}

export async function readGrid(engine: Engine, job: GridJob, options: JobOptions): Promise<Grid> {
  const { onCoarse: _, ...rest } = options
  const surface = await engine.surface(job, rest)
  try {
    const [columns, rows] = [job.w[2], job.b[2]]
    const cells = await surface.readRows(0, rows)
    if (!surface.curvature) return { columns, rows, cells }
    return { columns, rows, cells, curvature: await surface.readCurvature(0, rows) }
  } finally {
    surface.dispose()
  }
}

export async function readPaths(
  engine: Engine,
  job: DescentJob,
  options: JobOptions,
): Promise<Paths> {
  const { onCoarse: _, ...rest } = options
  const crowd = await engine.crowd(job, rest)
  try {
    const { trajectories, recording } = crowd
    const positions = byTrajectory(await crowd.read(), trajectories, recordCount(recording))
    return { positions, recordedSteps: recordedSteps(recording) }
  } finally {
    crowd.dispose()
  }
}

/** From [record][trajectory][k], as kernels write, to [trajectory][record][k], as people read. */
function byTrajectory(
  values: Float32Array<ArrayBuffer>,
  trajectories: number,
  records: number,
): Float32Array<ArrayBuffer> {
  if (trajectories === 1) return values
  const turned = new Float32Array(values.length)
  for (let trajectory = 0; trajectory < trajectories; trajectory++) {
    for (let record = 0; record < records; record++) {
      const from = (record * trajectories + trajectory) * 2
      const to = (trajectory * records + record) * 2
      turned[to] = values[from]
      turned[to + 1] = values[from + 1]
    }
  }
  return turned
}

/** Outcomes as plain arrays, from the texels of a map. */

function splitOutcomes(cells: Float32Array): Outcomes {
  const count = cells.length / outcomeSize
  const outcomes = {
    outcome: new Uint8Array(count),
    minimum: new Uint8Array(count),
    arrivalStep: new Uint32Array(count),
    finalLoss: new Float32Array(count),
  }
  for (let i = 0; i < count; i++) {
    const at = i * outcomeSize
    outcomes.outcome[i] = cells[at]
    outcomes.minimum[i] = cells[at + 1]
    outcomes.arrivalStep[i] = cells[at + 2] < 0 ? noArrival : cells[at + 2]
    outcomes.finalLoss[i] = cells[at + 3]
  }
  return outcomes
}

/** Computes a map for its numbers alone. */
export async function readOutcomes(
  compute: (options: JobOptions<OutcomeMap>) => Promise<OutcomeMap>,
  { onCoarse: _, ...rest }: JobOptions,
): Promise<Outcomes> {
  const map = await compute(rest)
  try {
    return splitOutcomes(await map.read())
  } finally {
    map.dispose()
  }
}
