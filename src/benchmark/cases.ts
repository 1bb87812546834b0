/** The cases of the benchmark: the jobs, how they are timed, and how their numbers are checked. */

import { counted, formatCount } from '../display/numbers'
import { classify } from '../engine/derivedResults'
import type { Crowd, Engine } from '../engine/engine'
import type { DescentJob } from '../model/descent'
import { activate } from '../model/neuron'
import type { NeuronSpec, Sample } from '../model/objective'
import { classifyRows, rowsOfMap } from '../model/outcomes/classify'
import type { OutcomeJob } from '../model/outcomes/outcome'
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { withTargets } from '../model/outcomes/targets'
import { uniform } from '../model/pcg'
import { evenRecords } from '../model/recording'
import type { RuleName } from '../model/rule'
import { placeStarts } from '../model/starts'
import { checkSteps } from '../results/oracleCheck'
import { defaultLearningRate, defaultRule } from '../settings/rules'
import { defaults } from '../settings/settings'

/** The finding when some of the numbers are recomputed in 64 bits. */
export interface CaseCheck {
  isOk: boolean
  sentence: string
}

export interface BenchmarkCase {
  name: string
  /** The name of what is counted, in the plural. */
  unit: 'steps' | 'frames'
  /** How much is tried first, and the most: both in `unit`. */
  least: number
  most: number
  /** Does about `amount` of the work, and resolves with what it was when it has been done. */
  run(engine: Engine, amount: number, signal: AbortSignal): Promise<number>
  check(engine: Engine, signal: AbortSignal): Promise<CaseCheck>
  /** Gives back what `run` keeps from one call to the next. */
  dispose?(): void
}

/** How large the cases are. */
export interface Sizes {
  /** Descents that are timed together. */
  descents: number
  /** Nodes along each side of the map. */
  map: number
  /** Descents that are moved frame by frame. */
  live: number
}

/** Enough to fill a large GPU; a processor would take minutes for it. */
export const sizesFor: Readonly<Record<Engine['kind'], Sizes>> = {
  gpu: { descents: 2 ** 18, map: 1024, live: 2 ** 20 },
  cpu: { descents: 2 ** 14, map: 256, live: 2 ** 17 },
}

const seed = 1
const { w, b } = defaults.view
const mapSteps = 300

/** Descents that are recomputed, and at how many of their steps. */
const checkedDescents = 64
const checkedSteps = 8

/** The most steps of one descent, which a fast GPU makes in a second or so. */
const mostSteps = 2 ** 22

const fivePoints: NeuronSpec = { kind: 'neuron', samples: defaults.samples, loss: 'mean' }

/** Labels of a neuron with w = 2 and b = -3, give or take 0.1. */
function manyPoints(count: number): NeuronSpec {
  const samples = Array.from({ length: count }, (_, i): Sample => {
    const x = (5 * i) / (count - 1)
    const noise = 0.2 * uniform(seed, i) - 0.1
    return [x, Math.min(1, Math.max(0, activate(2 * x - 3).value + noise))]
  })
  return { ...fivePoints, samples }
}

/** Descents from random places over the view. */
function descentJob(objective: NeuronSpec, rule: RuleName, count: number): DescentJob {
  const perSide = Math.ceil(Math.sqrt(count))
  const starts = { ...defaults.starts, arrangement: 'random', perSide, seed } as const
  return {
    objective,
    runner: {
      rule: defaultRule(rule),
      learningRate: defaultLearningRate(rule, objective.loss, objective.samples.length),
    },
    stop: { kind: 'none', below: 0 },
    steps: 100,
    stride: 1,
    starts: placeStarts(starts, w, b, defaults.start).slice(0, 2 * count),
  }
}

/** Nothing but descents: steps of a trajectory a second. */
function descents(
  name: string,
  objective: NeuronSpec,
  rule: RuleName,
  count: number,
): BenchmarkCase {
  const job = descentJob(objective, rule, count)
  return {
    name,
    unit: 'steps',
    least: count,
    most: count * mostSteps,
    async run(engine, amount, signal) {
      const steps = Math.max(1, Math.round(amount / count))
      // Only the start and the end are recorded: the steps are to be timed, not the memory.
      const crowd = await engine.crowd({ ...job, steps, stride: steps }, { signal })
      crowd.dispose()
      return count * steps
    },
    async check(engine, signal) {
      const starts = job.starts.slice(0, 2 * checkedDescents)
      const crowd = await engine.crowd({ ...job, starts }, { signal })
      try {
        return await stepCheck(crowd)
      } finally {
        crowd.dispose()
      }
    },
  }
}

