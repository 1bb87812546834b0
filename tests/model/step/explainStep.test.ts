import { describe, expect, test } from 'vitest'
import { createObjective, type NeuronSpec } from '../../../src/model/objective'
import { lookAlong } from '../../../src/model/step/direction'
import { explainStep } from '../../../src/model/step/explainStep'
import { createLossChange } from '../../../src/model/step/lossChange'
import { lossAlong } from '../../../src/model/step/magnifier'
import { defaultObjective, lossNames, seededPlaces, seededSamples } from '../../gpu/cases'
import { epsilon, expectWithin } from '../seeded'

type Vector = readonly [number, number]

function* places(range: number, seed: number) {
  const all = seededPlaces(100, range, seed)
  for (let i = 0; i < all.length; i += 2) yield { w: all[i], b: all[i + 1] }
}

const specOf = (loss: NeuronSpec['loss']) => ({ ...defaultObjective, loss })
const seven = (loss: NeuronSpec['loss']): NeuronSpec => ({
  kind: 'neuron',
  samples: seededSamples(7, 21),
  loss,
})

test('closed forms: one sample (2, 0.25) at w = b = 0, a step of -1 of z', () => {
  const spec = { kind: 'neuron', samples: [[2, 0.25]], loss: 'mean' } as const
  const found = explainStep(spec, { w: 0, b: 0, direction: [-0.5, 0], learningRate: 1 })
  expect(found).toMatchObject({
    loss: 1 / 16,
    gradient: [0.25, 0.125],
    hessian: { ww: 0.5, wb: 0.25, bb: 0.125 },
    firstOrder: -1 / 8,
    secondOrder: 1 / 16,
    terms: [
      { x: 2, y: 0.25, z: 0, prediction: 0.5, error: 0.25, slope: 0.25, dw: 0.25, db: 0.125 },
    ],
  })
  const after = (1 / (1 + Math.E) - 0.25) ** 2
  expectWithin(found.actual, after - 1 / 16, epsilon)
  expectWithin(found.remainder, after, epsilon)
})

test.for(lossNames)('%s: loss, gradient and Hessian are those of the objective', (loss) => {
  const objective = createObjective(seven(loss))
  const gradient = new Float64Array(2)
  for (const { w, b } of places(8, 1)) {
    const found = explainStep(seven(loss), { w, b, learningRate: 1 })
    objective.gradient(w, b, gradient)
    expect(found.loss).toBe(objective.loss(w, b))
    expect(found.gradient).toEqual([...gradient])
    expect(found.hessian).toEqual(objective.hessian(w, b))
  }
})

test.for(lossNames)('%s: the Hessian is the central difference of the gradient', (loss) => {
  // A power of two, so that w + h is an f32 if w is one with few digits.
  const h = 2 ** -14
  for (const place of places(8, 2)) {
    const [w, b] = [Math.round(256 * place.w) / 256, Math.round(256 * place.b) / 256]
    const at = (dw: number, db: number) =>
      explainStep(seven(loss), { w: w + dw, b: b + db, learningRate: 1 }).gradient
    const { ww, wb, bb } = explainStep(seven(loss), { w, b, learningRate: 1 }).hessian
    // Fourth derivatives are below n max |x|^4 < 7 * 256; a gradient here is below 28.
    const bound = (1792 * h * h) / 6 + (28 * 16 * epsilon) / h
    expectWithin(ww, (at(h, 0)[0] - at(-h, 0)[0]) / (2 * h), bound, `L_ww at ${w}, ${b}`)
    expectWithin(wb, (at(0, h)[0] - at(0, -h)[0]) / (2 * h), bound, `L_wb at ${w}, ${b}`)
    expectWithin(bb, (at(0, h)[1] - at(0, -h)[1]) / (2 * h), bound, `L_bb at ${w}, ${b}`)
  }
})

test.for(lossNames)('%s: the samples share out the gradient', (loss) => {
  for (const { w, b } of places(8, 3)) {
    const { gradient, terms } = explainStep(seven(loss), { w, b, learningRate: 1 })
    for (const [k, name] of [
      [0, 'dw'],
      [1, 'db'],
    ] as const) {
      const sum = terms.reduce((total, term) => total + term[name], 0)
      const size = terms.reduce((total, term) => total + Math.abs(term[name]), 0)
      expectWithin(sum, gradient[k], 1e-12 * size, `${name} at ${w}, ${b}`)
    }
    for (const { x, y, z, prediction, error, slope } of terms) {
      expect(z).toBe(w * x + b)
      expect(error).toBe(prediction - y)
      expectWithin(slope, prediction * (1 - prediction), epsilon)
    }
  }
})

