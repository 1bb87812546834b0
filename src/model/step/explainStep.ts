/** One step under the magnifier: the promise of Taylor's theorem, and the actual change. */
import { losses } from '../loss'
import { activate } from '../neuron'
import { type Hessian, type NeuronSpec, roundSamples, type Sample } from '../objective'
import { type Aim, type Direction, lookAlong, type Place } from './direction'
import { createLossChange } from './lossChange'

/** A step from (w, b) to (w, b) + eta u; the direction u is -g by default. */
export interface Step extends Place {
  direction?: Aim
  /** eta */
  learningRate: number
}

/** The contribution of one sample. */
export interface SampleTerm {
  x: number
  y: number
  /** w x + b */
  z: number
  /** f = sigmoid(z) */
  prediction: number
  /** f - y */
  error: number
  /** f (1 - f) */
  slope: number
  /** Its shares of the gradient, with the factor of the loss; over all samples they sum to it. */
  dw: number
  db: number
}

export interface StepExplanation {
  /** Before the step. */
  loss: number
  gradient: Direction
  hessian: Hessian
  /** eta u . g */
  firstOrder: number
  /** 1/2 eta^2 u^T H u */
  secondOrder: number
  /** L(theta + eta u) - L(theta), in the forms of lossChange.ts */
  actual: number
  /** actual - firstOrder - secondOrder: of order eta^3 */
  remainder: number
  /** Degrees between u and g, in [0, 180]; 180 is steepest descent. */
  angle: number
  /** In the order of the samples. */
  terms: SampleTerm[]
}

/** Samples, w, b, learning rate and a given direction are rounded to f32 once; the rest is f64. */
export function explainStep(spec: NeuronSpec, step: Step): StepExplanation {
  const { w, b, direction: given } = step
  const { loss, gradient, hessian, direction, slope, curvature } = lookAlong(spec, step, given)
  const eta = Math.fround(step.learningRate)
  const firstOrder = eta * slope
  const secondOrder = 0.5 * eta * eta * curvature
  const actual = createLossChange(spec, w, b)(eta * direction[0], eta * direction[1])
  return {
    loss,
    gradient,
    hessian,
    firstOrder,
    secondOrder,
    actual,
    remainder: actual - firstOrder - secondOrder,
    angle: degreesBetween(direction, gradient),
    terms: termsOf(spec, Math.fround(w), Math.fround(b)),
  }
}

/**
 * atan2(|u x g|, u . g), because arc cosine loses half of the digits near 0 and 180. It is 90 if u
 * or g is zero: there is no angle, and the first-order term, |u| |g| cos(angle), is 0 either way.
 */
function degreesBetween(u: Direction, g: Direction): number {
  const lengths = [Math.hypot(...u), Math.hypot(...g)]
  if (lengths.includes(0)) return 90
  // Normalised first, because products of tiny gradients would vanish.
  const [uw, ub] = u.map((part) => part / lengths[0])
  const [gw, gb] = g.map((part) => part / lengths[1])
  return (Math.atan2(Math.abs(uw * gb - ub * gw), uw * gw + ub * gb) * 180) / Math.PI
}

function termsOf({ samples, loss }: NeuronSpec, w: number, b: number): SampleTerm[] {
  const { gradientTerm, gradientScale } = losses[loss]
  const scale = gradientScale(samples.length)
  return roundSamples(samples).map(([x, y]: Sample) => {
    const activation = activate(w * x + b)
    const { z, value, slope } = activation
    const db = scale * gradientTerm(activation, y)
    return { x, y, z, prediction: value, error: value - y, slope, dw: db * x, db }
  })
}
