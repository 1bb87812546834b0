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
import type { Runner } from './rule'

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
  },
  crossEntropy: {
    lossTerm({ z }: ActivationInterval, y: Interval) {
      return subtractInterval(softplusInterval(z), multiplyInterval(y, z))
    },
    gradientTerm({ value }: ActivationInterval, y: Interval) {
      return subtractInterval(value, y)
    },
  },
}

/** An interval for each of dL/dw and dL/db, or for each of w and b. */
export type IntervalPair = readonly [w: Interval, b: Interval]

export interface ObjectiveInterval {
  loss(w: number, b: number): Interval
  gradient(w: number, b: number): IntervalPair
}

/** The permitted losses and gradients of an objective at any exact f32 (w, b). */
export function createObjectiveInterval(spec: ObjectiveSpec): ObjectiveInterval {
  const loss = losses[spec.loss]
  const n = spec.samples.length
  const { lossTerm, gradientTerm } = termIntervals[loss.terms]
  const bits = loss.terms === 'crossEntropy' ? Math.LN2 : 1
  const lossScale = exactly(loss.lossScale(n) * bits)
  const gradientScale = [
    exactly(loss.gradientScale(n) * Math.LN2),
    exactly(loss.gradientScale(n)),
  ] as const
  const x = spec.samples.map((sample) => exactly(Math.fround(sample[0]) * Math.LOG2E))
  const y = spec.samples.map((sample) => exactly(Math.fround(sample[1])))
  const activations = (w: number, b: number) => {
    const scaledB = multiplyInterval(exactly(b), log2e)
    return x.map((xi) => activateInterval(addInterval(multiplyInterval(exactly(w), xi), scaledB)))
  }
  return {
    loss(w, b) {
      const terms = activations(w, b).map((a, i) => lossTerm(a, y[i]))
      return multiplyInterval(lossScale, sumInterval(terms))
    },
    gradient(w, b) {
      const terms = activations(w, b).map((a, i) => gradientTerm(a, y[i]))
      const products = terms.map((term, i) => multiplyInterval(term, x[i]))
      return [
        multiplyInterval(gradientScale[0], sumInterval(products)),
        multiplyInterval(gradientScale[1], sumInterval(terms)),
      ]
    },
  }
}

/** The permitted (w, b) after one step of plain gradient descent from an exact f32 (w, b). */
export function stepInterval(
  objective: ObjectiveInterval,
  runner: Runner,
  w: number,
  b: number,
): IntervalPair {
  const learningRate = exactly(Math.fround(runner.learningRate))
  const [dw, db] = objective.gradient(w, b)
  const after = (theta: number, slope: Interval) =>
    subtractInterval(exactly(theta), multiplyInterval(learningRate, slope))
  return [after(w, dw), after(b, db)]
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
