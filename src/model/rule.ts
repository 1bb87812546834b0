/** Update rules: how a descent gets from one (w, b) to the next. Plain JSON names them in jobs. */
import type { Objective } from './objective'
import * as adagrad from './rules/adagrad'
import * as adam from './rules/adam'
import * as gradientDescent from './rules/gradientDescent'
import * as miniBatch from './rules/miniBatch'
import * as momentum from './rules/momentum'
import * as nesterov from './rules/nesterov'
import * as newton from './rules/newton'
import * as rmsprop from './rules/rmsprop'
import { decayOf } from './rules/squares'
import { type Schedule, scheduleFactor } from './schedule'

export interface GradientDescent {
  name: 'gradientDescent'
}

/** A rule, its parameters, and the schedule of its learning rate, constant by default. */
export type RuleSpec = (
  | GradientDescent
  | momentum.Momentum
  | nesterov.Nesterov
  | adagrad.Adagrad
  | rmsprop.Rmsprop
  | adam.Adam
  | miniBatch.Stochastic
  | miniBatch.MiniBatch
  | newton.Newton
) & { schedule?: Schedule }

export type RuleName = RuleSpec['name']

/** One rule at one learning rate. */
export interface Runner {
  rule: RuleSpec
  learningRate: number
}

export interface Rule {
  /** Length of a state: theta = (w, b) first, then what the rule carries along, 0 at first. */
  stateSize: number
  /**
   * Takes step number `step` (from 0), in place, with the schedule applied. On entry `gradient`
   * holds the gradient at theta, because the stop rule also needs it; a rule that needs another one
   * overwrites it.
   */
  takeStep(
    state: Float64Array,
    gradient: Float64Array,
    learningRate: number,
    objective: Objective,
    step: number,
  ): void
}

/**
 * A rule with its parameters, each rounded to f32 once; `sampleCount` is that of its objective.
 *
 * @param steps of the whole descent, at the end of which the cosine schedule ends
 */
export function createRule(spec: RuleSpec, sampleCount: number, steps: number): Rule {
  const rule = createSteadyRule(spec, sampleCount)
  const { schedule } = spec
  if (!schedule || schedule.kind === 'constant') return rule
  return {
    stateSize: rule.stateSize,
    takeStep: (state, gradient, rate, objective, step) => {
      const scheduled = rate * scheduleFactor(schedule, step, steps)
      rule.takeStep(state, gradient, scheduled, objective, step)
    },
  }
}

function createSteadyRule(spec: RuleSpec, sampleCount: number): Rule {
  switch (spec.name) {
    case 'gradientDescent':
      return { stateSize: 2, takeStep: gradientDescent.takeStep }
    case 'momentum': {
      const gamma = Math.fround(spec.gamma)
      return {
        stateSize: 4,
        takeStep: (state, g, rate) => momentum.takeStep(state, g, rate, gamma),
      }
    }
    case 'nesterov': {
      const gamma = Math.fround(spec.gamma)
      return {
        stateSize: 4,
        takeStep: (state, g, rate, objective) =>
          nesterov.takeStep(state, g, rate, gamma, objective),
      }
    }
    case 'adagrad': {
      const epsilon = Math.fround(spec.epsilon)
      return {
        stateSize: 4,
        takeStep: (state, g, rate) => adagrad.takeStep(state, g, rate, epsilon),
      }
    }
    case 'rmsprop': {
      const [decay, epsilon] = [decayOf(spec.beta), Math.fround(spec.epsilon)]
      return {
        stateSize: 4,
        takeStep: (state, g, rate) => rmsprop.takeStep(state, g, rate, decay, epsilon),
      }
    }
    case 'adam': {
      const [first, second] = [decayOf(spec.beta1), decayOf(spec.beta2)]
      const epsilon = Math.fround(spec.epsilon)
      return {
        stateSize: 8,
        takeStep: (state, g, rate) => adam.takeStep(state, g, rate, first, second, epsilon),
      }
    }
    case 'stochastic':
    case 'miniBatch': {
      const batchAt = miniBatch.createBatches(sampleCount, batchSizeOf(spec), spec)
      return {
        stateSize: 2,
        takeStep: (state, g, rate, objective, step) =>
          miniBatch.takeStep(state, g, rate, batchAt(step), objective),
      }
    }
    case 'newton': {
      const damping = Math.fround(spec.damping)
      return {
        stateSize: 2,
        takeStep: (state, g, rate, objective) =>
          newton.takeStep(state, g, rate, damping, objective),
      }
    }
  }
}

/** Length of a rule's state. */
export function stateSizeOf(spec: RuleSpec): number {
  return createSteadyRule(spec, 1).stateSize
}

type BatchRule = Extract<RuleSpec, miniBatch.PointOrder>

/** Whether a rule takes some points at a time. */
export function isByBatches(spec: RuleSpec): spec is BatchRule {
  return 'order' in spec
}

export function batchSizeOf(spec: BatchRule): number {
  return 'batchSize' in spec ? spec.batchSize : 1
}

/** Steps after which a rule has seen every point: 1 unless it takes some at a time. */
export function stepsInEpoch(spec: RuleSpec, sampleCount: number): number {
  return isByBatches(spec) ? Math.ceil(sampleCount / batchSizeOf(spec)) : 1
}

/**
 * The learning rate below which descent holds at a minimum with this largest Hessian eigenvalue;
 * null for rules without such a limit of their own: adaptive and stochastic ones, Newton.
 */
export function stabilityLimit(spec: RuleSpec, largest: number): number | null {
  switch (spec.name) {
    case 'gradientDescent':
      return 2 / largest
    case 'momentum':
      return (2 * (1 + spec.gamma)) / largest
    case 'nesterov':
      return (2 * (1 + spec.gamma)) / ((1 + 2 * spec.gamma) * largest)
    default:
      return null
  }
}
