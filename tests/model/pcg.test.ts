import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pcg, uniform } from '../../src/model/pcg'
import { always } from './seeded'

const word = 2n ** 32n

/** PCG-RXS-M-XS-32 as published, in integers of any size. */
function reference(input: number): number {
  const state = (BigInt(input) * 747796405n + 2891336453n) % word
  const mixed = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) % word
  return Number((mixed >> 22n) ^ mixed)
}

const anyWord = fc.integer({ min: 0, max: 2 ** 32 - 1 })

test('pcg is the published hash, bit for bit', () => {
  for (const input of [0, 1, 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
    expect(pcg(input), `${input}`).toBe(reference(input))
  }
  always(
    [anyWord],
    (input) => {
      expect(pcg(input)).toBe(reference(input))
    },
    2000,
  )
})

test('pcg is a permutation: 65,536 neighbouring inputs give as many outputs', () => {
  const outputs = new Set(Array.from({ length: 65_536 }, (_, i) => pcg(i)))
  expect(outputs.size).toBe(65_536)
})

test('uniform is the upper 24 bits of pcg(pcg(seed) + index), over 2^24', () => {
  always([anyWord, anyWord], (seed, index) => {
    const sum = Number((BigInt(reference(seed)) + BigInt(index)) % word)
    expect(uniform(seed, index)).toBe(Math.floor(reference(sum) / 256) / 2 ** 24)
  })
})

test('uniform is in [0, 1) and exact in f32', () => {
  always([anyWord, anyWord], (seed, index) => {
    const value = uniform(seed, index)
    expect(value >= 0 && value < 1 && Math.fround(value) === value).toBe(true)
  })
})

test('uniform fills [0, 1) evenly and without a trend between neighbours', () => {
  const values = Array.from({ length: 16_384 }, (_, i) => uniform(3, i))
  const bins = Array.from({ length: 16 }, () => 0)
  for (const value of values) bins[Math.floor(value * 16)]++
  // 1,024 expected in each, standard deviation 31.
  for (const count of bins) expect(Math.abs(count - 1024)).toBeLessThan(5 * 31)
  const products = values.slice(1).map((value, i) => (value - 0.5) * (values[i] - 0.5))
  const correlation = (12 * products.reduce((sum, product) => sum + product)) / products.length
  // Standard deviation 1 / sqrt(16,383).
  expect(Math.abs(correlation)).toBeLessThan(5 / 128)
})
