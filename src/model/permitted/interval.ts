/**
 * Interval arithmetic for f32 as WGSL permits it: each function maps intervals of possible inputs
 * to the interval of every permitted result. Rules: WGSL specification, "Floating Point Accuracy".
 * This is not a general interval library: it has only what the kernels use.
 */

export interface Interval {
  lo: number
  hi: number
}

/** Below this magnitude a result may be flushed to zero. */
const smallestNormal = 2 ** -126

const largest = 2 ** 128 - 2 ** 104

/** Any finite f32: permitted if WGSL does not specify the accuracy. */
export const anyResult: Interval = { lo: -largest, hi: largest }

const floatView = new Float32Array(1)
const bitsView = new Int32Array(floatView.buffer)

/** The f32 next to `value` (an f32) towards +infinity (direction 1) or -infinity (-1). */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149
  floatView[0] = value
  bitsView[0] += value > 0 ? direction : -direction
  return floatView[0]
}

function floor32(value: number): number {
  const rounded = Math.fround(value)
  return rounded > value ? neighbour(rounded, -1) : rounded
}

function ceil32(value: number): number {
  const rounded = Math.fround(value)
  return rounded < value ? neighbour(rounded, 1) : rounded
}

/** Rounds outwards to f32 (either neighbour is correct) and allows subnormals to be flushed. */
function permitted(lo: number, hi: number): Interval {
  const interval = { lo: floor32(lo), hi: ceil32(hi) }
  if (interval.lo > 0 && interval.lo < smallestNormal) interval.lo = 0
  if (interval.hi < 0 && interval.hi > -smallestNormal) interval.hi = 0
  return interval
}

/** A number that reaches the kernel unchanged: an f32, or a constant that is rounded to one. */
export function exactly(value: number): Interval {
  return permitted(value, value)
}

export function union(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

function magnitude({ lo, hi }: Interval): number {
  return Math.max(Math.abs(lo), Math.abs(hi))
}

/**
 * ULP(x) of the WGSL specification: the least distance between two different f32 a <= x <= b. At a
 * power of two that is the distance downwards.
 */
function ulp(value: number): number {
  const size = Math.max(Math.abs(value), smallestNormal)
  const [down, up] = [floor32(size), ceil32(size)]
  return down < up ? up - down : size - neighbour(size, -1)
}

/** Non-negative results that differ by this many ULP from an exact one in [lo, hi]. */
function widen(lo: number, hi: number, ulpsAtLo: number, ulpsAtHi: number): Interval {
  // Just above a power of two the ULP doubles, and the lowest result may belong there.
  const power = 2 ** Math.ceil(Math.log2(lo))
  const abovePower = power < hi ? power - ulpsAtLo * 2 * ulp(power) : lo
  const lowest = Math.min(lo - ulpsAtLo * ulp(lo), abovePower)
  return permitted(Math.max(0, lowest), hi + ulpsAtHi * ulp(hi))
}

export function negateInterval(a: Interval): Interval {
  return { lo: -a.hi, hi: -a.lo }
}

export function absInterval(a: Interval): Interval {
  if (a.lo >= 0) return a
  if (a.hi <= 0) return negateInterval(a)
  return { lo: 0, hi: magnitude(a) }
}

export function addInterval(a: Interval, b: Interval): Interval {
  return permitted(a.lo + b.lo, a.hi + b.hi)
}

export function subtractInterval(a: Interval, b: Interval): Interval {
  return permitted(a.lo - b.hi, a.hi - b.lo)
}

export function multiplyInterval(a: Interval, b: Interval): Interval {
  const products = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi]
  return permitted(Math.min(...products), Math.max(...products))
}

/** a * a, with the same value as both factors. */
export function squareInterval(a: Interval): Interval {
  const { lo, hi } = absInterval(a)
  return permitted(lo * lo, hi * hi)
}

/** The greater of a and b. */
export function maxInterval(a: Interval, b: Interval): Interval {
  return { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

/** 1 / a for a > 0: 2.5 ULP. */
export function reciprocalInterval(a: Interval): Interval {
  if (a.lo <= 0) throw new Error(`reciprocal of [${a.lo}, ${a.hi}]: the interval must be above 0.`)
  return widen(1 / a.hi, 1 / a.lo, 2.5, 2.5)
}

/** a / b: 2.5 ULP while |b| is in [2^-126, 2^126], anything if it may be outside. */
export function divideInterval(a: Interval, b: Interval): Interval {
  const [least, most] = b.lo > 0 ? [b.lo, b.hi] : [-b.hi, -b.lo]
  if (least < smallestNormal || most > 1 / smallestNormal) return anyResult
  const quotients = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi]
  const [lo, hi] = [Math.min(...quotients), Math.max(...quotients)]
  if (lo >= 0) return widen(lo, hi, 2.5, 2.5)
  if (hi <= 0) return negateInterval(widen(-hi, -lo, 2.5, 2.5))
  return permitted(lo - 2.5 * ulp(lo), hi + 2.5 * ulp(hi))
}

/** 1 / sqrt(a) for a > 0: 2 ULP. */
function inverseSqrtInterval(a: Interval): Interval {
  return widen(1 / Math.sqrt(a.hi), 1 / Math.sqrt(a.lo), 2, 2)
}

/** sqrt(a) for a > 0, as accurate as 1 / inverseSqrt(a). After an overflow, anything may result. */
export function sqrtInterval(a: Interval): Interval {
  if (a.lo <= 0) throw new Error(`sqrt of [${a.lo}, ${a.hi}]: the interval must be above 0.`)
  return a.hi > largest ? anyResult : reciprocalInterval(inverseSqrtInterval(a))
}

/** 2^x: (3 + 2 |x|) ULP. */
export function exp2Interval(a: Interval): Interval {
  const ulps = (x: number) => 3 + 2 * Math.abs(x)
  return widen(2 ** a.lo, 2 ** a.hi, ulps(a.lo), ulps(a.hi))
}

/** log2 x for x in [1, 4): 3 ULP above 2, 2^-21 absolute up to 2. */
export function log2Interval(a: Interval): Interval {
  const error = (x: number) => (x <= 2 ? 2 ** -21 : 3 * ulp(Math.log2(x)))
  return permitted(Math.log2(a.lo) - error(a.lo), Math.log2(a.hi) + error(a.hi))
}

/**
 * A sum in any order: n terms widen it by n 2^-23 sum |term|, and by n 2^-126, because each partial
 * sum that is subnormal may be flushed.
 */
export function sumInterval(terms: readonly Interval[]): Interval {
  let lo = 0
  let hi = 0
  let size = 0
  for (const term of terms) {
    lo += term.lo
    hi += term.hi
    size += magnitude(term)
  }
  const spread = terms.length * (2 ** -23 * size + smallestNormal)
  return permitted(lo - spread, hi + spread)
}