/** Recomputes steps of the first descents, at some of all steps. */
async function stepCheck(crowd: Crowd): Promise<CaseCheck> {
  const found = { count: 0, worst: 0 }
  for (let i = 0; i < checkedSteps; i++) {
    const { count, worst } = await checkSteps(crowd, i)
    found.count += count
    found.worst = Math.max(found.worst, worst)
  }
  const isOk = found.worst <= 1
  const range = isOk ? 'within' : 'not within'
  return {
    isOk,
    sentence: `${counted(found.count, 'step')} recomputed in 64 bits: ${range} the permitted intervals`,
  }
}

/** Classifies the descents from all nodes; those that are left early count in full. */
function map(side: number): BenchmarkCase {
  const jobOf = (nodes: number): OutcomeJob =>
    withTargets(
      {
        objective: fivePoints,
        runner: { rule: defaultRule('gradientDescent'), learningRate: 10 },
        steps: mapSteps,
        axes: [
          { name: 'w', range: [...w, nodes] },
          { name: 'b', range: [...b, nodes] },
        ],
        start: defaults.start,
        thresholds: defaults.outcomes,
      },
      findStationaryPoints(fivePoints),
    )
  const stepsOf = (nodes: number) => nodes * nodes * mapSteps
  const least = Math.min(64, side)
  return {
    name: `Map of ${formatCount(side)} × ${formatCount(side)} starts`,
    unit: 'steps',
    least: stepsOf(least),
    most: stepsOf(side),
    async run(engine, amount, signal) {
      // All of it or hardly anything: a part would not tell how the whole fits.
      const nodes = amount > stepsOf(least) ? side : least
      const made = await engine.outcomeMap(jobOf(nodes), { signal })
      made.dispose()
      return stepsOf(nodes)
    },
    async check(engine, signal) {
      const row = Math.floor(uniform(seed, 0) * side)
      const job = rowsOfMap(jobOf(side), row, row + 1)
      const { outcome, minimum } = await classify(engine, job, { signal })
      const exact = classifyRows(job, 0, 1)
      const same = outcome.filter(
        (code, i) => code === exact[4 * i] && minimum[i] === exact[4 * i + 1],
      ).length
      // Near a boundary, the last bit of 32 decides where a descent ends.
      const isOk = same >= 0.95 * side
      return { isOk, sentence: `${formatCount(same)} of ${formatCount(side)} ends as in 64 bits` }
    },
  }
}

/** All descents one step further and their glow anew, which is what playing asks of the engine. */
function live(count: number): BenchmarkCase {
  const job = descentJob(fivePoints, 'gradientDescent', count)
  let crowd: Crowd | null = null
  let step = 0
  const made = async (engine: Engine, signal: AbortSignal) => {
    crowd ??= await engine.crowd(job, { signal })
    return crowd
  }
  return {
    name: `${formatCount(count)} descents, live`,
    unit: 'frames',
    least: 1,
    most: 2000,
    async run(engine, amount, signal) {
      const shown = await made(engine, signal)
      const frames = Math.max(1, Math.round(amount))
      for (let frame = 0; frame < frames; frame++) {
        step = (step + 1) % (job.steps + 1)
        await shown.seek(step)
        shown.density({ w, b })
        signal.throwIfAborted()
      }
      // Reading one number waits for all that has been submitted.
      await shown.losses(1, evenRecords(shown.recording, 2))
      return frames
    },
    check: async (engine, signal) => stepCheck(await made(engine, signal)),
    dispose() {
      crowd?.dispose()
      crowd = null
    },
  }
}

export function benchmarkCases({ descents: count, map: side, live: all }: Sizes): BenchmarkCase[] {
  return [
    descents('Gradient descent, 5 points', fivePoints, 'gradientDescent', count),
    descents('Adam, 5 points', fivePoints, 'adam', count),
    descents('Gradient descent, 1,024 points', manyPoints(1024), 'gradientDescent', count),
    map(side),
    live(all),
  ]
}
