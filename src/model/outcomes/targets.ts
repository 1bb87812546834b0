/** Turns stationary points into targets for the classes of outcomes. */
import { createObjective, type NeuronSpec, roundSamples, type Sample } from '../objective'
import {
  maxMinima,
  maxTargets,
  type OutcomeJob,
  type OutcomeQuestion,
  type Target,
  type Thresholds,
} from './outcome'
import type { StationaryPoint, StationaryPoints } from './stationaryPoints'

/**
 * Minima, then saddles, each with radius min(threshold, a quarter of the distance to the nearest
 * other one), rounded to f32 once. If there are more than 8 minima, those with the lowest losses
 * count. A line of minima (all x equal) gives none: descents to it are moving or on a plateau.
 */
export function targetsOf(
  { minima, saddles }: StationaryPoints,
  { radius }: Pick<Thresholds, 'radius'>,
): Target[] {
  const all = [...minima, ...saddles]
  const target = (point: StationaryPoint, isMinimum: boolean): Target => {
    const gaps = all.map(({ w, b }) => Math.hypot(w - point.w, b - point.b))
    const nearest = Math.min(...gaps.filter((gap) => gap > 0))
    return {
      w: Math.fround(point.w),
      b: Math.fround(point.b),
      radius: Math.fround(Math.min(radius, nearest / 4)),
      largest: Math.fround(point.eigenvalues[1]),
      isMinimum,
    }
  }
  return [
    ...minima.slice(0, maxMinima).map((point) => target(point, true)),
    ...saddles.map((point) => target(point, false)),
  ].slice(0, maxTargets)
}

/**
 * The loss below which a descent that still goes outwards is receding:
 * limit + share (constant - limit), with the lowest limit at infinity and the loss of the best
 * constant prediction, the mean of the labels; that loss itself if the limit is -Infinity.
 * -Infinity if the loss has its lowest value at a minimum.
 */
export function lowLoss(
  spec: NeuronSpec,
  { limits, fallsForEver }: StationaryPoints,
  share: number,
): number {
  if (!fallsForEver) return Number.NEGATIVE_INFINITY
  const samples = roundSamples(spec.samples)
  const mean = samples.reduce((sum, [, y]) => sum + y, 0) / samples.length
  // Just inside (0, 1), because the constants 0 and 1 are limits themselves.
  const constant = Math.min(1 - 1e-6, Math.max(1e-6, mean))
  const best = createObjective(spec).loss(0, Math.log(constant / (1 - constant)))
  const [{ loss }] = limits
  // A share of an endless fall would be endless as well.
  return loss === Number.NEGATIVE_INFINITY ? best : loss + share * (best - loss)
}

/** Data within this distance from the origin leave the threshold of the radius as it is. */
const nearData = 10

/**
 * The radius of a target for these data: where x is large, a small change of w changes every
 * prediction. Within r, z = w x + b changes by at most r sqrt(x^2 + 1), and the prediction by a
 * quarter of that; this radius keeps it below 2.5 times the threshold.
 */
export function radiusFor(samples: readonly Sample[], radius: number): number {
  const farthest = Math.max(...samples.map(([x]) => Math.hypot(x, 1)))
  return radius * Math.min(1, nearData / farthest)
}

/** A job: the question, completed by the stationary points. */
export function withTargets(question: OutcomeQuestion, points: StationaryPoints): OutcomeJob {
  const { objective, thresholds } = question
  return {
    ...question,
    targets: targetsOf(points, { radius: radiusFor(objective.samples, thresholds.radius) }),
    lowLoss: lowLoss(objective, points, thresholds.receding),
  }
}

/**
 * The job that a question means, and the stationary points that its minima are numbered by.
 *
 * @param find findStationaryPoints, or the same in a worker
 */
export async function resolveTargets(
  question: OutcomeQuestion,
  find: (objective: NeuronSpec) => StationaryPoints | Promise<StationaryPoints>,
): Promise<{ job: OutcomeJob; points: StationaryPoints }> {
  const points = await find(question.objective)
  return { job: withTargets(question, points), points }
}
