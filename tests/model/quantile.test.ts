import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile, takeLossBand } from '../../src/model/quantile'
import { always, real } from './seeded'

const anyValues = fc.oneof(
  // No -0: it equals 0 for a selection, and differs only for Object.is.
  fc.array(
    real(-1e6, 1e6).map((value) => Math.fround(value) + 0),
    { minLength: 1, maxLength: 200 },
  ),
  // Many equal values: what a crowd at rest gives.
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }),
)

test('a quantile is the value at floor(fraction (length - 1)) of the sorted ones', () => {
  always(
    [anyValues, real(0, 1)],
    (values, fraction) => {
      const sorted = Float32Array.from(values).sort()
      const wanted = sorted[Math.floor(fraction * (values.length - 1))]
      expect(quantile(Float32Array.from(values), fraction)).toBe(wanted)
    },
    1000,
  )
})

test('the ends are the smallest and the largest value', () => {
  const values = [3, -1, 4, 1.5, -9, 2.5]
  expect(quantile(Float32Array.from(values), 0)).toBe(-9)
  expect(quantile(Float32Array.from(values), 1)).toBe(4)
  expect(quantile(Float32Array.of(7), 0.5)).toBe(7)
})

test('values are reordered, none is lost', () => {
  always([anyValues, real(0, 1)], (values, fraction) => {
    const kept = Float32Array.from(values)
    quantile(kept, fraction)
    expect(kept.sort()).toEqual(Float32Array.from(values).sort())
  })
})

test('sorted, reversed and constant lists of 100,000 end, with the right value', () => {
  const rising = Float32Array.from({ length: 100_001 }, (_, i) => i)
  expect(quantile(rising.slice(), 0.5)).toBe(50_000)
  expect(quantile(rising.slice().reverse(), 0.1)).toBe(10_000)
  expect(quantile(new Float32Array(100_001).fill(2), 0.9)).toBe(2)
})

test('the band of a crowd is the 10, 50 and 90 % of each step, against sorting', () => {
  always(
    [fc.array(real(0, 10), { minLength: 33, maxLength: 33 })],
    (values) => {
      const losses = Float32Array.from(values)
      const taking = takeLossBand(losses.slice(), 11, Uint32Array.of(0, 5, 10))
      let turns = 0
      let next = taking.next()
      for (; !next.done; next = taking.next()) turns++
      expect(turns).toBe(3)
      const wanted = (index: number) =>
        Float32Array.from([0, 1, 2], (k) => losses.slice(k * 11, (k + 1) * 11).sort()[index])
      expect(next.value).toEqual({
        steps: Uint32Array.of(0, 5, 10),
        low: wanted(1),
        median: wanted(5),
        high: wanted(9),
      })
    },
    100,
  )
})
