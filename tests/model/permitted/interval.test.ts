import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  absInterval,
  addInterval,
  anyResult,
  divideInterval,
  exactly,
  exp2Interval,
  type Interval,
  log2Interval,
  maxInterval,
  multiplyInterval,
  negateInterval,
  reciprocalInterval,
  sqrtInterval,
  squareInterval,
  subtractInterval,
  sumInterval,
  union,
} from '../../../src/model/permitted/interval'
import {
  anyFloat,
  moderateFloat,
  neighbours,
  nextDown,
  nextUp,
  smallestNormal,
  ulpOf,
} from '../float32'
import { always } from '../seeded'

/** Within [lo, hi]; a property that returns nothing and throws with the values. */
function expectInside(value: number, { lo, hi }: Interval, what: string): void {
  expect(lo <= value && value <= hi, `${what}: ${value} in [${lo}, ${hi}]`).toBe(true)
}

/** An interval and an f32 inside of it. */
const withInner = (float: fc.Arbitrary<number>) =>
  fc.tuple(float, float, float).map((three) => {
    const [lo, inner, hi] = [...three].sort((a, b) => a - b)
    return { interval: { lo, hi }, inner }
  })

const binary = [
  { name: 'add', op: addInterval, exact: (a: number, b: number) => a + b },
  { name: 'subtract', op: subtractInterval, exact: (a: number, b: number) => a - b },
  { name: 'multiply', op: multiplyInterval, exact: (a: number, b: number) => a * b },
]

test.for(binary)('$name: both f32 neighbours of the result are permitted', ({ op, exact }) => {
  always([moderateFloat, moderateFloat], (a, b) => {
    const interval = op(exactly(a), exactly(b))
    for (const value of neighbours(exact(a, b))) expectInside(value, interval, `${a}, ${b}`)
  })
})

test.for(binary)('$name: nothing but the neighbours is permitted', ({ op, exact }) => {
  always([moderateFloat, moderateFloat], (a, b) => {
    const [down, up] = neighbours(exact(a, b))
    // A subnormal input or result may be flushed, so zero is permitted as well: not meant here.
    fc.pre([a, b, down, up].every((value) => Math.abs(value) >= smallestNormal))
    expect(op(exactly(a), exactly(b))).toEqual({ lo: down, hi: up })
  })
})

test.for(binary)('$name: holds every result of every pair inside', ({ op, exact }) => {
  always([withInner(moderateFloat), withInner(moderateFloat)], (a, b) => {
    const interval = op(a.interval, b.interval)
    for (const value of neighbours(exact(a.inner, b.inner))) {
      expectInside(value, interval, `${a.inner}, ${b.inner}`)
    }
  })
})

test('a subnormal result may be kept or flushed to zero, on either side', () => {
  const tiny = 2 ** -130
  for (const sign of [1, -1]) {
    const product = multiplyInterval(exactly(sign * 2 ** -100), exactly(2 ** -30))
    expectInside(sign * tiny, product, 'kept')
    expectInside(0, product, 'flushed')
    expectInside(0, exactly(sign * tiny), 'an input, flushed')
    expectInside(sign * tiny, exactly(sign * tiny), 'an input, kept')
  }
})

test('a normal result may not be flushed', () => {
  expect(exactly(smallestNormal)).toEqual({ lo: smallestNormal, hi: smallestNormal })
  expect(exactly(-smallestNormal).hi).toBe(-smallestNormal)
})

test('a constant is rounded to either neighbour; an f32 is itself', () => {
  const [down, up] = neighbours(Math.LOG2E)
  expect(exactly(Math.LOG2E)).toEqual({ lo: down, hi: up })
  always([moderateFloat], (value) => {
    fc.pre(Math.abs(value) >= smallestNormal)
    expect(exactly(value)).toEqual({ lo: value, hi: value })
  })
})

test('beyond the largest f32 the interval reaches from it to infinity', () => {
  expect(multiplyInterval(exactly(2 ** 100), exactly(2 ** 100))).toEqual({
    lo: 2 ** 128 - 2 ** 104,
    hi: Number.POSITIVE_INFINITY,
  })
})

