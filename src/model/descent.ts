/** The loop of gradient descent: initialise (w, b), update until satisfied, keep the path. */
import { createObjective, type Objective, type ObjectiveSpec, termCount } from './objective'
import { type Recording, recordCount } from './recording'
import { createRule, type Rule, type Runner } from './rule'

/**
 * "Till satisfied". A descent whose |g| or loss at its current place is below the threshold takes
 * no further step: it stays there for the rest of its records.
 */
export interface StopRule {
  kind: 'none' | 'gradient' | 'loss'
  below: number
}

export interface DescentJob {
  objective: ObjectiveSpec
  runner: Runner
  stop: StopRule
  steps: number
  /** Steps between two records; an engine may have to enlarge it, and its result then says so. */
  stride: number
  /** starts[2 i], starts[2 i + 1] = (w, b) of trajectory i */
  starts: Float32Array<ArrayBuffer>
  /** A learning rate for each trajectory, instead of the runner's. */
  learningRates?: Float32Array<ArrayBuffer>
}

/** states[i * stateSize + k]: (w, b) of each start, and zeros for what a rule carries along. */
export function beginnings(
  starts: Float32Array<ArrayBuffer>,
  stateSize: number,
): Float32Array<ArrayBuffer> {
  if (stateSize === 2) return starts
  const states = new Float32Array((starts.length / 2) * stateSize)
  for (let i = 0; i < starts.length / 2; i++) {
    states[i * stateSize] = starts[2 * i]
    states[i * stateSize + 1] = starts[2 * i + 1]
  }
  return states
}

/** One descent that can continue from any state. All in f64, from f32-rounded inputs. */
export class Descent {
  readonly objective: Objective
  readonly rule: Rule
  readonly learningRate: number
  private readonly stop: StopRule
  private readonly gradient = new Float64Array(2)

  constructor(job: Omit<DescentJob, 'starts' | 'stride' | 'learningRates'>) {
    this.objective = createObjective(job.objective)
    this.rule = createRule(job.runner.rule, termCount(job.objective), job.steps)
    this.learningRate = Math.fround(job.runner.learningRate)
    this.stop = { kind: job.stop.kind, below: Math.fround(job.stop.below) }
  }

  /** Advances `state` in place by `count` steps, or fewer if the stop rule is satisfied. */
  advance(
    state: Float64Array,
    count: number,
    firstStep: number,
    learningRate = this.learningRate,
  ): void {
    const { objective, rule, gradient } = this
    for (let i = 0; i < count; i++) {
      objective.gradient(state[0], state[1], gradient)
      if (this.isSatisfied(state)) return
      rule.takeStep(state, gradient, learningRate, objective, firstStep + i)
    }
  }

  private isSatisfied(state: Float64Array): boolean {
    const { kind, below } = this.stop
    if (kind === 'none') return false
    if (kind === 'loss') return this.objective.loss(state[0], state[1]) < below
    return Math.hypot(this.gradient[0], this.gradient[1]) < below
  }
}

/**
 * Oracle for all trajectories of a job.
 * Result: positions[(record * trajectories + trajectory) * 2 + k], k = 0: w, 1: b. It is kept in
 * f64, because a step between two records is recomputed from the record before it, which is exact
 * only if that record is unrounded.
 */
export function descend(job: DescentJob): Float64Array<ArrayBuffer> {
  const descent = new Descent(job)
  const recording: Recording = job
  const trajectories = job.starts.length / 2
  const records = recordCount(recording)
  const positions = new Float64Array(records * trajectories * 2)
  const state = new Float64Array(descent.rule.stateSize)
  for (let i = 0; i < trajectories; i++) {
    state.fill(0)
    state[0] = job.starts[i * 2]
    state[1] = job.starts[i * 2 + 1]
    for (let record = 0; record < records; record++) {
      const at = (record * trajectories + i) * 2
      positions[at] = state[0]
      positions[at + 1] = state[1]
      const step = record * job.stride
      descent.advance(state, Math.min(job.stride, job.steps - step), step, job.learningRates?.[i])
    }
  }
  return positions
}
