/**
 * Results of the lens of rates: how each runner fares, one start at many rates, and the map of all
 * starts under each runner. Loaded with the lens.
 */
import { classify } from '../../engine/derivedResults'
import type { Engine, JobOptions, Outcomes } from '../../engine/engine'
import type { StopRule } from '../../model/descent'
import { createObjective } from '../../model/objective'
import {
  axesOfOne,
  axesOfRates,
  type OutcomeJob,
  type OutcomeName,
  outcomeNames,
} from '../../model/outcomes/outcome'
import type { StationaryPoints } from '../../model/outcomes/stationaryPoints'
import { resolveTargets } from '../../model/outcomes/targets'
import { evenRecords, evenSteps } from '../../model/recording'
import { stopStep } from '../../model/score'
import { findStationary, objectiveOf, type ResultSpec, type Run } from '../../results/jobsOf'
import { leadingRunner, type RunnerSettings } from '../../settings/runners'
import { type Settings, sweepRates } from '../../settings/settings'
import { shownView } from '../../settings/shown'

/** The ending of each runner's run; null for a hidden one. */
export type Scores = readonly (RunnerEnding | null)[]

export interface RunnerEnding {
  outcome: OutcomeName
  /** 255 means none. */
  minimum: number
  /** 0xFFFFFFFF means none. */
  arrivalStep: number
}

/** The chosen start at many rates. */
export interface RateOutcomes {
  job: OutcomeJob
  rates: Float32Array<ArrayBuffer>
  outcomes: Outcomes
  points: StationaryPoints
}

export interface Sweep extends RateOutcomes {
  /** losses[k * rates.length + i] at steps[k] */
  heat: { losses: Float32Array<ArrayBuffer>; steps: Uint32Array<ArrayBuffer> }
}

/** The map of one runner, in the format of OutcomeMap.read. */
export interface RunnerMap {
  index: number
  runner: RunnerSettings
  cells: Float32Array<ArrayBuffer>
  job: OutcomeJob
}

/** Rows of the heat map: more than its height in pixels. */
const sweepSteps = 256

/**
 * The ending of a run that a rule may have stopped on its way: scores are of descents through all
 * steps. Returns the step of the stop, or null where the ending is the run's own.
 */
export function stopOf(
  { path, losses, objective }: Run,
  { arrivalStep }: RunnerEnding,
  stop: StopRule,
): number | null {
  const step = stopStep(path, losses, stop, createObjective(objective))
  // Having arrived before, it was at its minimum already.
  return step === null || arrivalStep <= step ? null : step
}

export const scoresResult: ResultSpec<Scores> = { name: 'scores', compute: computeScores }

export async function computeScores(
  engine: Engine,
  settings: Settings,
  { onCoarse: _, ...options }: JobOptions<Scores>,
): Promise<Scores> {
  return Promise.all(
    settings.runners.map(async (runner) => {
      if (runner.hidden) return null
      const { job } = await resolve(settings, runner, axesOfOne(settings.start))
      const found = await classify(engine, job, options)
      const [code, minimum, arrivalStep] = [found.outcome, found.minimum, found.arrivalStep].map(
        ([first]) => first,
      )
      return { outcome: outcomeNames[code], minimum, arrivalStep }
    }),
  )
}

export const sweepResult: ResultSpec<Sweep> = { name: 'sweep', compute: computeSweep }

async function computeSweep(
  engine: Engine,
  settings: Settings,
  { onCoarse: _, ...options }: JobOptions<Sweep>,
): Promise<Sweep> {
  const found = await computeRateOutcomes(engine, settings, options)
  return { ...found, heat: await computeHeat(engine, found.job, found.rates, options) }
}

/** The chosen start under the rule of the first shown runner. */
export async function computeRateOutcomes(
  engine: Engine,
  settings: Settings,
  options: JobOptions,
): Promise<RateOutcomes> {
  const { start } = settings
  const { runner } = leadingRunner(settings)
  const [low, high] = settings.rates.sweep
  const rates = Float32Array.from(
    { length: sweepRates },
    (_, i) => 10 ** (low + ((high - low) * i) / (sweepRates - 1)),
  )
  const { job, points } = await resolve(settings, runner, axesOfRates(rates, start))
  const outcomes = await classify(engine, job, options)
  return { job, rates, outcomes, points }
}

async function computeHeat(
  engine: Engine,
  { objective, runner, steps, start }: OutcomeJob,
  learningRates: Float32Array<ArrayBuffer>,
  options: JobOptions,
): Promise<Sweep['heat']> {
  const starts = Float32Array.from({ length: 2 * learningRates.length }, (_, i) => start[i % 2])
  const stride = Math.ceil(steps / sweepSteps)
  const stop = { kind: 'none', below: 0 } as const
  const job = { objective, runner, stop, steps, stride, starts, learningRates }
  const crowd = await engine.crowd(job, options)
  try {
    const records = evenRecords(crowd.recording, sweepSteps)
    const losses = await crowd.losses(learningRates.length, records)
    return { losses, steps: evenSteps(crowd.recording, records) }
  } finally {
    crowd.dispose()
  }
}

export const crowdsResult: ResultSpec<readonly RunnerMap[]> = {
  name: 'crowds',
  compute: computeCrowds,
}

/**
 * Computes one runner after the other; finished ones come as a coarse result. Each map is small on
 * the screen and has half as many starts a side as the large map of the lens of starts.
 */
async function computeCrowds(
  engine: Engine,
  settings: Settings,
  { onCoarse, onProgress, ...options }: JobOptions<readonly RunnerMap[]>,
): Promise<readonly RunnerMap[]> {
  const shown = settings.runners.flatMap((runner, index) =>
    runner.hidden ? [] : [{ runner, index }],
  )
  const { w, b } = shownView(settings)
  const perSide = Math.max(32, Math.round(settings.map.perSide / 2))
  const axes = [
    { name: 'w', range: [...w, perSide] },
    { name: 'b', range: [...b, perSide] },
  ] as const
  const maps: RunnerMap[] = []
  for (const { runner, index } of shown) {
    const { job } = await resolve(settings, runner, axes)
    const map = await engine.outcomeMap(job, {
      ...options,
      onProgress: (share) => onProgress?.((maps.length + share) / shown.length),
    })
    try {
      maps.push({ index, runner, cells: await map.read(), job })
    } finally {
      map.dispose()
    }
    options.signal?.throwIfAborted()
    onCoarse?.([...maps])
  }
  return maps
}

/** The job of one runner over some axes, and the stationary points that number its minima. */
function resolve(
  settings: Settings,
  { rule, learningRate }: RunnerSettings,
  axes: OutcomeJob['axes'],
) {
  const { start, steps, outcomes: thresholds } = settings
  const runner = { rule, learningRate }
  const question = { objective: objectiveOf(settings), runner, start, steps, thresholds, axes }
  return resolveTargets(question, findStationary)
}
