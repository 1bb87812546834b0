import { expect, test } from 'vitest'
import type { LossName } from '../../src/model/loss'
import { createObjective, roundSamples, type Sample } from '../../src/model/objective'
import { uniform } from '../../src/model/pcg'
import { defaultObjective, lossNames, seededPlaces, seededSamples } from '../gpu/cases'
import { epsilon, expectWithin } from './seeded'

const objectiveOf = (samples: readonly Sample[], loss: LossName) =>
  createObjective({ kind: 'neuron', samples, loss })

function gradientOf(samples: readonly Sample[], loss: LossName, w: number, b: number) {
  const out = new Float64Array(2)
  objectiveOf(samples, loss).gradient(w, b, out)
  return out
}

/** 500 places (w, b) in [-range, range]^2. */
function* places(range: number, seed: number): Generator<readonly [w: number, b: number]> {
  const all = seededPlaces(500, range, seed)
  for (let i = 0; i < all.length; i += 2) yield [all[i], all[i + 1]]
}

/** y are multiples of 1/64, so that 1 - y is exact in f32. */
const mirrored: Sample[] = seededSamples(7, 3).map(([x, y]) => [x, Math.round(64 * y) / 64])

test('closed forms: one sample (2, 0.25) at w = b = 0', () => {
  const samples: Sample[] = [[2, 0.25]]
  expect(objectiveOf(samples, 'mean').loss(0, 0)).toBe(1 / 16)
  expect([...gradientOf(samples, 'mean', 0, 0)]).toEqual([0.25, 0.125])
  expect(objectiveOf(samples, 'mean').hessian(0, 0)).toEqual({ ww: 0.5, wb: 0.25, bb: 0.125 })
  expect(objectiveOf(samples, 'half').loss(0, 0)).toBe(1 / 32)
  expect([...gradientOf(samples, 'half', 0, 0)]).toEqual([0.125, 0.0625])
  expect(objectiveOf(samples, 'crossEntropy').loss(0, 0)).toBe(Math.LN2)
  expect([...gradientOf(samples, 'crossEntropy', 0, 0)]).toEqual([0.5, 0.25])
  expect(objectiveOf(samples, 'crossEntropy').hessian(0, 0)).toEqual({ ww: 1, wb: 0.5, bb: 0.25 })
})

test('the three losses of the default data at (-2, 4) are the sums as written out', () => {
  const { samples } = defaultObjective
  const f = (x: number) => 1 / (1 + Math.exp(-(-2 * x + 4)))
  const squares = samples.map(([x, y]) => (f(x) - y) ** 2).reduce((sum, term) => sum + term)
  const logs = samples
    .map(([x, y]) => -y * Math.log(f(x)) - (1 - y) * Math.log(1 - f(x)))
    .reduce((sum, term) => sum + term)
  // The oracle rounds its samples to f32, the reference does not: 2^-24 of y, times dL/dy.
  const bound = 1e-6
  expectWithin(objectiveOf(samples, 'mean').loss(-2, 4), squares / 5, bound)
  expectWithin(objectiveOf(samples, 'half').loss(-2, 4), squares / 2, bound)
  expectWithin(objectiveOf(samples, 'crossEntropy').loss(-2, 4), logs / 5, bound)
})

test.for(lossNames)('%s: the gradient is the central difference of the loss', (loss) => {
  const samples = seededSamples(7, 11)
  const { loss: at } = objectiveOf(samples, loss)
  for (const [w, b] of places(8, 1)) {
    const h = Math.cbrt(epsilon) * Math.max(1, Math.abs(w), Math.abs(b))
    // Third derivatives are below n max |x|^3 < 7 * 64; a term's rounding is some ulp of it.
    const bound = (448 * h * h) / 6 + (16 * epsilon * (1 + at(w, b))) / h
    const [dw, db] = gradientOf(samples, loss, w, b)
    expectWithin(dw, (at(w + h, b) - at(w - h, b)) / (2 * h), bound, `dL/dw at ${w}, ${b}`)
    expectWithin(db, (at(w, b + h) - at(w, b - h)) / (2 * h), bound, `dL/db at ${w}, ${b}`)
  }
})

test.for(lossNames)('%s: the Hessian is the central difference of the gradient', (loss) => {
  const samples = seededSamples(7, 12)
  const objective = objectiveOf(samples, loss)
  for (const [w, b] of places(8, 2)) {
    const h = Math.cbrt(epsilon) * Math.max(1, Math.abs(w), Math.abs(b))
    // Fourth derivatives are below n max |x|^4 < 7 * 256; a gradient here is below 28.
    const bound = (1792 * h * h) / 6 + (28 * 16 * epsilon) / h
    const { ww, wb, bb } = objective.hessian(w, b)
    const differ = (k: number, dw: number, db: number) =>
      (gradientOf(samples, loss, w + dw, b + db)[k] -
        gradientOf(samples, loss, w - dw, b - db)[k]) /
      (2 * h)
    expectWithin(ww, differ(0, h, 0), bound, `L_ww at ${w}, ${b}`)
    expectWithin(wb, differ(0, 0, h), bound, `L_wb at ${w}, ${b}`)
    expectWithin(wb, differ(1, h, 0), bound, `L_bw at ${w}, ${b}`)
    expectWithin(bb, differ(1, 0, h), bound, `L_bb at ${w}, ${b}`)
  }
})