test('half against mean: n / 2 in every term, at a rate of 2 / n the same step', () => {
  const place = { w: -2, b: 4 }
  const spec = { ...seven('mean'), samples: seededSamples(8, 8) }
  const mean = explainStep(spec, { ...place, learningRate: 4 })
  const half = explainStep({ ...spec, loss: 'half' }, { ...place, learningRate: 1 })
  // n = 8: the factor is a power of two, so it is exact.
  expect(half.gradient).toEqual(mean.gradient.map((part) => 4 * part))
  for (const name of ['loss', 'firstOrder', 'secondOrder', 'actual', 'remainder'] as const) {
    expect(half[name], name).toBe(4 * mean[name])
  }
  expect(half.terms.map(({ dw }) => dw)).toEqual(mean.terms.map(({ dw }) => 4 * dw))
})

describe('the angle', () => {
  test('is 180 for steepest descent, 0 along the gradient and 90 across it', () => {
    for (const place of places(8, 4)) {
      const step = { ...place, learningRate: 1 }
      const { angle, gradient, firstOrder } = explainStep(defaultObjective, step)
      expect(angle).toBe(180)
      expect(firstOrder).toBeLessThan(0)
      const [dw, db] = gradient
      const angleOf = (...direction: Vector) =>
        explainStep(defaultObjective, { ...step, direction }).angle
      // A direction is rounded to f32: half an ulp of it, in degrees.
      expectWithin(angleOf(dw, db), 0, 4e-6)
      expectWithin(angleOf(-dw, -db), 180, 4e-6)
      expectWithin(angleOf(-db, dw), 90, 4e-6)
      expectWithin(angleOf(db, -dw), 90, 4e-6)
      expectWithin(angleOf(dw - db, db + dw), 45, 8e-6)
    }
  })

  test('is such that firstOrder = eta |u| |g| cos(angle)', () => {
    for (const place of places(8, 4)) {
      const direction = [3, -4] as const
      const step = { ...place, learningRate: 0.5, direction }
      const { angle, gradient, firstOrder } = explainStep(defaultObjective, step)
      const length = 5 * Math.hypot(...gradient)
      const wanted = 0.5 * length * Math.cos((angle * Math.PI) / 180)
      expectWithin(firstOrder, wanted, 8 * epsilon * length)
    }
  })

  test('is 90 where there is none: no direction, or no gradient', () => {
    const still = explainStep(defaultObjective, { w: 1, b: 1, direction: [0, 0], learningRate: 1 })
    expect(still).toMatchObject({ angle: 90, firstOrder: 0, secondOrder: 0, actual: 0 })
    const fitted = { ...defaultObjective, samples: [[1, 0.5]] } as const
    expect(explainStep(fitted, { w: 0, b: 0, learningRate: 1 })).toMatchObject({
      angle: 90,
      gradient: [0, 0],
      actual: 0,
      remainder: 0,
    })
  })

  test('is found where the gradient is tiny', () => {
    const spec = { ...defaultObjective, samples: [[1, 1]] } as const
    const { angle, gradient } = explainStep(spec, { w: -400, b: 0, learningRate: 1 })
    expect(Math.abs(gradient[0])).toBeLessThan(1e-170)
    expect(angle).toBe(180)
  })
})

test('inputs are rounded to f32 once, the default direction is not', () => {
  const raw = { w: 0.1, b: 0.2, learningRate: 0.3, direction: [0.7, 0.9] } as const
  const rounded = {
    w: Math.fround(0.1),
    b: Math.fround(0.2),
    learningRate: Math.fround(0.3),
    direction: [Math.fround(0.7), Math.fround(0.9)],
  } as const
  expect(explainStep(defaultObjective, raw)).toEqual(explainStep(defaultObjective, rounded))
  const { gradient, direction } = lookAlong(defaultObjective, raw)
  expect(direction).toEqual(gradient.map((part) => -part))
})

