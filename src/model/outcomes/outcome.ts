/** Where descents end: the job, the classes and what stands in their way. */
import type { Axis } from '../grid'
import type { NeuronSpec } from '../objective'
import type { Runner } from '../rule'

/** The classes in the order of shared code numbers; classify.ts says what each is. */
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

/** The most targets of a job, and the most minima among them; what is beyond is no target. */
export const maxTargets = 16
export const maxMinima = 8

/** What changes along one side of a map; the rest is held at the start and the runner's rate. */
export type AxisName = 'w' | 'b' | 'log10Rate'

export interface OutcomeAxis {
  name: AxisName
  range: Axis
  /**
   * The nodes themselves, as many as the range counts, where they are not evenly spread over it: any
   * rates, or some rows of a larger map.
   */
  nodes?: Float32Array<ArrayBuffer>
}

/** One row: the descents from a start at each of some learning rates. */
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

/** One node: the descent from a start alone. */
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
  /** Of the Hessian; for a minimum, plain descent holds there while rate < 2 / largest. */
  largest: number
  isMinimum: boolean
}

/** Defaults with their reasons stand in the settings. */
export interface Thresholds {
  /** The most that a target's radius is. */
  radius: number
  /** So many last steps have to be within the radius. */
  stay: number
  /** Within so many last steps a rise of the loss counts, and growth is measured. */
  window: number
  /** A rise of the loss from one step to the next counts above this share of the loss. */
  rise: number
  /** |g| below which there is nearly no gradient. */
  plateau: number
  /** How low is low for receding: share of the way from the lowest limit to the best constant. */
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
  /** A loss below this is low enough to be receding; -Infinity where there is no limit. */
  lowLoss: number
  thresholds: Thresholds
}

/** A job for which stationary points have yet to be found: they give its targets and its low loss. */
export type OutcomeQuestion = Omit<OutcomeJob, 'targets' | 'lowLoss'>
