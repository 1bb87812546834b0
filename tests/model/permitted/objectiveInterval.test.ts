import { expect, test } from 'vitest'
import { activate, softplus } from '../../../src/model/neuron'
import { createObjective } from '../../../src/model/objective'
import { exactly, type Interval } from '../../../src/model/permitted/interval'
import {
  activateInterval,
  createObjectiveInterval,
  errorRatio,
  softplusInterval,
} from '../../../src/model/permitted/objectiveInterval'
import { stateIntervals } from '../../../src/model/permitted/ruleIntervals'
import {
  defaultObjective,
  descentJob,
  lossNames,
  seededPlaces,
  seededSamples,
} from '../../gpu/cases'
import { nextDown, nextUp } from '../float32'
import { always, real } from '../seeded'

const isInside = (value: number, { lo, hi }: Interval) => lo <= value && value <= hi

/** 300 places (w, b), f32. */
function* places(range: number, seed: number): Generator<readonly [w: number, b: number]> {
  const all = seededPlaces(300, range, seed)
  for (let i = 0; i < all.length; i += 2) yield [all[i], all[i + 1]]
}

/** A whole evaluation in f32, every operation rounded to nearest: one permitted result. */
function lossInFloat32(samples: readonly (readonly [number, number])[], w: number, b: number) {
  const f = Math.fround
  let sum = 0
  for (const [x, y] of samples) {
    const u = f(f(f(w) * f(f(x) * Math.LOG2E)) + f(f(b) * f(Math.LOG2E)))
    const e = f(2 ** -Math.abs(u))
    const r = f(1 / f(1 + e))
    const error = f((u >= 0 ? r : f(e * r)) - f(y))
    sum = f(sum + f(error * error))
  }
  return f(f(1 / samples.length) * sum)
}

test('activate and softplus, measured in bits, hold the oracle at z = u ln 2', () => {
  always([real(-170, 170)], (z) => {
    const u = exactly(Math.fround(z))
    const here = activate(u.lo * Math.LN2)
    const permitted = activateInterval(u)
    for (const part of ['value', 'complement', 'slope'] as const) {
      expect(isInside(here[part], permitted[part]), `${part} at ${u.lo} bits`).toBe(true)
    }
    const bits = softplus(u.lo * Math.LN2) / Math.LN2
    expect(isInside(bits, softplusInterval(u)), `softplus at ${u.lo} bits`).toBe(true)
  })
})

test('both branches are permitted if the sign of u is not known', () => {
  const { value, complement } = activateInterval({ lo: -0.25, hi: 0.5 })
  for (const u of [-0.25, 0, 0.5]) {
    expect(isInside(activate(u * Math.LN2).value, value)).toBe(true)
    expect(isInside(activate(u * Math.LN2).complement, complement)).toBe(true)
  }
})

test('intervals are narrow: 1 - f at 40 bits is known to 100 ULP, which a difference is not', () => {
  const { complement } = activateInterval(exactly(40))
  expect(complement.lo).toBeGreaterThan(0)
  expect((complement.hi - complement.lo) / 2 ** -40).toBeLessThan(200 * 2 ** -23)
})

test.for(lossNames)('%s: loss and gradient of the oracle are permitted', (loss) => {
  for (const samples of [defaultObjective.samples, seededSamples(29, 4)]) {
    const spec = { ...defaultObjective, samples, loss }
    const [objective, permitted] = [createObjective(spec), createObjectiveInterval(spec)]
    const gradient = new Float64Array(2)
    for (const [w, b] of places(12, 6)) {
      objective.gradient(w, b, gradient)
      const [dw, db] = permitted.gradient(w, b)
      expect(isInside(objective.loss(w, b), permitted.loss(w, b)), `loss at ${w}, ${b}`).toBe(true)
      expect(isInside(gradient[0], dw), `dL/dw at ${w}, ${b}`).toBe(true)
      expect(isInside(gradient[1], db), `dL/db at ${w}, ${b}`).toBe(true)
    }
  }
})

test('an evaluation in f32, each operation rounded to nearest, is permitted', () => {
  const { samples } = defaultObjective
  const permitted = createObjectiveInterval(defaultObjective)
  for (const [w, b] of places(12, 7)) {
    expect(isInside(lossInFloat32(samples, w, b), permitted.loss(w, b)), `${w}, ${b}`).toBe(true)
  }
})

test('the loss is known to a few millionths: a wrong digit is not permitted', () => {
  const permitted = createObjectiveInterval(defaultObjective)
  const { loss } = createObjective(defaultObjective)
  for (const [w, b] of places(8, 8)) {
    expect(isInside(loss(w, b) * (1 + 1e-4), permitted.loss(w, b)), `${w}, ${b}`).toBe(false)
    expect(isInside(loss(w, b) * (1 - 1e-4), permitted.loss(w, b)), `${w}, ${b}`).toBe(false)
  }
})

