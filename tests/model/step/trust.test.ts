import { expect, test } from 'vitest'
import { explainStep } from '../../../src/model/step/explainStep'
import { trustRatio } from '../../../src/model/step/trust'
import { defaultObjective, lossNames, seededPlaces } from '../../gpu/cases'
import { epsilon, expectWithin } from '../seeded'

const flat = { ww: 0, wb: 0, bb: 0 }

test('a promise that is kept has a ratio of 1, half of it 1/2, the opposite -1', () => {
  // -eta |g|^2 = -2 * 25.
  expect(trustRatio([3, 4], flat, -50, 2, 'first')).toBe(1)
  expect(trustRatio([3, 4], flat, -25, 2, 'first')).toBe(0.5)
  expect(trustRatio([3, 4], flat, 50, 2, 'first')).toBe(-1)
})

test('on a quadratic the second order is right at any rate, the first at none', () => {
  const hessian = { ww: 3, wb: -1, bb: 2 }
  const gradient = [0.5, -0.25] as const
  const [u, v] = gradient
  const bend = 3 * u * u - 2 * u * v + 2 * v * v
  // Powers of two, which rounding to f32 leaves as they are.
  for (const eta of [2 ** -13, 0.5, 8]) {
    const change = -eta * (u * u + v * v) + 0.5 * eta * eta * bend
    expect(trustRatio(gradient, hessian, change, eta, 'second')).toBe(1)
    expect(trustRatio(gradient, hessian, change, eta, 'first')).not.toBe(1)
  }
})

test('the learning rate is rounded to f32, as the step was', () => {
  expect(trustRatio([1, 0], flat, -Math.fround(0.1), 0.1, 'first')).toBe(1)
})

test('NaN where nothing is promised and nothing happens; infinite where only nothing is promised', () => {
  const hessian = { ww: 1, wb: 0, bb: 0 }
  for (const order of ['first', 'second'] as const) {
    expect(trustRatio([0, 0], hessian, 0, 10, order)).toBeNaN()
  }
  // eta g^T H g = 2 |g|^2: as far beyond the valley as before it.
  expect(trustRatio([1, 0], hessian, 0.1, 2, 'second')).toBe(Number.POSITIVE_INFINITY)
  expect(trustRatio([1, 0], hessian, 0, 2, 'second')).toBeNaN()
})

test.for(lossNames)('%s: the terms of explainStep give the same ratio', (loss) => {
  const places = seededPlaces(100, 8, 31)
  for (let i = 0; i < places.length; i += 2) {
    for (const learningRate of [1e-4, 10, 1000]) {
      const place = { w: places[i], b: places[i + 1], learningRate }
      const step = explainStep({ ...defaultObjective, loss }, place)
      const { gradient, hessian, actual, firstOrder, secondOrder } = step
      const of = (order: 'first' | 'second') =>
        trustRatio(gradient, hessian, actual, learningRate, order)
      const wanted = actual / firstOrder
      expectWithin(of('first'), wanted, 4 * epsilon * Math.abs(wanted), 'first order')
      // Both orders may cancel: the error is that of the prediction.
      const promised = firstOrder + secondOrder
      const size = Math.abs(firstOrder) + Math.abs(secondOrder)
      const both = actual / promised
      const bound = (16 * epsilon * size * Math.abs(both)) / Math.abs(promised)
      expectWithin(of('second'), both, bound, 'second order')
    }
  }
})
