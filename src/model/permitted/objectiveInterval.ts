/**
 * Every result that the kernels are permitted to give, composed under the names of the functions
 * in shaders/: activateInterval for activate, and so on. Like the kernels, these functions measure
 * z in bits, u = z log2(e), because the hardware provides exp2.
 */
import { losses } from '../loss'
import type { NeuronSpec, ObjectiveSpec } from '../objective'
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

export interface ActivationInterval {
  z: Interval
  value: Interval
  complement: Interval
  slope: Interval
}

const one = exactly(1)
const log2e = exactly(Math.LOG2E)

/** b or db in bits, as the kernels expect it. */
export const inBits = (value: Interval) => multiplyInterval(value, log2e)

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
      const bend = multiplyInterval(subtractInterval(value, y), slope)
      return addInterval(
        squareInterval(slope),
        multiplyInterval(bend, subtractInterval(complement, value)),
      )
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

/** w or b: an exact f32, or every value that it may have. */
type Coordinate = number | Interval

export interface ObjectiveInterval {
  loss(w: Coordinate, b: Coordinate): Interval
  gradient(w: Coordinate, b: Coordinate): IntervalPair
  /** Over the points indices[first] to indices[last - 1], scaled as in Objective. */
  batchGradient(
    indices: ArrayLike<number>,
    first: number,
    last: number,
    w: Coordinate,
    b: Coordinate,
  ): IntervalPair
  hessian(w: Coordinate, b: Coordinate): readonly [ww: Interval, wb: Interval, bb: Interval]
}

/** Contents of the objective's buffer: x in bits, y, and the factor of the loss, rounded once. */
export function packedIntervals({ samples, loss }: NeuronSpec): {
  x: Interval[]
  y: Interval[]
  lossScale: Interval
} {
  const { terms, lossScale } = losses[loss]
  const bits = terms === 'crossEntropy' ? Math.LN2 : 1
  return {
    x: samples.map((sample) => exactly(Math.fround(sample[0]) * Math.LOG2E)),
    y: samples.map((sample) => exactly(Math.fround(sample[1]))),
    lossScale: exactly(lossScale(samples.length) * bits),
  }
}

const intervalOf = (place: Coordinate) => (typeof place === 'number' ? exactly(place) : place)

/** The permitted losses and derivatives of an objective at any (w, b). */
export function createObjectiveInterval(spec: ObjectiveSpec): ObjectiveInterval {
  return spec.kind === 'neuron' ? neuronInterval(spec) : cubicAndSquareIntervals
}

const [zero, two, three, six] = [0, 2, 3, 6].map(exactly)

function cubicAndSquareGradientInterval(w: Coordinate, b: Coordinate): IntervalPair {
  const exactW = intervalOf(w)
  // WGSL lets a compiler reassociate, and Mesa's does: 3 (w w) or (3 w) w.
  const dw = union(
    multiplyInterval(three, squareInterval(exactW)),
    multiplyInterval(multiplyInterval(three, exactW), exactW),
  )
  return [dw, multiplyInterval(two, intervalOf(b))]
}

const cubicAndSquareIntervals: ObjectiveInterval = {
  loss(w, b) {
    const cube = multiplyInterval(squareInterval(intervalOf(w)), intervalOf(w))
    return addInterval(cube, squareInterval(intervalOf(b)))
  },
  gradient: cubicAndSquareGradientInterval,
  batchGradient: (_indices, _first, _last, w, b) => cubicAndSquareGradientInterval(w, b),
  hessian: (w) => [multiplyInterval(six, intervalOf(w)), zero, two],
}

function neuronInterval(spec: NeuronSpec): ObjectiveInterval {
  const loss = losses[spec.loss]
  const n = spec.samples.length
  const { lossTerm, gradientTerm, curvatureTerm } = termIntervals[loss.terms]
  const { x, y, lossScale } = packedIntervals(spec)
  const scale = loss.gradientScale(n)
  const everyPoint = x.map((_, i) => i)
  const activations = (w: Coordinate, b: Coordinate, points: readonly number[] = everyPoint) => {
    const [exactW, scaledB] = [intervalOf(w), inBits(intervalOf(b))]
    return points.map((i) => activateInterval(addInterval(multiplyInterval(exactW, x[i]), scaledB)))
  }
  /** The factor is computed in f64; each x, which is in bits, contributes ln 2. */
  const scaledSum = (factor: number, terms: readonly Interval[]) =>
    multiplyInterval(exactly(factor), sumInterval(terms))
  const gradientOf = (factor: number, w: Coordinate, b: Coordinate, points: readonly number[]) => {
    const terms = activations(w, b, points).map((a, k) => gradientTerm(a, y[points[k]]))
    const products = terms.map((term, k) => multiplyInterval(term, x[points[k]]))
    return [scaledSum(factor * Math.LN2, products), scaledSum(factor, terms)] as const
  }
  return {
    loss(w, b) {
      const terms = activations(w, b).map((a, i) => lossTerm(a, y[i]))
      return multiplyInterval(lossScale, sumInterval(terms))
    },
    gradient: (w, b) => gradientOf(scale, w, b, everyPoint),
    batchGradient(indices, first, last, w, b) {
      const points = Array.from({ length: last - first }, (_, k) => indices[first + k])
      return gradientOf((scale * n) / (last - first), w, b, points)
    },
    hessian(w, b) {
      const terms = activations(w, b).map((a, i) => curvatureTerm(a, y[i]))
      const products = terms.map((term, i) => multiplyInterval(term, x[i]))
      const squares = terms.map((term, i) => multiplyInterval(term, squareInterval(x[i])))
      // The kernel contributes the second ln 2.
      const squareScale = multiplyInterval(exactly(Math.LN2), exactly(scale * Math.LN2))
      return [
        multiplyInterval(squareScale, sumInterval(squares)),
        scaledSum(scale * Math.LN2, products),
        scaledSum(scale, terms),
      ]
    },
  }
}

/** theta - rate * direction */
export function moveInterval(theta: Interval, rate: Interval, direction: Interval): Interval {
  return subtractInterval(theta, multiplyInterval(rate, direction))
}

/**
 * Distance of a value from the oracle's in units of the permitted interval: 0 is equal, up to 1 is
 * permitted, above is wrong. NaN is infinitely wrong.
 *
 * Inside, the unit is the interval's whole width: if that is one step of f32, a correctly rounded
 * value is at most 0.5 away, and not at the limit.
 */
export function errorRatio(value: number, oracle: number, { lo, hi }: Interval): number {
  if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
  if (value === oracle) return 0
  if (value >= lo && value <= hi) return Math.abs(value - oracle) / (hi - lo)
  const ratio = 1 + (value > hi ? value - hi : lo - value) / (hi - lo)
  // If the width is infinite or NaN, the quotient means nothing; outside is never permitted.
  return ratio > 1 ? ratio : Number.POSITIVE_INFINITY
}
