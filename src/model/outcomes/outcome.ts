/** Outcomes of descents: the job, the classes and the targets on the way. */
import type { Axis } from '../grid'
import type { NeuronSpec } from '../objective'
import type { Runner } from '../rule'

/** The classes in the order of their shared code numbers; classify.ts explains each. */
export const outcomeCodes = {
  minimum: 0,
  plateau: 1,
  oscillating: 2,
  moving: 3,
  diverged: 4,
  receding: 5,
  stationary: 6,
  frozen: 7,
} as const

export type OutcomeName = keyof typeof outcomeCodes

/** outcomeNames[code] is the name of a class. */
export const outcomeNames = Object.keys(outcomeCodes) as OutcomeName[]

/** Stands for "no minimum" and "no arrival". */
export const noMinimum = 255
export const noArrival = 0xffffffff

/** The most targets of a job, and the most minima among them; any others are ignored. */
export const maxTargets = 16
export const maxMinima = 8

/** The quantity along one side of a map; others are fixed at the start and the runner's rate. */
export type AxisName = 'w' | 'b' | 'log10Rate'

export interface OutcomeAxis {
  name: AxisName
  range: Axis
  /**
   * The nodes themselves, as many as the range counts, if they are not evenly spread over it: any
   * rates, or some rows of a larger map.
   */
  nodes?: Float32Array<ArrayBuffer>
}

/** One row: the descents from a start at each of several learning rates. */
export function axesOfRates(
  rates: Float32Array<ArrayBuffer>,
  start: readonly [w: number, b: number],
): OutcomeJob['axes'] {
  const { length } = rates
  const ends = [rates[0], rates[length - 1]].map(Math.log10)
  return [
    { name: 'log10Rate', range: [ends[0], ends[1], length], nodes: rates },
    { name: 'b', range: [start[1], start[1], 1] },
  ]
}

/** One node: a single descent from a start. */
export function axesOfOne([w, b]: readonly [w: number, b: number]): OutcomeJob['axes'] {
  return [
    { name: 'w', range: [w, w, 1] },
    { name: 'b', range: [b, b, 1] },
  ]
}

/** A stationary point, as a class needs it. */
export interface Target {
  w: number
  b: number
  /** Within this distance a descent counts as there. */
  radius: number
  /** Largest eigenvalue of the Hessian; plain descent holds at a minimum if rate < 2 / largest. */
  largest: number
  isMinimum: boolean
}

/** The settings give defaults with their reasons. */
export interface Thresholds {
  /** The largest radius of a target. */
  radius: number
  /** The number of last steps that must be within the radius. */
  stay: number
  /** The number of last steps in which a rise of the loss counts, and growth is measured. */
  window: number
  /** A rise of the loss from one step to the next counts above this share of the loss. */
  rise: number
  /** |g| below which there is hardly any gradient. */
  plateau: number
  /** The low loss of receding, as a share of the way from the lowest limit to the best constant. */
  receding: number
}

export interface OutcomeJob {
  objective: NeuronSpec
  runner: Runner
  steps: number
  /** Columns, then rows; two different ones. Row 0 is the smallest. */
  axes: readonly [columns: OutcomeAxis, rows: OutcomeAxis]
  start: readonly [w: number, b: number]
  /** Minima first, in their order. */
  targets: readonly Target[]
  /** A loss below this is low enough to be receding; -Infinity if there is no limit. */
  lowLoss: number
  thresholds: Thresholds
}

/** A job without the stationary points, which will give its targets and its low loss. */
export type OutcomeQuestion = Omit<OutcomeJob, 'targets' | 'lowLoss'>
