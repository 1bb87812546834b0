/** Maps of outcomes: where the descents from many starts end. */
import type { Engine, JobOptions, OutcomeMap } from '../../engine/engine'
import type { LossName } from '../../model/loss'
import type { AxisName, OutcomeQuestion } from '../../model/outcomes/outcome'
import { type OutcomeNumbers, outcomeNumbers } from '../../model/outcomes/outcomeNumbers'
import type { StationaryPoints } from '../../model/outcomes/stationaryPoints'
import { resolveTargets } from '../../model/outcomes/targets'
import { findStationary, objectiveOf, type ResultSpec } from '../../results/jobsOf'
import { leadingRunner } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { axesOf } from '../../settings/shown'

/** A map of outcomes, with its cells and numbers once all of it has been read. */
export interface OutcomeResult {
  map: OutcomeMap
  /** The stationary points whose minima the map refers to. */
  points: StationaryPoints
  read: { cells: Float32Array<ArrayBuffer>; numbers: OutcomeNumbers } | null
}

export const outcomesResult = mapResult('outcomes', (loss) => loss)

/** The other loss: between these two, one can have many basins where the other has one. */
export const otherLossResult = mapResult('otherLoss', (loss) =>
  loss === 'crossEntropy' ? 'mean' : 'crossEntropy',
)

function mapResult(
  name: 'outcomes' | 'otherLoss',
  lossOf: (loss: LossName) => LossName,
): ResultSpec<OutcomeResult> {
  const questionOf = (settings: Settings) => mapQuestion(settings, lossOf(settings.loss))
  return {
    name,
    compute: (engine, settings, options) => computeOutcomes(engine, questionOf(settings), options),
    held: ({ map }) => map,
    // Moving the start along an axis of the map does not change the map.
    question: (settings) => JSON.stringify(questionOf(settings)),
  }
}

/** Quantities along an axis do not depend on the chosen start or the runner. */
export function mapQuestion(settings: Settings, loss: LossName): OutcomeQuestion {
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
  question: OutcomeQuestion,
  { onCoarse, ...options }: JobOptions<OutcomeResult>,
): Promise<OutcomeResult> {
  const { job, points } = await resolveTargets(question, findStationary)
  const map = await engine.outcomeMap(job, {
    ...options,
    onCoarse: (partial) => onCoarse?.({ map: partial, points, read: null }),
  })
  // The complete map can be shown before its numbers are known.
  onCoarse?.({ map, points, read: null })
  options.signal?.throwIfAborted()
  const cells = await map.read()
  options.signal?.throwIfAborted()
  const numbers = await outcomeNumbers(cells, map.plane.width, nextTask)
  return { map, points, read: { cells, numbers } }
}

/** Lets the page draw and respond in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