test('negate, abs, max and union are exact', () => {
  always([withInner(anyFloat), withInner(anyFloat)], (a, b) => {
    expectInside(-a.inner, negateInterval(a.interval), 'negate')
    expectInside(Math.abs(a.inner), absInterval(a.interval), 'abs')
    expectInside(a.inner, union(a.interval, b.interval), 'union')
    expectInside(b.inner, union(a.interval, b.interval), 'union')
    expectInside(Math.max(a.inner, b.inner), maxInterval(a.interval, b.interval), 'max')
  })
  expect(absInterval({ lo: -3, hi: 2 })).toEqual({ lo: 0, hi: 3 })
  expect(absInterval({ lo: -3, hi: -2 })).toEqual({ lo: 2, hi: 3 })
  expect(union({ lo: 1, hi: 2 }, { lo: 5, hi: 6 })).toEqual({ lo: 1, hi: 6 })
  expect(maxInterval({ lo: 1, hi: 6 }, { lo: 2, hi: 5 })).toEqual({ lo: 2, hi: 6 })
})

test('square is never negative, where the product of two unknowns may be', () => {
  const around = { lo: -2, hi: 3 }
  expect(squareInterval(around)).toEqual({ lo: 0, hi: 9 })
  expect(multiplyInterval(around, around)).toEqual({ lo: -6, hi: 9 })
})

test('reciprocal: 2.5 ULP, by the formula of the specification', () => {
  for (const value of [1, 1.5, Math.fround(1.1), 1.75, 2, 4, nextUp(1), nextDown(2)]) {
    const [exact, ulp] = [1 / value, ulpOf(1 / value)]
    const wanted = { lo: neighbours(exact - 2.5 * ulp)[0], hi: neighbours(exact + 2.5 * ulp)[1] }
    expect(reciprocalInterval(exactly(value)), `1 / ${value}`).toEqual(wanted)
  }
})

test('reciprocal of an interval with zero is an error that names it', () => {
  expect(() => reciprocalInterval({ lo: -1, hi: 2 })).toThrow('reciprocal of [-1, 2]')
  expect(() => reciprocalInterval({ lo: 0, hi: 2 })).toThrow('must be above 0')
})

/** The f32 outside of [exact - error, exact + error]. */
const around = (exact: number, error: number): Interval => ({
  lo: neighbours(exact - error)[0],
  hi: neighbours(exact + error)[1],
})

test('divide: 2.5 ULP on either side of zero, by the formula of the specification', () => {
  for (const [a, b] of [
    [1, 3],
    [-1, 3],
    [2, Math.fround(-1.1)],
    [-3, -7],
    [2 ** 100, 2 ** -20],
    [2 ** -100, 2 ** 20],
    [5, 2 ** 126],
    [2 ** -30, 2 ** -126],
  ]) {
    const wanted = around(a / b, 2.5 * ulpOf(a / b))
    expect(divideInterval(exactly(a), exactly(b)), `${a} / ${b}`).toEqual(wanted)
  }
})

test('divide of 1 is the reciprocal', () => {
  always([between(0.5, 1e6)], (value) => {
    expect(divideInterval(exactly(1), exactly(value))).toEqual(reciprocalInterval(exactly(value)))
  })
})

test('divide by what may be 0, subnormal or above 2^126 may give anything', () => {
  for (const divisor of [
    { lo: 0, hi: 1 },
    { lo: -1, hi: 0 },
    { lo: -1, hi: 2 },
    exactly(0),
    exactly(2 ** -127),
    exactly(-nextDown(smallestNormal)),
    { lo: 1, hi: nextUp(2 ** 126) },
    { lo: -nextUp(2 ** 126), hi: -1 },
  ]) {
    expect(divideInterval(exactly(1), divisor), `[${divisor.lo}, ${divisor.hi}]`).toBe(anyResult)
  }
  expect(anyResult).toEqual({ lo: -nextDown(2 ** 128), hi: nextDown(2 ** 128) })
})

