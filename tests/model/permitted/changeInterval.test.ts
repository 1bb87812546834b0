/** The permitted changes hold the oracle, and little else. */
import { expect, test } from 'vitest'
import { createObjective } from '../../../src/model/objective'
import {
  createLossChangeInterval,
  exp2m1Interval,
  log2p1Interval,
  stepInterval,
} from '../../../src/model/permitted/changeInterval'
import { exactly, type Interval } from '../../../src/model/permitted/interval'
import { createLossChange } from '../../../src/model/step/lossChange'
import { defaultObjective, lossNames, seededPlaces, seededSamples } from '../../gpu/cases'
import { always, real } from '../seeded'

const isInside = (value: number, { lo, hi }: Interval) => lo <= value && value <= hi

const isAround = ({ lo, hi }: Interval, inner: Interval) => lo <= inner.lo && inner.hi <= hi

/** Half the width, over the value. */
const spreadOf = ({ lo, hi }: Interval, value: number) => (hi - lo) / 2 / Math.abs(value)

const exp2m1 = (u: number) => Math.expm1(u * Math.LN2)
const log2p1 = (t: number) => Math.log1p(t) / Math.LN2

test('2^u - 1 is inside, and known to a millionth from 2^-100 to 1', () => {
  for (const u of [-1e6, -30, -1, -0.6875, -0.6, -0.1, 0.1, 0.6, 0.6875, 0.7, 1]) {
    expect(isInside(exp2m1(Math.fround(u)), exp2m1Interval(exactly(Math.fround(u)))), `${u}`).toBe(
      true,
    )
  }
  always([real(-20, 1)], (real) => {
    const u = Math.fround(real)
    const found = exp2m1Interval(exactly(u))
    expect(isInside(exp2m1(u), found), `at ${u}`).toBe(true)
    for (const small of [u * 2 ** -10, u * 2 ** -40, u * 2 ** -100].map(Math.fround)) {
      const value = exp2m1(small)
      const interval = exp2m1Interval(exactly(small))
      expect(isInside(value, interval), `at ${small}`).toBe(true)
      if (Math.abs(small) > 2 ** -110) expect(spreadOf(interval, value)).toBeLessThan(1e-6)
    }
  })
})

test('log2(1 + t) is inside, and known to a millionth from 2^-100 to 1', () => {
  always([real(-0.5, 1)], (real) => {
    for (const t of [1, 2 ** -10, 2 ** -40, 2 ** -100].map((scale) => Math.fround(scale * real))) {
      const interval = log2p1Interval(exactly(t))
      expect(isInside(log2p1(t), interval), `at ${t}`).toBe(true)
      if (Math.abs(t) > 2 ** -110) expect(spreadOf(interval, log2p1(t))).toBeLessThan(1e-6)
    }
  })
})

test('both branches are permitted at the end of the series', () => {
  for (const edge of [-0.6875, 0.6875]) {
    const [lo, hi] = [edge - 2 ** -12, edge + 2 ** -12]
    const both = exp2m1Interval({ lo, hi })
    for (const u of [lo, edge, hi]) expect(isAround(both, exp2m1Interval(exactly(u)))).toBe(true)
  }
})

/** 200 places with the step of gradient descent that an f32 gradient gives there. */
function* steps(loss: (typeof lossNames)[number], learningRate: number, count: number) {
  const samples = count === 5 ? defaultObjective.samples : seededSamples(count, 6)
  const spec = { ...defaultObjective, samples, loss }
  const objective = createObjective(spec)
  const permitted = createLossChangeInterval(spec)
  const places = seededPlaces(200, 8, 17)
  const out = new Float64Array(2)
  for (let i = 0; i < places.length; i += 2) {
    const [w, b] = [places[i], places[i + 1]]
    objective.gradient(w, b, out)
    const [dw, db] = Float32Array.from(out)
    const eta = Math.fround(learningRate)
    const change = createLossChange(spec, w, b)(-eta * dw, -eta * db)
    const interval = permitted(w, b, stepInterval(learningRate, [dw, db]))
    yield { change, interval, what: `${loss}, eta ${learningRate}, at ${w}, ${b}`, objective, w, b }
  }
}

test.for(lossNames)('%s: the change of the oracle is permitted at any rate', (loss) => {
  for (const learningRate of [1e-6, 1e-4, 1e-2, 1, 10, 1000]) {
    for (const count of [1, 5, 29]) {
      for (const { change, interval, what } of steps(loss, learningRate, count)) {
        expect(isInside(change, interval), what).toBe(true)
      }
    }
  }
})

test.for(lossNames)('%s: a short step is known so well that rounded losses are not', (loss) => {
  const spreads: number[] = []
  for (const { change, interval } of steps(loss, 1e-4, 5)) spreads.push(spreadOf(interval, change))
  spreads.sort((a, b) => a - b)
  expect(spreads[100], 'half of all places').toBeLessThan(2e-5)
  expect(spreads[199], 'every place').toBeLessThan(1e-2)
})

test('z of either sign, and a step that may go either way, permit what each of theirs does', () => {
  for (const loss of lossNames) {
    const permitted = createLossChangeInterval({ ...defaultObjective, samples: [[1, 0.7]], loss })
    const all = permitted(0, 0, [{ lo: -0.5, hi: 2 }, exactly(0)])
    for (const dw of [-0.5, -0.01, 0, 0.01, 0.9, 2]) {
      const one = permitted(0, 0, [exactly(dw), exactly(0)])
      expect(isAround(all, one), `${loss}, ${dw}`).toBe(true)
    }
  }
})

test('the step is -eta g, one rounding wide, its rate rounded to f32', () => {
  const [dw, db] = stepInterval(0.1, [3, -7])
  const eta = Math.fround(0.1)
  expect(isInside(-3 * eta, dw) && isInside(7 * eta, db)).toBe(true)
  expect(dw.hi - dw.lo).toBeLessThan(0.3 * 2 ** -22)
})
