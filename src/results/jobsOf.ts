/** Turns settings into jobs, and defines the results that the lenses share. */
import type { Crowd, Engine, JobOptions, Surface } from '../engine/engine'
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import type { NeuronSpec, ObjectiveSpec } from '../model/objective'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import { bandSteps, bandTrajectories, type LossBand, takeLossBand } from '../model/quantile'
import { evenRecords, evenSteps } from '../model/recording'
import { placeStarts } from '../model/starts'
import { leadingRunner, type RunnerSettings } from '../settings/runners'
import type { Result, Settings } from '../settings/settings'
import { ranAwayBelow, shownDescents, shownView } from '../settings/shown'
import type { Latest } from './latest'

/**
 * Every step of a descent from the chosen start; both arrays are empty for a hidden runner. On
 * w^3 + b^2 it ends with the step at which it has run away.
 */
export interface Run {
  objective: ObjectiveSpec
  runner: RunnerSettings
  /** path[2 step + k], k = 0: w, 1: b */
  path: Float32Array<ArrayBuffer>
  /** One for each step, including the start. */
  losses: Float32Array<ArrayBuffer>
}

/** A crowd, and the spread of its losses once that is known. */
export interface CrowdResult {
  crowd: Crowd
  band: LossBand | null
}

/** How a result follows the settings. A lens brings its own (lenses/lens.ts). */
export interface ResultSpec<Value> {
  /** settings/shown.ts says where it is shown, settings/fields.ts what makes it stale. */
  readonly name: Result
  /** @param results those that this one may have to wait for */
  compute(
    engine: Engine,
    settings: Settings,
    options: JobOptions<Value>,
    results: { readonly runs: Latest<readonly Run[]> },
  ): Promise<Value>
  /** The part of a value that holds buffers of the engine; freed when the next has been drawn. */
  held?(value: Value): { dispose(): void }
  /** The question that the value answers: while it is the same, nothing is recomputed. */
  question?(settings: Settings): string
}

/** Most records of a crowd; steps between them are recomputed, exactly, when they are shown. */
const mostRecords = 1024

/** The neuron's objective, even while w^3 + b^2 is on the stage. */
export function objectiveOf({ samples, loss }: Settings): NeuronSpec {
  return { kind: 'neuron', samples, loss }
}

export function gridOf(settings: Settings): GridJob {
  const { w, b, resolution } = shownView(settings)
  const { objective } = shownDescents(settings)
  return { objective, w: [...w, resolution], b: [...b, resolution] }
}

export const surfaceResult: ResultSpec<Surface> = {
  name: 'surface',
  compute: (engine, settings, options) => engine.surface(gridOf(settings), options),
  held: (surface) => surface,
}

function descentOf(
  settings: Settings,
  { rule, learningRate }: RunnerSettings,
): Omit<DescentJob, 'starts' | 'stride'> {
  const { stop, steps } = settings
  return { objective: objectiveOf(settings), runner: { rule, learningRate }, stop, steps }
}

export function crowdJob(settings: Settings): DescentJob {
  const { starts, view, start, steps } = settings
  return {
    ...descentOf(settings, leadingRunner(settings).runner),
    starts: placeStarts(starts, view.w, view.b, start),
    stride: Math.ceil(steps / (mostRecords - 1)),
  }
}

export const crowdResult: ResultSpec<CrowdResult> = {
  name: 'crowd',
  compute: computeCrowd,
  held: ({ crowd }) => crowd,
}

async function computeCrowd(
  engine: Engine,
  settings: Settings,
  options: JobOptions<CrowdResult>,
): Promise<CrowdResult> {
  const { onCoarse, ...rest } = options
  const crowd = await engine.crowd(crowdJob(settings), {
    ...rest,
    onCoarse: (partial) => onCoarse?.({ crowd: partial, band: null }),
  })
  // The crowd can be shown before its band is known.
  onCoarse?.({ crowd, band: null })
  options.signal?.throwIfAborted()
  return { crowd, band: await lossBand(crowd) }
}

export const runsResult: ResultSpec<readonly Run[]> = { name: 'runs', compute: computeRuns }

export async function computeRuns(
  engine: Engine,
  settings: Settings,
  options: JobOptions<readonly Run[]>,
): Promise<readonly Run[]> {
  const { onCoarse: _, ...rest } = options
  const { objective, start, runners, stop } = shownDescents(settings)
  const starts = Float32Array.from(start)
  return Promise.all(
    runners.map(async (runner) => {
      const none = new Float32Array()
      if (runner.hidden) return { objective, runner, path: none, losses: none }
      const job = { ...descentOf(settings, runner), objective, stop, starts, stride: 1 }
      // Never superseded: dragging the start waits for whole descents.
      const crowd = await engine.crowd(job, { ...rest, onCoarse: () => {} })
      try {
        const records = { recordStep: 1, chosen: settings.steps + 1, lastRecord: settings.steps }
        const [path, losses] = await Promise.all([crowd.read(), crowd.losses(1, records)])
        return untilAway({ objective, runner, path, losses })
      } finally {
        crowd.dispose()
      }
    }),
  )
}

/** Cuts off the rest: a descent on w^3 + b^2 only goes ever faster, until it is all NaN. */
export function untilAway(run: Run): Run {
  if (run.objective.kind === 'neuron') return run
  const away = run.losses.findIndex((_, step) => run.path[2 * step] < ranAwayBelow)
  if (away < 0) return run
  return {
    ...run,
    path: run.path.slice(0, 2 * away + 2),
    losses: run.losses.slice(0, away + 1),
  }
}

export const stationaryResult: ResultSpec<StationaryPoints> = {
  name: 'stationary',
  compute: (_, settings) => findStationary(objectiveOf(settings)),
}

/** The oracle finds them in a worker, whatever the engine. */
export async function findStationary(objective: NeuronSpec): Promise<StationaryPoints> {
  const { findInWorker } = await import('../engine/inWorker')
  return findInWorker(objective)
}

/** Milliseconds of computing before other work gets the thread. */
const turn = 8

/** Median and 10 to 90 % of the loss, over the first 4,096 trajectories and at most 256 records. */
export async function lossBand(crowd: Crowd): Promise<LossBand> {
  const count = Math.min(crowd.finished, bandTrajectories)
  const records = evenRecords(crowd.recording, bandSteps)
  const losses = await crowd.losses(count, records)
  const taking = takeLossBand(losses, count, evenSteps(crowd.recording, records))
  let begin = performance.now()
  for (;;) {
    const { done, value } = taking.next()
    if (done) return value
    if (performance.now() - begin > turn) {
      await new Promise((resolve) => setTimeout(resolve))
      begin = performance.now()
    }
  }
}
