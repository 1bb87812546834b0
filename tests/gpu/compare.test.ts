/** The comparator must be able to fail: otherwise no test of a kernel means anything. */
import { expect, test } from 'vitest'
import { nextDown, nextUp } from '../model/float32'
import { expectPermitted } from './compare'

const interval = { lo: 1, hi: 1.5 }
const expectation = { oracle: 1.25, interval, what: 'the loss at w 1' }
/** In widths of the interval, its edges are half a width away from the oracle. */
const compare = (...values: number[]) =>
  expectPermitted(Float32Array.from(values), () => expectation)

test('values at the edges and inside pass; the result has the worst ratio and the count', () => {
  expect(compare(1, 1.25, 1.5)).toEqual({ count: 3, worst: 0.5 })
  expect(compare(1.25, 1.375)).toEqual({ count: 2, worst: 0.25 })
  expect(compare(1.25)).toEqual({ count: 1, worst: 0 })
})

test('one f32 inside an edge passes, one f32 outside is caught', () => {
  expect(compare(nextDown(1.5), nextUp(1)).worst).toBeLessThan(1)
  expect(() => compare(1.25, nextUp(1.5))).toThrow('1 of 2 values are outside')
  expect(() => compare(1.25, nextDown(1))).toThrow('1 of 2 values are outside')
})

test('the message names the worst value: index, value, oracle, interval and ratio', () => {
  expect(() => compare(1.25, 2, 3, 1.75)).toThrow(
    '3 of 4 values are outside: value 2, the loss at w 1, is 3; the oracle gives 1.25, ' +
      'permitted is [1, 1.5]; 4.00 times the permitted error.',
  )
})

test('each value is compared with its own expectation', () => {
  const at = (i: number) => ({ oracle: i, interval: { lo: i, hi: i }, what: `number ${i}` })
  expect(expectPermitted([0, 1, 2], at)).toEqual({ count: 3, worst: 0 })
  expect(() => expectPermitted([0, 2, 2], at)).toThrow('value 1, number 1, is 2')
})

test('NaN and infinity are caught, alone and among values that pass', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(() => compare(value)).toThrow(`value 0, the loss at w 1, is ${value}`)
    expect(() => compare(1.5, value, 1.25)).toThrow(`value 1, the loss at w 1, is ${value}`)
  }
})

test('nothing to compare is an error, not a pass', () => {
  expect(() => compare()).toThrow('There are 0 values to compare')
})
