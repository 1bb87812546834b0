/**
 * Every result that the kernels are permitted to give, composed under the names of the functions
 * in shaders/: activateInterval for activate, and so on. The kernels measure z in bits,
 * u = z log2(e), because exp2 is what the hardware has; so do these functions.
 */
import {
  absInterval,
  addInterval,
  exactly,
  exp2Interval,
  type Interval,
  log2Interval,
  multiplyInterval,
  negateInterval,
  reciprocalInterval,
  squareInterval,
  subtractInterval,
  sumInterval,
  union,
} from './interval'
import { losses } from './loss'
import type { ObjectiveSpec } from './objective'

interface ActivationInterval {
  z: Interval
  value: Interval
  complement: Interval
  slope: Interval
}

const one = exactly(1)
const log2e = exactly(Math.LOG2E)

export function activateInterval(u: Interval): ActivationInterval {
  const e = exp2Interval(negateInterval(absInterval(u)))
  const r = reciprocalInterval(addInterval(one, e))
  const small = multiplyInterval(e, r)
  const slope = multiplyInterval(small, r)
  if (u.lo >= 0) return { z: u, value: r, complement: small, slope }
  if (u.hi < 0) return { z: u, value: small, complement: r, slope }
  const either = union(r, small)
  return { z: u, value: either, complement: either, slope }
}

export function softplusInterval(u: Interval): Interval {
  const e = exp2Interval(negateInterval(absInterval(u)))
  const positivePart = { lo: Math.max(u.lo, 0), hi: Math.max(u.hi, 0) }
  return addInterval(positivePart, log2Interval(addInterval(one, e)))
}

const termIntervals = {
  squaredError: {
    lossTerm({ value }: ActivationInterval, y: Interval) {
      return squareInterval(subtractInterval(value, y))
    },
    gradientTerm({ value, slope }: ActivationInterval, y: Interval) {
      return multiplyInterval(subtractInterval(value, y), slope)
    },
    curvatureTerm({ value, complement, slope }: ActivationInterval, y: Interval) {
      const bend = multiplyInterval(
        multiplyInterval(subtractInterval(value, y), slope),
        subtractInterval(complement, value),
      )
      return addInterval(squareInterval(slope), bend)
    },
  },
  crossEntropy: {
    lossTerm({ z }: ActivationInterval, y: Interval) {
      return subtractInterval(softplusInterval(z), multiplyInterval(y, z))
    },
    gradientTerm({ value }: ActivationInterval, y: Interval) {
      return subtractInterval(value, y)
    },
    curvatureTerm({ slope }: ActivationInterval, _y: Interval) {
      return slope
    },
  },
}

/** An interval for each of dL/dw and dL/db, or for each of w and b. */
export type IntervalPair = readonly [w: Interval, b: Interval]

export interface ObjectiveInterval {
  loss(w: number, b: number): Interval
  gradient(w: number, b: number): IntervalPair
  /** The gradient at a place that is known to be in these intervals. */
  gradientAround(w: Interval, b: Interval): IntervalPair
  /** As Objective.batchGradient; a batch's factor is worked out in f64 and rounded once. */
  batchGradient(
    indices: ArrayLike<number>,
    first: number,
    last: number,
    w: number,
    b: number,
  ): IntervalPair
  hessian(w: number, b: number): { ww: Interval; wb: Interval; bb: Interval }
}

/** The permitted losses and gradients of an objective at any exact f32 (w, b). */
export function createObjectiveInterval(spec: ObjectiveSpec): ObjectiveInterval {
  const loss = losses[spec.loss]
  const n = spec.samples.length
  const { lossTerm, gradientTerm, curvatureTerm } = termIntervals[loss.terms]
  const bits = loss.terms === 'crossEntropy' ? Math.LN2 : 1
  const lossScale = exactly(loss.lossScale(n) * bits)
  // x is in bits: each factor x of a sum brings one ln 2.
  const scalesOf = (scale: number) => [exactly(scale * Math.LN2), exactly(scale)] as const
  const gradientScale = scalesOf(loss.gradientScale(n))
  const x = spec.samples.map((sample) => exactly(Math.fround(sample[0]) * Math.LOG2E))
  const y = spec.samples.map((sample) => exactly(Math.fround(sample[1])))
  const activateAt = (w: Interval, b: Interval, i: number) =>
    activateInterval(addInterval(multiplyInterval(w, x[i]), multiplyInterval(b, log2e)))
  const activations = (w: Interval, b: Interval) => x.map((_, i) => activateAt(w, b, i))
  const gradientOf = (
    indices: ArrayLike<number>,
    scale: readonly [Interval, Interval],
    w: Interval,
    b: Interval,
  ): IntervalPair => {
    const terms = Array.from(indices, (i) => gradientTerm(activateAt(w, b, i), y[i]))
    const products = terms.map((term, k) => multiplyInterval(term, x[indices[k]]))
    return [
      multiplyInterval(scale[0], sumInterval(products)),
      multiplyInterval(scale[1], sumInterval(terms)),
    ]
  }
  const all = spec.samples.map((_, i) => i)
  return {
    loss(w, b) {
      const terms = activations(exactly(w), exactly(b)).map((a, i) => lossTerm(a, y[i]))
      return multiplyInterval(lossScale, sumInterval(terms))
    },
    gradient: (w, b) => gradientOf(all, gradientScale, exactly(w), exactly(b)),
    gradientAround: (w, b) => gradientOf(all, gradientScale, w, b),
    batchGradient(indices, first, last, w, b) {
      const batch = Array.from({ length: last - first }, (_, k) => indices[first + k])
      const scale = scalesOf((loss.gradientScale(n) * n) / batch.length)
      return gradientOf(batch, scale, exactly(w), exactly(b))
    },
    hessian(w, b) {
      const terms = activations(exactly(w), exactly(b)).map((a, i) => curvatureTerm(a, y[i]))
      const byX = terms.map((term, i) => multiplyInterval(term, x[i]))
      const byXX = byX.map((term, i) => multiplyInterval(term, x[i]))
      const squareScale = multiplyInterval(exactly(Math.LN2), gradientScale[0])
      return {
        ww: multiplyInterval(squareScale, sumInterval(byXX)),
        wb: multiplyInterval(gradientScale[0], sumInterval(byX)),
        bb: multiplyInterval(gradientScale[1], sumInterval(terms)),
      }
    },
  }
}

/**
 * Distance of a value from the oracle's in units of the permitted interval: 0 is equal, up to 1 is
 * permitted, above is wrong. A value that is no number is infinitely wrong.
 *
 * The unit inside is the interval's whole width: where that is one step of f32, a correctly rounded
 * value is then at most 0.5 away, and not at the limit.
 */
export function errorRatio(value: number, oracle: number, { lo, hi }: Interval): number {
  if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
  if (value === oracle) return 0
  if (value >= lo && value <= hi) return Math.abs(value - oracle) / (hi - lo)
  const ratio = 1 + (value > hi ? value - hi : lo - value) / (hi - lo)
  // Where the width is infinite or no number, the quotient says nothing; outside is never permitted.
  return ratio > 1 ? ratio : Number.POSITIVE_INFINITY
}
