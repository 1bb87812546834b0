import { expect, test } from 'vitest'
import { activate } from '../../src/model/neuron'
import * as terms from '../../src/model/squaredError'
import { always, epsilon, expectWithin, real } from './seeded'

const lossTerm = (z: number, y: number) => terms.lossTerm(activate(z), y)
const gradientTerm = (z: number, y: number) => terms.gradientTerm(activate(z), y)
const curvatureTerm = (z: number, y: number) => terms.curvatureTerm(activate(z), y)

const anyZ = real(-40, 40)
const anyY = real(-0.5, 1.5)

test('closed forms at z = 0: f = 1/2, s = 1/4', () => {
  expect(lossTerm(0, 1)).toBe(0.25)
  expect(lossTerm(0, 0.5)).toBe(0)
  expect(gradientTerm(0, 1)).toBe(-0.125)
  expect(gradientTerm(0, 0)).toBe(0.125)
  // s^2 + (f - y) s (1 - 2f): the second part vanishes at f = 1/2.
  expect(curvatureTerm(0, 1)).toBe(0.0625)
})

test('(f - y)^2, (f - y) f (1 - f) and s^2 + (f - y) s (1 - 2f) as written out', () => {
  always([real(-15, 15), anyY], (z, y) => {
    const f = 1 / (1 + Math.exp(-z))
    const s = f * (1 - f)
    // 1 - f cancels in the reference: an absolute error of a few epsilon.
    const bound = 16 * epsilon
    expectWithin(lossTerm(z, y), (f - y) ** 2, bound)
    expectWithin(gradientTerm(z, y), (f - y) * f * (1 - f), bound)
    expectWithin(curvatureTerm(z, y), s * s + (f - y) * s * (1 - 2 * f), bound)
  })
})

test('gradientTerm is half the derivative of lossTerm, curvatureTerm that of gradientTerm', () => {
  always([anyZ, anyY], (z, y) => {
    const h = Math.cbrt(epsilon) * Math.max(1, Math.abs(z))
    const bound = h * h + (8 * epsilon) / h
    const slope = (lossTerm(z + h, y) - lossTerm(z - h, y)) / (2 * h)
    expectWithin(2 * gradientTerm(z, y), slope, bound)
    const curvature = (gradientTerm(z + h, y) - gradientTerm(z - h, y)) / (2 * h)
    expectWithin(curvatureTerm(z, y), curvature, bound)
  })
})

test('the loss is 0 and the gradient too where f = y', () => {
  always([anyZ], (z) => {
    const { value, slope } = activate(z)
    expect(lossTerm(z, value)).toBe(0)
    expect(gradientTerm(z, value)).toBe(0)
    expect(curvatureTerm(z, value)).toBe(slope * slope)
  })
})

test('at z = 800 and -800 the plateau is flat and its height exact', () => {
  expect(lossTerm(800, 0)).toBe(1)
  expect(lossTerm(-800, 1)).toBe(1)
  expect(lossTerm(800, 1)).toBe(0)
  for (const z of [-800, 800]) {
    expect(Math.abs(gradientTerm(z, 0.3))).toBe(0)
    expect(Math.abs(curvatureTerm(z, 0.3))).toBe(0)
  }
})

test('far out the gradient keeps its sign and digits: (1 - y) e^-z, not 0', () => {
  for (const z of [40, 300, 700]) {
    const wanted = (1 - 0.25) * Math.exp(-z)
    expectWithin(gradientTerm(z, 0.25), wanted, 4 * epsilon * wanted)
    expectWithin(gradientTerm(-z, 0.25), -0.25 * Math.exp(-z), 4 * epsilon * wanted)
  }
})