/** -g / |g| */
function descentFrom(spec: NeuronSpec, place: { w: number; b: number }): Vector {
  const [dw, db] = lookAlong(spec, place).gradient
  const length = Math.hypot(dw, db)
  return [-dw / length, -db / length]
}

/** Exponent p of |remainder| ~ eta^p: the slope of the fitted line from eta = top, five octaves down. */
function fittedOrder(spec: NeuronSpec, place: { w: number; b: number }, top: number): number {
  const direction = descentFrom(spec, place)
  const octaves = [0, 1, 2, 3, 4, 5]
  const logs = octaves.map((k) => {
    const step = { ...place, direction, learningRate: top / 2 ** k }
    return Math.log2(Math.abs(explainStep(spec, step).remainder))
  })
  const mean = 2.5
  const spread = octaves.reduce((sum, k) => sum + (k - mean) ** 2, 0)
  return -octaves.reduce((sum, k) => sum + ((k - mean) * logs[k]) / spread, 0)
}

/**
 * The share that the fourth order adds to the third at eta = 0.03, relative to it: eta D4 / (4 D3), the
 * derivatives along u from differences of u^T H u.
 */
function fourthOverThird(spec: NeuronSpec, place: { w: number; b: number }): number {
  const [u, v] = descentFrom(spec, place)
  const { hessian } = createObjective(spec)
  const curvature = (t: number) => {
    const { ww, wb, bb } = hessian(place.w + t * u, place.b + t * v)
    return u * u * ww + 2 * u * v * wb + v * v * bb
  }
  const h = 1e-3
  const third = (curvature(h) - curvature(-h)) / (2 * h)
  const fourth = (curvature(h) - 2 * curvature(0) + curvature(-h)) / (h * h)
  return (0.03 * fourth) / (4 * third)
}

test.for(lossNames)(
  '%s: the remainder falls as eta^3 from 0.03 down, but where the third derivative nearly vanishes',
  (loss) => {
    const others: { w: number; b: number }[] = []
    for (const place of places(4, 7)) {
      const order = fittedOrder(specOf(loss), place, 0.03)
      const share = Math.abs(fourthOverThird(specOf(loss), place))
      // 1 + share eta / 0.03 bends the line by some 0.27 share.
      if (Math.abs(order - 3) <= 0.05) expect(share).toBeLessThan(0.25)
      else others.push(place)
    }
    expect(others.length).toBeLessThanOrEqual(5)
    for (const place of others) {
      expect(Math.abs(fourthOverThird(specOf(loss), place))).toBeGreaterThan(0.15)
      // Ten times nearer the third order has won.
      expectWithin(fittedOrder(specOf(loss), place, 0.003), 3, 0.05)
    }
  },
)

test.for(lossNames)('%s: huge steps are finite', (loss) => {
  const far = [
    { w: -2, b: 4, learningRate: 1e6 },
    { w: -2, b: 4, learningRate: 1e6, direction: [1e6, -1e6] },
    { w: 1e6, b: -1e6, learningRate: 1e6, direction: [-1e6, 1e6] },
  ] as const
  for (const step of far) {
    const { terms, ...found } = explainStep(seven(loss), step)
    const all = [...found.gradient, found.firstOrder, found.secondOrder, found.actual, found.angle]
    expect(all.every(Number.isFinite), `${all}`).toBe(true)
  }
})

test.for(lossNames)('%s: curves along a line have the values of the step at each rate', (loss) => {
  const place = { w: -2, b: 4 }
  const etas = Float64Array.of(2 ** -13, 0.5, 1, 64, 2 ** 19)
  for (const direction of [undefined, [1, -2] as const]) {
    const curves = lossAlong(seven(loss), place, direction, etas)
    etas.forEach((learningRate, i) => {
      const step = { ...place, learningRate, ...(direction && { direction }) }
      const { actual, firstOrder, secondOrder } = explainStep(seven(loss), step)
      expect([curves.change[i], curves.firstOrder[i], curves.secondOrder[i]]).toEqual([
        actual,
        firstOrder,
        secondOrder,
      ])
    })
  }
  const [backwards] = lossAlong(seven(loss), place, [1, -2], Float64Array.of(-0.1)).change
  expect(backwards).toBe(createLossChange(seven(loss), -2, 4)(-0.1, 0.2))
})
