/** Results of any engine as plain arrays: computed as if to be drawn, read, and disposed of. */
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import { outcomeSize } from '../model/outcomes/classify'
import { noArrival, type OutcomeJob } from '../model/outcomes/outcome'
import { recordCount, recordedSteps } from '../model/recording'
import type { Engine, Grid, JobOptions, Outcomes, Paths } from './engine'

/** Loss and gradient at the nodes of a grid, and curvature if the job has a learning rate. */
export function evaluateGrid(
  engine: Engine,
  job: GridJob,
  options: JobOptions = {},
): Promise<Grid> {
  const [columns, rows] = [job.w[2], job.b[2]]
  return readOnce(engine.surface(job, plain(options)), async (surface) => {
    const cells = await surface.readRows(0, rows)
    if (!surface.curvature) return { columns, rows, cells }
    return { columns, rows, cells, curvature: await surface.readCurvature(0, rows) }
  })
}

/** The recorded places of all descents of a job, one descent after the other. */
export function descend(engine: Engine, job: DescentJob, options: JobOptions = {}): Promise<Paths> {
  return readOnce(engine.crowd(job, plain(options)), async (crowd) => {
    const { trajectories, recording } = crowd
    const positions = byTrajectory(await crowd.read(), trajectories, recordCount(recording))
    return { positions, recordedSteps: recordedSteps(recording) }
  })
}

/** Reads how the descents of a job end, row by row. */
export function classify(
  engine: Engine,
  job: OutcomeJob,
  options: JobOptions = {},
): Promise<Outcomes> {
  return readOnce(engine.outcomeMap(job, plain(options)), async (map) =>
    splitOutcomes(await map.read()),
  )
}

/** Numbers that are read once need no coarse pass first. */
function plain({ onCoarse: _, ...rest }: JobOptions): Omit<JobOptions, 'onCoarse'> {
  return rest
}

async function readOnce<Result extends { dispose(): void }, Numbers>(
  computed: Promise<Result>,
  read: (result: Result) => Promise<Numbers>,
): Promise<Numbers> {
  const result = await computed
  try {
    return await read(result)
  } finally {
    result.dispose()
  }
}

/** Turns the kernels' [record][trajectory][k] into the more readable [trajectory][record][k]. */
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
