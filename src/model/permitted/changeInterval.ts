/**
 * Every change of the loss over one step that the kernels are permitted to give, composed under the
 * names of the functions in shaders/: exp2m1Interval for exp2m1, and so on. Like them, this file
 * measures z and its change in bits.
 */
import { losses } from '../loss'
import type { ObjectiveSpec } from '../objective'
import {
  absInterval,
  addInterval,
  divideInterval,
  exactly,
  exp2Interval,
  type Interval,
  multiplyInterval,
  negateInterval,
  squareInterval,
  subtractInterval,
  sumInterval,
  union,
} from './interval'
import {
  type ActivationInterval,
  activateInterval,
  type IntervalPair,
  inBits,
  packedIntervals,
} from './objectiveInterval'

const one = exactly(1)
const two = exactly(2)
const three = exactly(3)
const ln2 = exactly(Math.LN2)
const twiceLog2e = exactly(2 * Math.LOG2E)

/** The limit, in bits, up to which exp2m1 is a series. */
const seriesBelow = 0.6875

/**
 * Coefficients for Horner's scheme; the last is an interval that also covers all omitted terms:
 * the function itself is as permitted as the kernel's polynomial.
 */
type Series = readonly Interval[]

/** (e^t - 1) / t, |t| < 1/2: 1 / k!, and 1 / 8! (1 + t / 9 + t^2 / 90 + ...) in place of 1 / 8!. */
const exponential: Series = [
  ...[1, 2, 6, 24, 120, 720, 5040].map((factorial) => exactly(1 / factorial)),
  { lo: 0.94 / 40_320, hi: 1.06 / 40_320 },
]

/** artanh(s) / s in q = s^2 < 0.12: 1 / (2 k + 1), and 1/13 (1 + q 13/15 + ...) in place of 1/13. */
const inverseTangent: Series = [
  ...[1, 3, 5, 7, 9, 11].map((odd) => exactly(1 / odd)),
  { lo: 0.99 / 13, hi: 1.13 / 13 },
]

function seriesInterval(series: Series, t: Interval): Interval {
  return series.reduceRight((sum, coefficient) =>
    addInterval(coefficient, multiplyInterval(t, sum)),
  )
}

/** The part of an interval above a bound, or below it; null if that is empty. */
const above = ({ lo, hi }: Interval, bound: number): Interval | null =>
  hi < bound ? null : { lo: Math.max(lo, bound), hi }
const below = ({ lo, hi }: Interval, bound: number): Interval | null =>
  lo > bound ? null : { lo, hi: Math.min(hi, bound) }

/** The union of the results that each possible branch permits. */
function eitherOf(...branches: readonly (Interval | null)[]): Interval {
  const taken = branches.filter((branch) => branch !== null)
  return taken.reduce(union)
}

/** 2^u - 1 for u <= 1. */
export function exp2m1Interval(u: Interval): Interval {
  const inner = above(u, -seriesBelow)
  const near = inner && below(inner, seriesBelow)
  const direct = (part: Interval | null) => part && subtractInterval(exp2Interval(part), one)
  return eitherOf(
    direct(below(u, -seriesBelow)),
    near && expm1Interval(multiplyInterval(ln2, near)),
    direct(above(u, seriesBelow)),
  )
}

function expm1Interval(t: Interval): Interval {
  return multiplyInterval(t, seriesInterval(exponential, t))
}

/** log2(1 + t) for t in [-1/2, 1], give or take the rounding of t. */
export function log2p1Interval(t: Interval): Interval {
  const s = divideInterval(t, addInterval(two, t))
  const series = seriesInterval(inverseTangent, squareInterval(s))
  return multiplyInterval(multiplyInterval(twiceLog2e, s), series)
}

type TermChangeInterval = (before: ActivationInterval, y: Interval, d: Interval) => Interval