test.for(lossNames)('%s: batch gradient and Hessian of the oracle are permitted', (loss) => {
  const spec = { ...defaultObjective, samples: seededSamples(29, 4), loss }
  const [objective, permitted] = [createObjective(spec), createObjectiveInterval(spec)]
  const order = [3, 28, 7, 0, 11, 5]
  const gradient = new Float64Array(2)
  for (const [w, b] of places(12, 10)) {
    objective.batchGradient(order, 1, 5, w, b, gradient)
    const batch = permitted.batchGradient(order, 1, 5, w, b)
    expect(isInside(gradient[0], batch[0]), `batch dL/dw at ${w}, ${b}`).toBe(true)
    expect(isInside(gradient[1], batch[1]), `batch dL/db at ${w}, ${b}`).toBe(true)
    const { ww, wb, bb } = objective.hessian(w, b)
    const hessian = permitted.hessian(w, b)
    expect(isInside(ww, hessian[0]), `L_ww at ${w}, ${b}`).toBe(true)
    expect(isInside(wb, hessian[1]), `L_wb at ${w}, ${b}`).toBe(true)
    expect(isInside(bb, hessian[2]), `L_bb at ${w}, ${b}`).toBe(true)
  }
})

test('a batch of all points has the permitted gradient, and one point alone another', () => {
  const permitted = createObjectiveInterval(defaultObjective)
  const order = defaultObjective.samples.map((_, i) => i)
  for (const [w, b] of places(8, 11)) {
    expect(permitted.batchGradient(order, 0, order.length, w, b)).toEqual(permitted.gradient(w, b))
    expect(permitted.batchGradient(order, 2, 3, w, b)).not.toEqual(permitted.gradient(w, b))
  }
})

test('a place that is not known exactly permits what every place inside permits', () => {
  const permitted = createObjectiveInterval(defaultObjective)
  for (const [w, b] of places(8, 12)) {
    const [wide, high] = [
      { lo: Math.fround(w - 0.01), hi: Math.fround(w + 0.01) },
      { lo: Math.fround(b - 0.02), hi: Math.fround(b + 0.02) },
    ]
    const outer = permitted.gradient(wide, high)
    for (const innerW of [wide.lo, w, wide.hi]) {
      for (const innerB of [high.lo, b, high.hi]) {
        permitted.gradient(innerW, innerB).forEach(({ lo, hi }, k) => {
          expect(isInside(lo, outer[k]) && isInside(hi, outer[k]), `${w}, ${b}`).toBe(true)
        })
      }
    }
  }
})

test('a step: theta - eta g, each with its interval', () => {
  const { runner } = descentJob(defaultObjective)
  const permitted = stateIntervals(runner.rule, defaultObjective, runner.learningRate, 1)
  const objective = createObjective(defaultObjective)
  const gradient = new Float64Array(2)
  for (const [w, b] of places(8, 9)) {
    objective.gradient(w, b, gradient)
    const [afterW, afterB] = permitted([w, b], 0)
    expect(isInside(w - runner.learningRate * gradient[0], afterW)).toBe(true)
    expect(isInside(b - runner.learningRate * gradient[1], afterB)).toBe(true)
    expect(isInside(w + runner.learningRate * gradient[0] * 1.001, afterW)).toBe(false)
  }
})

test('errorRatio: equal is 0, inside it counts in widths of the interval, outside it is above 1', () => {
  const interval = { lo: 1, hi: 4 }
  expect(errorRatio(2, 2, interval)).toBe(0)
  expect(errorRatio(1, 2, interval)).toBe(1 / 3)
  expect(errorRatio(4, 2, interval)).toBe(2 / 3)
  expect(errorRatio(4, 1, interval)).toBe(1)
  expect(errorRatio(0, 2, interval)).toBe(1 + 1 / 3)
  expect(errorRatio(8, 2, interval)).toBe(1 + 4 / 3)
})

test('errorRatio: one f32 beyond the edge is above 1, one before it is below', () => {
  const interval = { lo: 1, hi: Math.fround(1.001) }
  const oracle = 1.0005
  expect(errorRatio(nextUp(interval.hi), oracle, interval)).toBeGreaterThan(1)
  expect(errorRatio(nextDown(interval.hi), oracle, interval)).toBeLessThan(1)
  expect(errorRatio(nextDown(interval.lo), oracle, interval)).toBeGreaterThan(1)
  expect(errorRatio(nextUp(interval.lo), oracle, interval)).toBeLessThan(1)
})

test('errorRatio: what is no number, and what differs where nothing may, is infinitely wrong', () => {
  const interval = { lo: 1, hi: 4 }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(errorRatio(value, 2, interval)).toBe(Number.POSITIVE_INFINITY)
    expect(errorRatio(value, value, interval)).toBe(Number.POSITIVE_INFINITY)
  }
  expect(errorRatio(1e-30, 0, { lo: 0, hi: 0 })).toBe(Number.POSITIVE_INFINITY)
  expect(errorRatio(0, 0, { lo: 0, hi: 0 })).toBe(0)
  expect(errorRatio(3, 2, { lo: 1, hi: 2 })).toBe(2)
})

test('errorRatio: outside is above 1 even where the width is infinite, huge or no number', () => {
  expect(errorRatio(1, 5, { lo: 4, hi: Number.POSITIVE_INFINITY })).toBeGreaterThan(1)
  expect(errorRatio(nextDown(-1e-30), 1, { lo: -1e-30, hi: 1e30 })).toBeGreaterThan(1)
  expect(errorRatio(1, 5, { lo: Number.NaN, hi: Number.NaN })).toBe(Number.POSITIVE_INFINITY)
})
