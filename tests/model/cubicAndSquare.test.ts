/** w^3 + b^2 against exact rationals: BigInt numerators over one denominator. */
import { expect, test } from 'vitest'
import {
  cubicAndSquare,
  cubicAndSquareChange,
  cubicAndSquareGradient,
  cubicAndSquareHessian,
} from '../../src/model/cubicAndSquare'
import { descend } from '../../src/model/descent'
import { evaluateCurvatureRows, evaluateGridRows } from '../../src/model/grid'
import { createObjective, type ObjectiveSpec, termCount } from '../../src/model/objective'
import { createLossChangeInterval } from '../../src/model/permitted/changeInterval'
import { exactly, type Interval } from '../../src/model/permitted/interval'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { createStepChange } from '../../src/model/step/lossChange'
import { seededPlaces } from '../gpu/cases'

const objective: ObjectiveSpec = { kind: 'cubicAndSquare' }

/** Multiples of 1/8 up to 4: cubes and their sums are exact in f64. */
const eighths = [-32, -19, -8, -1, 0, 1, 3, 8, 17, 32]
const over512 = (numerator: bigint) => Number(numerator) / 512

test('w^3 + b^2 with gradient and Hessian', () => {
  for (const m of eighths) {
    for (const k of eighths) {
      const [w, b] = [BigInt(m), BigInt(k)]
      const gradient = cubicAndSquareGradient(m / 8, k / 8)
      // Sizes of differences, since 0 and -0 are the same rational.
      expect(Math.abs(cubicAndSquare(m / 8, k / 8) - over512(w ** 3n + 8n * b ** 2n))).toBe(0)
      expect(Math.abs(gradient[0] - over512(24n * w ** 2n))).toBe(0)
      expect(Math.abs(gradient[1] - over512(128n * b))).toBe(0)
      expect(cubicAndSquareHessian(m / 8)).toEqual({ ww: over512(384n * w), wb: 0, bb: 2 })
    }
  }
})

test('the change over a step is exact, and keeps its digits at small steps', () => {
  for (const m of eighths) {
    for (const k of eighths) {
      const [w, b] = [BigInt(m), BigInt(k)]
      const [dw, db] = [3n, -5n]
      const wanted = (w + dw) ** 3n + 8n * (b + db) ** 2n - w ** 3n - 8n * b ** 2n
      expect(cubicAndSquareChange(m / 8, k / 8, 3 / 8, -5 / 8)).toBe(over512(wanted))
    }
  }
  const tiny = 2 ** -40
  expect(cubicAndSquareChange(1, 0, tiny, 0)).toBe(3 * tiny + 3 * tiny * tiny)
})

test('it is flat at the origin, which is no minimum: the curvature along w changes sign', () => {
  expect(cubicAndSquare(0, 0)).toBe(0)
  expect(cubicAndSquareGradient(0, 0)).toEqual([0, 0])
  expect(cubicAndSquareHessian(0)).toEqual({ ww: 0, wb: 0, bb: 2 })
  expect(cubicAndSquare(-0.5, 0)).toBeLessThan(0)
  expect(cubicAndSquareHessian(-0.5).ww).toBe(-3)
})

test('as an objective it gives the same, in batches, too, and counts as one term', () => {
  const { loss, gradient, batchGradient, evaluate, hessian } = createObjective(objective)
  const [both, batch, all] = [new Float64Array(2), new Float64Array(2), new Float64Array(3)]
  gradient(1.5, -0.25, both)
  batchGradient([0], 0, 1, 1.5, -0.25, batch)
  evaluate(1.5, -0.25, all)
  expect(loss(1.5, -0.25)).toBe(3.4375)
  expect([...both]).toEqual([6.75, -0.5])
  expect([...batch]).toEqual([...both])
  expect([...all]).toEqual([3.4375, ...both])
  expect(hessian(1.5, -0.25)).toEqual({ ww: 9, wb: 0, bb: 2 })
  expect(termCount(objective)).toBe(1)
})

test('descent from w > 0 creeps to (0, 0), step by step as by hand', () => {
  const positions = descend({
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate: 0.25 },
    stop: { kind: 'none', below: 0 },
    steps: 3,
    stride: 1,
    starts: Float32Array.of(1, 1),
  })
  // w - 3/4 w^2 and b / 2, all exact in binary
  expect([...positions]).toEqual([1, 1, 0.25, 0.5, 0.203125, 0.25, 0.17218017578125, 0.125])
})

test('from w < 0, and from a step that goes past 0, it falls at every step and never comes back', () => {
  for (const [start, learningRate] of [
    [[-0.5, 1], 0.1],
    [[1, 1], 0.5],
  ] as const) {
    const positions = descend({
      objective,
      runner: { rule: { name: 'gradientDescent' }, learningRate },
      stop: { kind: 'none', below: 0 },
      steps: 1000,
      stride: 1,
      starts: Float32Array.from(start),
    })
    const w = positions.filter((_, i) => i % 2 === 0)
    const past = w.findIndex((each) => each < 0)
    expect(past).toBeGreaterThanOrEqual(0)
    w.slice(past + 1).forEach((each, i) => {
      expect(each < w[past + i] || each === Number.NEGATIVE_INFINITY).toBe(true)
    })
    expect(w[1000]).toBe(Number.NEGATIVE_INFINITY)
  }
})

test('the grid has values and gradients at its nodes, row 0 at the smallest b, and curvature', () => {
  const job = { objective, w: [-2, 2, 5], b: [-1, 1, 3], learningRate: 0.5 } as const
  const cells = evaluateGridRows(job, 0, 3)
  expect(cells).toHaveLength(5 * 3 * 4)
  // Row 2, column 0: (w, b) = (-2, 1)
  expect([...cells.slice(40, 44)]).toEqual([-7, 12, 2, 0])
  // Row 0, column 3: (1, -1)
  expect([...cells.slice(12, 16)]).toEqual([2, 3, -2, 0])
  // From (1, -1) to (-1/2, 0)
  expect([...evaluateCurvatureRows(job, 0, 3).slice(12, 16)]).toEqual([6, 0, 2, -2.125])
})

test('all of the oracle is permitted, and a wrong digit is not', () => {
  const isInside = (value: number, { lo, hi }: Interval) => lo <= value && value <= hi
  const [oracle, permitted] = [createObjective(objective), createObjectiveInterval(objective)]
  const [change, permittedChange] = [
    createStepChange(objective),
    createLossChangeInterval(objective),
  ]
  const gradient = new Float64Array(2)
  const places = seededPlaces(300, 2, 5)
  for (let i = 0; i < places.length; i += 2) {
    const [w, b] = places.subarray(i, i + 2)
    oracle.gradient(w, b, gradient)
    const slopes = permitted.gradient(w, b)
    const { ww, wb, bb } = oracle.hessian(w, b)
    const hessian = permitted.hessian(w, b)
    expect(isInside(oracle.loss(w, b), permitted.loss(w, b)), `${w}, ${b}`).toBe(true)
    for (const k of [0, 1]) {
      expect(isInside(gradient[k], slopes[k])).toBe(true)
      expect(isInside(gradient[k] * (1 + 1e-6), slopes[k])).toBe(false)
    }
    expect(permitted.batchGradient([0], 0, 1, w, b)).toEqual(slopes)
    expect([ww, wb, bb].every((value, k) => isInside(value, hessian[k]))).toBe(true)
    const step = [exactly(0.25), exactly(-0.5)] as const
    expect(isInside(change(w, b, 0.25, -0.5), permittedChange(w, b, step))).toBe(true)
  }
})