/** termChange of squaredErrorChange.wgsl. */
export function squaredErrorChangeInterval(
  before: ActivationInterval,
  y: Interval,
  d: Interval,
): Interval {
  const after = activateInterval(addInterval(before.z, d))
  const share = exp2m1Interval(negateInterval(absInterval(d)))
  const [rises, falls] = [d.hi >= 0, d.lo < 0]
  const df = eitherOf(
    rises
      ? multiplyInterval(share, negateInterval(multiplyInterval(after.value, before.complement)))
      : null,
    falls ? multiplyInterval(share, multiplyInterval(before.value, after.complement)) : null,
  )
  const error = multiplyInterval(two, subtractInterval(before.value, y))
  return multiplyInterval(df, addInterval(error, df))
}

/** termChange of crossEntropyChange.wgsl. */
export function crossEntropyChangeInterval(
  { z, value, complement }: ActivationInterval,
  y: Interval,
  d: Interval,
): Interval {
  const low = below(z, 0)
  const high = above(z, 0)
  return eitherOf(
    low && changeFromBelowInterval(low, value, y, d),
    high &&
      changeFromBelowInterval(
        negateInterval(high),
        complement,
        subtractInterval(one, y),
        negateInterval(d),
      ),
  )
}

export function changeFromBelowInterval(
  z: Interval,
  f: Interval,
  y: Interval,
  d: Interval,
): Interval {
  const [short, long] = [below(d, 1), above(d, 1)]
  return eitherOf(short && nearInterval(f, y, short), long && farInterval(z, y, long))
}

/** log2(1 + f (2^d - 1)) - y d */
function nearInterval(f: Interval, y: Interval, d: Interval): Interval {
  const log = log2p1Interval(multiplyInterval(f, exp2m1Interval(d)))
  return subtractInterval(log, multiplyInterval(y, d))
}

/** The difference of two softplus, in which z is linear. */
function farInterval(z: Interval, y: Interval, d: Interval): Interval {
  const after = addInterval(z, d)
  const linear = eitherOf(
    after.lo <= 0 ? negateInterval(multiplyInterval(y, d)) : null,
    after.hi > 0 ? addInterval(z, multiplyInterval(subtractInterval(one, y), d)) : null,
  )
  const logAfter = log2p1Interval(exp2Interval(negateInterval(absInterval(after))))
  return addInterval(linear, subtractInterval(logAfter, log2p1Interval(exp2Interval(z))))
}

const termChangeIntervals: Record<'squaredError' | 'crossEntropy', TermChangeInterval> = {
  squaredError: squaredErrorChangeInterval,
  crossEntropy: crossEntropyChangeInterval,
}

/** -eta g of a known gradient, computed like the kernel: eta and g are f32. */
export function stepInterval(
  learningRate: number,
  [dw, db]: readonly [number, number],
): IntervalPair {
  const rate = exactly(-Math.fround(learningRate))
  return [multiplyInterval(rate, exactly(dw)), multiplyInterval(rate, exactly(db))]
}

/** cubicAndSquareChange of cubicAndSquare.wgsl. */
export function cubicAndSquareChangeInterval(
  wPlace: number,
  bPlace: number,
  [dw, db]: IntervalPair,
): Interval {
  const [w, b] = [exactly(wPlace), exactly(bPlace)]
  const alongW = addInterval(
    multiplyInterval(three, multiplyInterval(w, addInterval(w, dw))),
    squareInterval(dw),
  )
  const alongB = addInterval(multiplyInterval(two, b), db)
  return addInterval(multiplyInterval(dw, alongW), multiplyInterval(db, alongB))
}

/** The permitted changes of the loss over a step (dw, db) from (w, b), f32. */
export function createLossChangeInterval(
  spec: ObjectiveSpec,
): (w: number, b: number, step: IntervalPair) => Interval {
  if (spec.kind === 'cubicAndSquare') return cubicAndSquareChangeInterval
  const { x, y, lossScale } = packedIntervals(spec)
  const termChange = termChangeIntervals[losses[spec.loss].terms]
  return (w, b, [dw, db]) => {
    const [exactW, scaledB, scaledDb] = [exactly(w), inBits(exactly(b)), inBits(db)]
    const terms = x.map((xi, i) => {
      const before = activateInterval(addInterval(multiplyInterval(exactW, xi), scaledB))
      return termChange(before, y[i], addInterval(multiplyInterval(dw, xi), scaledDb))
    })
    return multiplyInterval(lossScale, sumInterval(terms))
  }
}