test('sqrt: the quotient of 1 and an inverse root that is off by 2 ULP', () => {
  for (const value of [1, 2, 4, Math.fround(0.1), nextUp(1), 1e10, 1e-37].map(Math.fround)) {
    const exact = 1 / Math.sqrt(value)
    const inverse = around(exact, 2 * ulpOf(exact))
    const quotient = (divisor: number) => around(1 / divisor, 2.5 * ulpOf(1 / divisor))
    const wanted = { lo: quotient(inverse.hi).lo, hi: quotient(inverse.lo).hi }
    const { lo, hi } = sqrtInterval(exactly(value))
    // If the quotients lie around a power of two, the ULP above it counts on the lower side too.
    expect(lo, `sqrt ${value}`).toBeLessThanOrEqual(wanted.lo)
    expect(lo, `sqrt ${value}`).toBeGreaterThanOrEqual(wanted.lo - 3 * ulpOf(wanted.lo))
    expect(hi, `sqrt ${value}`).toBe(wanted.hi)
  }
})

test('sqrt is known to a few ULP, and holds the root rounded either way', () => {
  always([between(1e-37, 1e37)], (value) => {
    const root = Math.sqrt(value)
    const interval = sqrtInterval(exactly(value))
    for (const rounded of neighbours(root)) expectInside(rounded, interval, `sqrt ${value}`)
    // 2.5 ULP of a quotient, 2 of its divisor, and the rounding outwards of each, to either side.
    expect(interval.hi - interval.lo).toBeLessThan(2 * 6.5 * 2 ** -23 * root)
  })
})

test('sqrt of an interval with zero is an error that names it; what overflowed gives anything', () => {
  expect(() => sqrtInterval({ lo: -1, hi: 2 })).toThrow('sqrt of [-1, 2]')
  expect(() => sqrtInterval({ lo: 0, hi: 2 })).toThrow('must be above 0')
  expect(sqrtInterval({ lo: 1, hi: Number.POSITIVE_INFINITY })).toBe(anyResult)
})

test('exp2: 3 + 2 |x| ULP, by the formula of the specification', () => {
  for (const value of [0, -1, -0.5, -2.5, -20, Math.fround(-20.1), -100, 3, Math.fround(0.1)]) {
    const exact = 2 ** value
    const error = (3 + 2 * Math.abs(value)) * ulpOf(exact)
    const wanted = { lo: neighbours(exact - error)[0], hi: neighbours(exact + error)[1] }
    expect(exp2Interval(exactly(value)), `2^${value}`).toEqual(wanted)
  }
})

test('exp2 underflows to an interval from 0, and never below it', () => {
  for (const value of [-126.5, -140, -200, -1e6]) {
    const { lo, hi } = exp2Interval(exactly(Math.fround(value)))
    expect(lo).toBe(0)
    expect(hi).toBeGreaterThan(0)
    expect(hi).toBeLessThan(2 * smallestNormal)
  }
})

test('log2: 2^-21 up to 2, 3 ULP above, by the formula of the specification', () => {
  for (const value of [1, nextUp(1), 1.5, 2, nextUp(2), 3, nextDown(4)]) {
    const exact = Math.log2(value)
    const error = value <= 2 ? 2 ** -21 : 3 * ulpOf(exact)
    const wanted = { lo: neighbours(exact - error)[0], hi: neighbours(exact + error)[1] }
    const found = log2Interval(exactly(value))
    // A GPU may flush subnormal numbers.
    if (wanted.lo > 0 && wanted.lo < smallestNormal) wanted.lo = 0
    expect(found, `log2 ${value}`).toEqual(wanted)
  }
})

const between = (min: number, max: number) =>
  fc.float({ noNaN: true, min: Math.fround(min), max: Math.fround(max) })

/** Values close to a power of two too, where the ULP doubles. */
const nearPowers = (low: number, high: number) =>
  fc
    .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: -8, max: 8 }))
    .map(([power, offset]) => Math.fround(2 ** power * (1 + offset * 2 ** -23)))

