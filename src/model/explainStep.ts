/**
 * One step under the magnifier: what the Taylor series says that it does to the loss, and what it
 * does. In f64 from inputs that are rounded to f32 once.
 */
import { type LossName, losses } from './loss'
import { activate, softplus } from './neuron'
import { createObjective, type Hessian, type ObjectiveSpec, roundSamples } from './objective'

export interface StepRequest {
  objective: ObjectiveSpec
  place: readonly [w: number, b: number]
  /** u, not normalised; the step is eta u. Left out it is -g, as descent takes it. */
  direction?: readonly [w: number, b: number]
  /** eta */
  learningRate: number
}

/** The share of one data point in the gradient, as the chain rule puts it together. */
export interface PointTerm {
  x: number
  y: number
  /** w x + b */
  z: number
  /** f(z) */
  prediction: number
  /** f - y */
  error: number
  /** f (1 - f) */
  slope: number
  /** The sums over all points are dL/dw and dL/db: the factor of the loss is in them. */
  dw: number
  db: number
}

export interface StepExplanation {
  loss: number
  gradient: readonly [dw: number, db: number]
  hessian: Hessian
  /** eta u.g */
  firstOrder: number
  /** 1/2 eta^2 u^T H u */
  secondOrder: number
  /** L(theta + eta u) - L(theta), never as a difference of two losses. */
  actual: number
  /** Between u and g in degrees, 0 to 180: descent is at 180; 0 where one of them is none. */
  angle: number
  terms: readonly PointTerm[]
}

export function explainStep(request: StepRequest): StepExplanation {
  const { objective: spec } = request
  const [w, b] = request.place.map(Math.fround)
  const rate = Math.fround(request.learningRate)
  const objective = createObjective(spec)
  const out = new Float64Array(2)
  objective.gradient(w, b, out)
  const [dw, db] = out
  const [uw, ub] = request.direction?.map(Math.fround) ?? [-dw, -db]
  const hessian = objective.hessian(w, b)
  const along = uw * dw + ub * db
  const bend = hessian.ww * uw * uw + 2 * hessian.wb * uw * ub + hessian.bb * ub * ub
  return {
    loss: objective.loss(w, b),
    gradient: [dw, db],
    hessian,
    firstOrder: rate * along,
    secondOrder: (rate * rate * bend) / 2,
    actual: lossChange(spec, [w, b], [rate * uw, rate * ub]),
    // + 0, as the angle of a -0 would be 180.
    angle: (Math.atan2(Math.abs(uw * db - ub * dw), along + 0) * 180) / Math.PI,
    terms: termsOf(spec, w, b),
  }
}

function termsOf({ samples, loss }: ObjectiveSpec, w: number, b: number): PointTerm[] {
  const { gradientTerm, gradientScale } = losses[loss]
  const scale = gradientScale(samples.length)
  return roundSamples(samples).map(([x, y]) => {
    const a = activate(w * x + b)
    const db = scale * gradientTerm(a, y)
    const { z, value: prediction, slope } = a
    return { x, y, z, prediction, error: prediction - y, slope, dw: db * x, db }
  })
}

/**
 * L(w + dw, b + db) - L(w, b) as a sum over the points of what each changes by. The difference of two
 * losses would cancel: at a step of 1e-8 hardly a digit of it is left.
 */
export function lossChange(
  { samples, loss }: ObjectiveSpec,
  [w, b]: readonly [w: number, b: number],
  [dw, db]: readonly [dw: number, db: number],
): number {
  const change = changes[losses[loss].terms]
  let sum = 0
  for (const [x, y] of roundSamples(samples)) sum += change(w * x + b, dw * x + db, y)
  return losses[loss].lossScale(samples.length) * sum
}

type Terms = (typeof losses)[LossName]['terms']

/** How much the term of a point with label y changes where z becomes z + d. */
const changes: Record<Terms, (z: number, d: number, y: number) => number> = {
  /** df (2 (f0 - y) + df) */
  squaredError(z, d, y) {
    const [before, after] = [activate(z), activate(z + d)]
    // f1 (1 - f0) (1 - e^-d) for d >= 0, and mirrored: neither exponential overflows.
    const df =
      d >= 0
        ? after.value * before.complement * -Math.expm1(-d)
        : after.complement * before.value * Math.expm1(d)
    return df * (2 * (before.value - y) + df)
  },
  /** log(1 + f0 (e^d - 1)) - y d; of a d that is not small the difference of two losses is as exact. */
  crossEntropy(z, d, y) {
    const change =
      Math.abs(d) < 1
        ? Math.log1p(activate(z).value * Math.expm1(d))
        : softplus(z + d) - softplus(z)
    return change - y * d
  },
}