test.for(lossNames)('%s: x to -x mirrors w, bit for bit', (loss) => {
  const turned: Sample[] = mirrored.map(([x, y]) => [-x, y])
  for (const [w, b] of places(8, 3)) {
    expect(objectiveOf(turned, loss).loss(w, b)).toBe(objectiveOf(mirrored, loss).loss(-w, b))
    const [dw, db] = gradientOf(mirrored, loss, -w, b)
    expect([...gradientOf(turned, loss, w, b)]).toEqual([-dw, db])
    const { ww, wb, bb } = objectiveOf(mirrored, loss).hessian(-w, b)
    expect(objectiveOf(turned, loss).hessian(w, b)).toEqual({ ww, wb: -wb, bb })
  }
})

test.for(lossNames)('%s: y to 1 - y mirrors w and b', (loss) => {
  const turned: Sample[] = mirrored.map(([x, y]) => [x, 1 - y])
  for (const [w, b] of places(8, 4)) {
    // z reaches 40, and so do the terms of cross-entropy: some ulp of 40.
    const bound = 40 * 8 * epsilon
    const here = objectiveOf(mirrored, loss).loss(-w, -b)
    expectWithin(objectiveOf(turned, loss).loss(w, b), here, bound)
    const [dw, db] = gradientOf(mirrored, loss, -w, -b)
    const [turnedDw, turnedDb] = gradientOf(turned, loss, w, b)
    expectWithin(turnedDw, -dw, bound)
    expectWithin(turnedDb, -db, bound)
  }
})

test.for(lossNames)('%s: the order of the points does not matter', (loss) => {
  const samples = seededSamples(40, 6)
  const key = new Map(samples.map((sample, i) => [sample, uniform(9, i)]))
  const shuffled = [...samples].sort((a, b) => key.get(a)! - key.get(b)!)
  expect(shuffled).not.toEqual(samples)
  for (const [w, b] of places(8, 5)) {
    const bound = 40 * epsilon * (1 + objectiveOf(samples, loss).loss(w, b)) * 20
    expectWithin(
      objectiveOf(shuffled, loss).loss(w, b),
      objectiveOf(samples, loss).loss(w, b),
      bound,
    )
    const [dw, db] = gradientOf(samples, loss, w, b)
    const [otherDw, otherDb] = gradientOf(shuffled, loss, w, b)
    // Sums of 40 terms, each at most 4 * 1.2.
    expectWithin(otherDw, dw, 40 * epsilon * 40 * 4.8)
    expectWithin(otherDb, db, 40 * epsilon * 40 * 4.8)
  }
})

test('half is n / 2 times mean, in loss, gradient and Hessian', () => {
  const samples = seededSamples(8, 8)
  for (const [w, b] of places(8, 6)) {
    const [half, mean] = [objectiveOf(samples, 'half'), objectiveOf(samples, 'mean')]
    // n = 8: the factor is a power of two, so it is exact.
    expect(half.loss(w, b)).toBe(4 * mean.loss(w, b))
    const [dw, db] = gradientOf(samples, 'mean', w, b)
    expect([...gradientOf(samples, 'half', w, b)]).toEqual([4 * dw, 4 * db])
    expect(half.hessian(w, b).ww).toBe(4 * mean.hessian(w, b).ww)
  }
})

test.for(lossNames)('%s: finite at |w|, |b|, |x| of 1e6', (loss) => {
  const far: Sample[] = [
    [1e6, 1],
    [-1e6, 0],
    [0.5, 0.5],
  ]
  for (const w of [-1e6, 1e6]) {
    for (const b of [-1e6, 1e6]) {
      const found = [objectiveOf(far, loss).loss(w, b), ...gradientOf(far, loss, w, b)]
      expect(found.every(Number.isFinite), `${found} at ${w}, ${b}`).toBe(true)
    }
  }
})

test('samples are rounded to f32 before anything is computed', () => {
  expect(roundSamples([[0.1, 0.2]])).toEqual([[Math.fround(0.1), Math.fround(0.2)]])
  const raw = objectiveOf([[0.1, 0.2]], 'mean')
  const rounded = objectiveOf(roundSamples([[0.1, 0.2]]), 'mean')
  expect(raw.loss(3, 1)).toBe(rounded.loss(3, 1))
  expect(raw.hessian(3, 1)).toEqual(rounded.hessian(3, 1))
})
