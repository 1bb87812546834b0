/** One step of a descent under the magnifier: everything that the lens of one step shows. */
import type { NeuronSpec } from '../objective'
import { type Aim, directionAt, lookAlong, type Place } from './direction'
import { explainStep, type StepExplanation } from './explainStep'
import { largestDecrease } from './largestDecrease'
import { createLossChange } from './lossChange'

export interface Question {
  objective: NeuronSpec
  place: Place
  /** eta */
  learningRate: number
  /** Degrees of u from g, counter-clockwise from w to b; |u| = |g|, and 180 is descent. */
  angle: number
}

export interface Magnified extends Question {
  step: StepExplanation
  /** The etas of the curves: from half a step backwards to two steps forwards. */
  etas: Float64Array<ArrayBuffer>
  along: LossAlong
  /** The result of largestDecrease along u. */
  largest: number | null
  byAngle: ByAngle
}

const curvePoints = 126

export function magnify(question: Question): Magnified {
  const { objective, place, learningRate, angle } = question
  const aim = { degrees: angle }
  const etas = Float64Array.from(
    { length: curvePoints },
    (_, i) => learningRate * (-0.5 + (2.5 * i) / (curvePoints - 1)),
  )
  return {
    ...question,
    step: explainStep(objective, { ...place, learningRate, direction: aim }),
    etas,
    along: lossAlong(objective, place, aim, etas),
    largest: largestDecrease(objective, place, aim),
    byAngle: changeByAngle(objective, place, learningRate),
  }
}

/**
 * A step of given length in every direction: steepest descent lowers the loss most only while the
 * step is short.
 */
export interface ByAngle {
  /** change[k] = L(theta + eta u) - L(theta) with u at 360 k / count degrees from g. */
  change: Float64Array<ArrayBuffer>
  /** eta u . g = eta |g|^2 cos(angle) */
  firstOrder: Float64Array<ArrayBuffer>
  /**
   * The angle whose step lowers the loss most, a multiple of 360 / count in [0, 360). Short steps give
   * 180. Null if the gradient is zero, because all steps are zero then.
   */
  best: number | null
}

/** Tries all directions at learning rate eta, which is rounded to f32 once, like the place. */
export function changeByAngle(
  spec: NeuronSpec,
  place: Place,
  learningRate: number,
  count = 360,
): ByAngle {
  const { gradient } = lookAlong(spec, place)
  const eta = Math.fround(learningRate)
  const changeBy = createLossChange(spec, place.w, place.b)
  const change = new Float64Array(count)
  const firstOrder = new Float64Array(count)
  let best = 0
  for (let k = 0; k < count; k++) {
    const degrees = (360 * k) / count
    const [u, v] = directionAt(gradient, degrees)
    change[k] = changeBy(eta * u, eta * v)
    firstOrder[k] = eta * (u * gradient[0] + v * gradient[1])
    if (change[k] < change[best]) best = k
  }
  const hasGradient = gradient[0] !== 0 || gradient[1] !== 0
  return { change, firstOrder, best: hasGradient ? (360 * best) / count : null }
}

/** The loss along a line through a place and its Taylor polynomials there, for each eta. */
export interface LossAlong {
  /** L(theta + eta u) - L(theta), in the forms of lossChange.ts */
  change: Float64Array<ArrayBuffer>
  /** eta u . g */
  firstOrder: Float64Array<ArrayBuffer>
  /** 1/2 eta^2 u^T H u */
  secondOrder: Float64Array<ArrayBuffer>
}

/**
 * @param aim -g if it is undefined
 * @param etas used without rounding, in f64; negative ones look backwards
 */
export function lossAlong(
  spec: NeuronSpec,
  place: Place,
  aim: Aim | undefined,
  etas: Float64Array,
): LossAlong {
  const { direction, slope, curvature } = lookAlong(spec, place, aim)
  const changeBy = createLossChange(spec, place.w, place.b)
  return {
    change: Float64Array.from(etas, (eta) => changeBy(eta * direction[0], eta * direction[1])),
    firstOrder: Float64Array.from(etas, (eta) => eta * slope),
    secondOrder: Float64Array.from(etas, (eta) => 0.5 * eta * eta * curvature),
  }
}