test.for([
  { name: 'reciprocal', op: reciprocalInterval, input: fc.oneof(between(1, 2), nearPowers(0, 3)) },
  {
    name: 'exp2',
    op: exp2Interval,
    input: fc.oneof(
      between(-130, 0),
      // Close to an integer, where 2^x is close to a power of two.
      fc
        .tuple(fc.integer({ min: -20, max: 0 }), fc.integer({ min: -9, max: 9 }))
        .map(([whole, offset]) => Math.fround(whole + offset * 2 ** -22)),
    ),
  },
  { name: 'log2', op: log2Interval, input: fc.oneof(between(1, 4), nearPowers(0, 1)) },
  {
    name: 'sqrt',
    op: sqrtInterval,
    input: fc.oneof(between(1e-37, 1e6), nearPowers(-20, 20)),
  },
])('$name of an interval holds that of every value inside', ({ op, input }) => {
  always(
    [withInner(input)],
    ({ interval, inner }) => {
      const [outer, point] = [op(interval), op(exactly(inner))]
      const sentence = `${inner} in [${interval.lo}, ${interval.hi}]: [${point.lo}, ${point.hi}] in [${outer.lo}, ${outer.hi}]`
      expect(outer.lo <= point.lo && point.hi <= outer.hi, sentence).toBe(true)
    },
    3000,
  )
})

test('divide of intervals holds that of every pair inside', () => {
  const divisor = fc
    .tuple(withInner(fc.oneof(between(1e-6, 1e6), nearPowers(-8, 8))), fc.boolean())
    .map(([{ interval, inner }, isNegative]) =>
      isNegative ? { interval: negateInterval(interval), inner: -inner } : { interval, inner },
    )
  always(
    [withInner(fc.oneof(moderateFloat, nearPowers(-8, 8))), divisor],
    (a, b) => {
      const outer = divideInterval(a.interval, b.interval)
      const point = divideInterval(exactly(a.inner), exactly(b.inner))
      expectInside(point.lo, outer, `${a.inner} / ${b.inner}`)
      expectInside(point.hi, outer, `${a.inner} / ${b.inner}`)
    },
    3000,
  )
})

test('a sum in any order, each addition rounded to either side, is inside', () => {
  const terms = fc.array(between(-100, 100), { minLength: 1, maxLength: 40 })
  const keys = fc.array(fc.integer({ min: 0, max: 2 ** 20 }), { minLength: 40, maxLength: 40 })
  always([terms, keys], (values, order) => {
    const interval = sumInterval(values.map(exactly))
    const shuffled = values
      .map((value, i) => ({ value, key: order[i] }))
      .sort((a, b) => a.key - b.key)
    for (const side of [0, 1]) {
      const sum = shuffled.reduce((partial, { value }) => neighbours(partial + value)[side], 0)
      expectInside(sum, interval, `${values}`)
    }
    const pairs = (from: number, to: number): number => {
      if (to - from === 1) return values[from]
      const middle = (from + to) >> 1
      return neighbours(pairs(from, middle) + pairs(middle, to))[order[from] & 1]
    }
    expectInside(pairs(0, values.length), interval, `in pairs: ${values}`)
  })
})

test('a sum is widened by n 2^-23 sum |term| and no more', () => {
  const { lo, hi } = sumInterval([1, 2, -3, 4].map(exactly))
  expect(hi - 4).toBe(4 * 2 ** -23 * 10)
  expect(4 - lo).toBe(4 * 2 ** -23 * 10)
})

test('a partial sum that is subnormal may be flushed', () => {
  // (1.5 - 1) 2^-126 is subnormal: flushed, the sum is 2^-120 and not 2^-120 + 2^-127.
  const terms = [1.5 * 2 ** -126, -(2 ** -126), 2 ** -120]
  expectInside(2 ** -120, sumInterval(terms.map(exactly)), 'flushed')
  expectInside(2 ** -120 + 2 ** -127, sumInterval(terms.map(exactly)), 'kept')
})
