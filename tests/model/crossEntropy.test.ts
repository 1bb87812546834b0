import { expect, test } from 'vitest'
import * as terms from '../../src/model/crossEntropy'
import { activate } from '../../src/model/neuron'
import { always, epsilon, expectWithin, real } from './seeded'

const lossTerm = (z: number, y: number) => terms.lossTerm(activate(z), y)
const gradientTerm = (z: number, y: number) => terms.gradientTerm(activate(z), y)
const curvatureTerm = (z: number, y: number) => terms.curvatureTerm(activate(z), y)

const anyZ = real(-40, 40)
const anyY = real(-0.5, 1.5)

test('closed forms at z = 0: log 2, f - y = 1/2 - y, s = 1/4', () => {
  expect(lossTerm(0, 0.3)).toBe(Math.LN2)
  expect(gradientTerm(0, 0)).toBe(0.5)
  expect(gradientTerm(0, 1)).toBe(-0.5)
  expect(curvatureTerm(0, 0.3)).toBe(0.25)
})

test('the loss is -y log f - (1 - y) log(1 - f) as written out', () => {
  always([real(-12, 12), real(0, 1)], (z, y) => {
    const f = 1 / (1 + Math.exp(-z))
    const wanted = -y * Math.log(f) - (1 - y) * Math.log(1 - f)
    // 1 - f in the reference has lost up to e^12 epsilon of its digits.
    expectWithin(lossTerm(z, y), wanted, 4 * epsilon * Math.exp(Math.abs(z)) + 8 * epsilon)
  })
})

test('gradientTerm is the derivative of lossTerm, curvatureTerm that of gradientTerm', () => {
  always([anyZ, anyY], (z, y) => {
    const h = Math.cbrt(epsilon) * Math.max(1, Math.abs(z))
    const bound = h * h + (8 * epsilon * (1 + Math.abs(lossTerm(z, y)))) / h
    const slope = (lossTerm(z + h, y) - lossTerm(z - h, y)) / (2 * h)
    expectWithin(gradientTerm(z, y), slope, bound)
    const curvature = (gradientTerm(z + h, y) - gradientTerm(z - h, y)) / (2 * h)
    expectWithin(curvatureTerm(z, y), curvature, bound)
  })
})

test('it is convex: the curvature is f (1 - f) whatever y', () => {
  always([anyZ, anyY], (z, y) => {
    expect(curvatureTerm(z, y)).toBe(activate(z).slope)
    expect(curvatureTerm(z, y)).toBeGreaterThan(0)
  })
})

test('at z = 800 and -800 it grows like |z| and does not overflow', () => {
  expect(lossTerm(800, 0)).toBe(800)
  expect(lossTerm(800, 1)).toBe(0)
  expect(lossTerm(-800, 1)).toBe(800)
  expect(lossTerm(-800, 0)).toBe(0)
  expect(gradientTerm(800, 0)).toBe(1)
  expect(gradientTerm(-800, 1)).toBe(-1)
  expect(lossTerm(800, 0.25)).toBe(600)
})

test('for the right label the loss keeps its digits: e^-z, not 0', () => {
  for (const z of [20, 30]) {
    // z - z cancels only to an ulp of z in softplus(z) - z: at -z and y = 0 there is none of it.
    const wanted = Math.log1p(Math.exp(-z))
    expectWithin(lossTerm(-z, 0), wanted, 2 * epsilon * wanted)
  }
})
