/** The jobs that the settings mean, and their results as the page takes them. */
import type { Crowd, Engine, JobOptions, OutcomeMap, Surface } from '../engine/engine'
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import type { LossName } from '../model/loss'
import type { NeuronSpec, ObjectiveSpec } from '../model/objective'
import type { AxisName, OutcomeJob } from '../model/outcomes/outcome'
import type { OutcomeNumbers } from '../model/outcomes/outcomeNumbers'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import { bandSteps, bandTrajectories, type LossBand, takeLossBand } from '../model/quantile'
import { evenRecords, evenSteps } from '../model/recording'
import { placeStarts } from '../model/starts'
import { leadingRunner, type RunnerSettings } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { axesOf, ranAwayBelow, shownDescents, shownView } from '../settings/shown'

/**
 * A descent from the chosen start, every step of it; both arrays are empty for a hidden runner. On
 * w^3 + b^2 it ends with the step at which it has run away.
 */
export interface Run {
  objective: ObjectiveSpec
  runner: RunnerSettings
  /** path[2 step + k], k = 0: w, 1: b */
  path: Float32Array<ArrayBuffer>
  /** One for each step, the start included. */
  losses: Float32Array<ArrayBuffer>
}

/** A crowd, and the spread of its losses once that is known. */
export interface CrowdResult {
  crowd: Crowd
  band: LossBand | null
}

/** A map of outcomes, and what it says once all of it has been read. */
export interface OutcomeResult {
  map: OutcomeMap
  /** The points whose minima the map's classes name. */
  points: StationaryPoints
  read: { cells: Float32Array<ArrayBuffer>; numbers: OutcomeNumbers } | null
}

/** Records of a crowd; the steps between them are recomputed, exactly, when they are shown. */
const mostRecords = 1024

/** The loss of the map beside: whether there are many basins or one is a matter of these two. */
export function otherLoss(loss: LossName): LossName {
  return loss === 'crossEntropy' ? 'mean' : 'crossEntropy'
}

/** That of the neuron, also where w^3 + b^2 is on the stage. */
export function objectiveOf({ samples, loss }: Settings): NeuronSpec {
  return { kind: 'neuron', samples, loss }
}

export function gridOf(settings: Settings): GridJob {
  const { w, b, resolution } = shownView(settings)
  const { objective } = shownDescents(settings)
  return { objective, w: [...w, resolution], b: [...b, resolution] }
}

export function computeSurface(engine: Engine, settings: Settings, options: JobOptions<Surface>) {
  return engine.surface(gridOf(settings), options)
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

export async function computeCrowd(
  engine: Engine,
  settings: Settings,
  options: JobOptions<CrowdResult>,
): Promise<CrowdResult> {
  const { onCoarse, ...rest } = options
  const crowd = await engine.crowd(crowdJob(settings), {
    ...rest,
    onCoarse: (partial) => onCoarse?.({ crowd: partial, band: null }),
  })
  // All of it can be shown before its band is known.
  onCoarse?.({ crowd, band: null })
  options.signal?.throwIfAborted()
  return { crowd, band: await lossBand(crowd) }
}

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
      // Not aborted: one descent is what a drag of its start waits for.
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

/** Beyond, a descent on w^3 + b^2 only goes ever faster, until nothing of it is a number. */
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

/** Whatever the engine: the oracle finds them, in a worker. */
export async function findStationary(
  objective: NeuronSpec,
  view: Settings['view'],
): Promise<StationaryPoints> {
  const { findInWorker } = await import('../engine/inWorker')
  return findInWorker(objective, view)
}

type MapQuestion = Omit<OutcomeJob, 'targets' | 'lowLoss'>

/** What an axis goes through is that of no chosen start and of no runner. */
export function mapQuestion(settings: Settings, loss: LossName): MapQuestion {
  const { outcomes: thresholds, start, steps } = settings
  const axes = axesOf(settings)
  const has = (axis: AxisName) => axes.some(({ name }) => name === axis)
  const { rule, learningRate } = leadingRunner(settings).runner
  return {
    objective: { ...objectiveOf(settings), loss },
    runner: { rule, learningRate: has('log10Rate') ? 1 : learningRate },
    start: [has('w') ? 0 : start[0], has('b') ? 0 : start[1]],
    steps,
    thresholds,
    axes,
  }
}

export async function computeOutcomes(
  engine: Engine,
  question: MapQuestion,
  view: Settings['view'],
  { onCoarse, ...options }: JobOptions<OutcomeResult>,
): Promise<OutcomeResult> {
  const [points, { withTargets }, { outcomeNumbers }] = await Promise.all([
    findStationary(question.objective, view),
    import('../model/outcomes/targets'),
    import('../model/outcomes/outcomeNumbers'),
  ])
  const map = await engine.outcomeMap(withTargets(question, points), {
    ...options,
    onCoarse: (partial) => onCoarse?.({ map: partial, points, read: null }),
  })
  // All of it can be shown before its numbers are known.
  onCoarse?.({ map, points, read: null })
  options.signal?.throwIfAborted()
  const cells = await map.read()
  options.signal?.throwIfAborted()
  const numbers = await outcomeNumbers(cells, map.plane.width, nextTask)
  return { map, points, read: { cells, numbers } }
}

/** Lets the page draw and answer in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** The loss band of a crowd, taken without holding the thread for long. */

/** Milliseconds of computing before others get the thread. */
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
