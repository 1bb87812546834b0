/** The live check: the oracle recomputes some of the cells and steps that are shown. */
import type { Crowd, Surface } from '../engine/engine'
import { gridNode } from '../model/grid'
import { createObjective, type Objective, termCount } from '../model/objective'
import { uniform } from '../model/pcg'
import { createObjectiveInterval, errorRatio } from '../model/permitted/objectiveInterval'
import { stateIntervals } from '../model/permitted/ruleIntervals'
import { createRule } from '../model/rule'

export interface OracleCheck {
  /** Largest error, in half-widths of the permitted interval: below 1 is right. */
  worst: number
  /** Says what was compared. */
  sentence: string
}

/** Most cells and steps to compare, and fewer with many samples: some 5 ms in all. */
const mostCompared = 64
const mostTerms = 1000

function comparedAtOnce(terms: number): number {
  return Math.max(1, Math.min(mostCompared, Math.floor(mostTerms / terms)))
}

/** `seed` chooses the row of the surface, its cells, and the step of the crowd. */
export async function checkByOracle(
  surface: Surface,
  crowd: Crowd | null,
  seed: number,
): Promise<OracleCheck> {
  const cells = await checkCells(surface, seed)
  const steps = crowd ? await checkSteps(crowd, seed) : { count: 0, worst: 0 }
  return {
    worst: Math.max(cells.worst, steps.worst),
    sentence: `${cells.count} cells and ${steps.count} steps recomputed in 64-bit floats.`,
  }
}

interface Compared {
  count: number
  worst: number
}

async function checkCells(surface: Surface, seed: number): Promise<Compared> {
  const { job } = surface
  const [columns, rows] = [job.w[2], job.b[2]]
  const row = Math.floor(uniform(seed, 0) * rows)
  const cells = await surface.readRows(row, row + 1)
  const objective = createObjective(job.objective)
  const permitted = createObjectiveInterval(job.objective)
  const gradient = new Float64Array(2)
  const b = gridNode(job.b, row)
  const count = comparedAtOnce(termCount(job.objective))
  let worst = 0
  for (let i = 1; i <= count; i++) {
    const column = Math.floor(uniform(seed, i) * columns)
    const w = gridNode(job.w, column)
    const [loss, dw, db] = cells.subarray(column * 4)
    objective.gradient(w, b, gradient)
    const slopes = permitted.gradient(w, b)
    worst = Math.max(
      worst,
      errorRatio(loss, objective.loss(w, b), permitted.loss(w, b)),
      errorRatio(dw, gradient[0], slopes[0]),
      errorRatio(db, gradient[1], slopes[1]),
    )
  }
  return { count, worst }
}

/** Carries some of the crowd's own states one step on, at a step that the seed chooses. */
export async function checkSteps(crowd: Crowd, seed: number): Promise<Compared> {
  const { job } = crowd
  const objective = createObjective(job.objective)
  const { rule: spec } = job.runner
  const permitted = stateIntervals(spec, job.objective, job.runner.learningRate, job.steps)
  const rule = createRule(job.runner.rule, termCount(job.objective), job.steps)
  const learningRate = Math.fround(job.runner.learningRate)
  const gradient = new Float64Array(2)
  const count = Math.min(crowd.finished, comparedAtOnce(termCount(job.objective)))
  const step = Math.floor(uniform(seed, mostCompared + 1) * job.steps)
  const { before, after } = await crowd.stepPair(step, count)
  const size = rule.stateSize
  const state = new Float64Array(size)
  let worst = 0
  for (let i = 0; i < count * size; i += size) {
    state.set(before.subarray(i, i + size))
    const [w, b] = state
    objective.gradient(w, b, gradient)
    const rests = state.every((value, k) => after[i + k] === value)
    if (rests && mayRest(crowd, objective, gradient, w, b)) continue
    const intervals = permitted(state, step)
    rule.takeStep(state, gradient, learningRate, objective, step)
    intervals.forEach((interval, k) => {
      worst = Math.max(worst, errorRatio(after[i + k], state[k], interval))
    })
  }
  return { count, worst }
}

/** Whether the stop rule lets a descent rest here, give or take rounding. */
function mayRest(
  { job }: Crowd,
  objective: Objective,
  gradient: Float64Array,
  w: number,
  b: number,
): boolean {
  const { kind, below } = job.stop
  if (kind === 'none') return false
  const measure = kind === 'loss' ? objective.loss(w, b) : Math.hypot(gradient[0], gradient[1])
  return measure < below * (1 + 1e-5)
}
