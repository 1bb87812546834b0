import { expect, test } from 'vitest'
import { Descent, type DescentJob, descend, type StopRule } from '../../src/model/descent'
import { createObjective } from '../../src/model/objective'
import { defaultObjective, descentJob, lossNames, seededPlaces } from '../gpu/cases'
import { expectWithin } from './seeded'

/** The classic exercise of the source text. */
const twoPoints = descentJob(
  {
    kind: 'neuron',
    samples: [
      [0.5, 0.2],
      [2.5, 0.9],
    ],
    loss: 'half',
  },
  {
    runner: { rule: { name: 'gradientDescent' }, learningRate: 1 },
    starts: Float32Array.of(-2, -2),
    steps: 300,
  },
)

/** The exercise's own program: f64, no rounding to f32, 1 / (1 + e^-z) written out. */
function classicTrace(steps: number): [w: number, b: number][] {
  const [X, Y] = [
    [0.5, 2.5],
    [0.2, 0.9],
  ]
  let [w, b] = [-2, -2]
  const trace: [number, number][] = [[w, b]]
  for (let step = 0; step < steps; step++) {
    let [dw, db] = [0, 0]
    for (let i = 0; i < 2; i++) {
      const f = 1 / (1 + Math.exp(-(w * X[i] + b)))
      dw += (f - Y[i]) * f * (1 - f) * X[i]
      db += (f - Y[i]) * f * (1 - f)
    }
    w -= 1 * dw
    b -= 1 * db
    trace.push([w, b])
  }
  return trace
}

/** A whole path of one trajectory with stride 1, as [w, b] pairs. */
const pathOf = (job: DescentJob) => {
  const positions = descend(job)
  return Array.from({ length: positions.length / 2 }, (_, i) => positions.slice(2 * i, 2 * i + 2))
}

test('two-point exercise: the first step is (-1.9945077, -1.9922888)', () => {
  // By hand: f = 0.0474259, 0.0009111; (f - y) f (1 - f) = -0.0068928, -0.0008184;
  // dw = -0.0068928 / 2 - 2.5 * 0.0008184 = -0.0054923, db = -0.0077112.
  const [, [w, b]] = pathOf(twoPoints)
  expectWithin(w, -1.9945077, 1e-7)
  expectWithin(b, -1.9922888, 1e-7)
})

test('two-point exercise: 300 steps as its own program takes them', () => {
  const path = pathOf(twoPoints)
  for (const [step, [w, b]] of classicTrace(300).entries()) {
    // The oracle rounds y to f32, at most 3e-8 away; nothing magnifies that here.
    expectWithin(path[step][0], w, 1e-6, `w after step ${step}`)
    expectWithin(path[step][1], b, 1e-6, `b after step ${step}`)
  }
})

test('two-point exercise: it ends where f passes through both points', () => {
  const logit = (y: number) => Math.log(y / (1 - y))
  const w = (logit(0.9) - logit(0.2)) / 2
  const b = logit(0.2) - w / 2
  const [end] = pathOf({ ...twoPoints, steps: 20_000, stride: 20_000 }).slice(-1)
  expectWithin(end[0], w, 1e-4)
  expectWithin(end[1], b, 1e-4)
})

test('a rate under half is n / 2 times that rate under mean, step by step', () => {
  const starts = seededPlaces(20, 6, 4)
  const path = (loss: 'half' | 'mean', learningRate: number, samples = defaultObjective.samples) =>
    descend(
      descentJob(
        { kind: 'neuron', samples, loss },
        { runner: { rule: { name: 'gradientDescent' }, learningRate }, starts, steps: 30 },
      ),
    )
  // n = 4: all factors are powers of two, so the bits agree.
  const four = defaultObjective.samples.slice(0, 4)
  expect(path('half', 0.5, four)).toEqual(path('mean', 1, four))
  const [half, mean] = [path('half', 0.5), path('mean', 1.25)]
  half.forEach((value, i) => {
    expectWithin(value, mean[i], 1e-11)
  })
})

test.for(lossNames)('%s: a small step lowers the loss', (loss) => {
  const objective = createObjective({ ...defaultObjective, loss })
  const job = descentJob(
    { ...defaultObjective, loss },
    { runner: { rule: { name: 'gradientDescent' }, learningRate: 0.01 }, steps: 1 },
  )
  const positions = descend(job)
  for (let i = 0; i < job.starts.length; i += 2) {
    const [w, b] = positions.subarray(job.starts.length + i)
    expect(objective.loss(w, b)).toBeLessThan(objective.loss(job.starts[i], job.starts[i + 1]))
  }
})

test('the rate is rounded to f32 once', () => {
  const rate = 0.1
  const [, [w]] = pathOf({ ...twoPoints, runner: { ...twoPoints.runner, learningRate: rate } })
  const [, [rounded]] = pathOf({
    ...twoPoints,
    runner: { ...twoPoints.runner, learningRate: Math.fround(rate) },
  })
  expect(w).toBe(rounded)
})

test('positions stand by record, then trajectory; record 0 is the start', () => {
  const job = descentJob(defaultObjective, { starts: seededPlaces(5, 6, 1), steps: 12 })
  const all = descend(job)
  expect(all).toHaveLength(13 * 5 * 2)
  expect([...all.slice(0, 10)]).toEqual([...job.starts])
  for (let i = 0; i < 5; i++) {
    const alone = descend({ ...job, starts: job.starts.slice(2 * i, 2 * i + 2) })
    for (let record = 0; record <= 12; record++) {
      const at = (record * 5 + i) * 2
      expect(all.slice(at, at + 2)).toEqual(alone.slice(record * 2, record * 2 + 2))
    }
  }
})

test('sparse records are those of stride 1, bit for bit, the last step among them', () => {
  const job = descentJob(defaultObjective, { starts: seededPlaces(5, 6, 2), steps: 23 })
  const every = descend(job)
  const sparse = descend({ ...job, stride: 5 })
  for (const [record, step] of [0, 5, 10, 15, 20, 23].entries()) {
    const found = sparse.slice(record * 10, (record + 1) * 10)
    expect(found, `step ${step}`).toEqual(every.slice(step * 10, (step + 1) * 10))
  }
  expect(sparse).toHaveLength(6 * 10)
})

test('advancing in parts gives the same state as at once', () => {
  const descent = new Descent(twoPoints)
  const [parts, whole] = [Float64Array.of(-2, -2), Float64Array.of(-2, -2)]
  let step = 0
  for (const count of [1, 7, 0, 12]) {
    descent.advance(parts, count, step)
    step += count
  }
  descent.advance(whole, 20, 0)
  expect(parts).toEqual(whole)
})

test.for([
  { kind: 'gradient', below: 1e-3 },
  { kind: 'loss', below: 0.05 },
] as const)('stop rule $kind: a step is taken exactly while it is not satisfied', (stop) => {
  const job = descentJob(defaultObjective, { steps: 100, stop })
  const objective = createObjective(job.objective)
  const gradient = new Float64Array(2)
  const below = Math.fround(stop.below)
  const isSatisfied = (w: number, b: number) => {
    objective.gradient(w, b, gradient)
    return (stop.kind === 'loss' ? objective.loss(w, b) : Math.hypot(...gradient)) < below
  }
  const positions = descend(job)
  const width = job.starts.length
  let rests = 0
  for (let i = 0; i < positions.length - width; i += 2) {
    const [w, b] = positions.subarray(i)
    const [nextW, nextB] = positions.subarray(i + width)
    const moved = nextW !== w || nextB !== b
    expect(moved, `step ${Math.floor(i / width)}, w ${w}, b ${b}`).toBe(!isSatisfied(w, b))
    if (!moved) rests++
  }
  expect(rests).toBeGreaterThan(0)
  expect(rests).toBeLessThan(positions.length / 2)
})

test('a start that satisfies the rule stays where it is for all its records', () => {
  const stop: StopRule = { kind: 'loss', below: 1e6 }
  const job = descentJob(defaultObjective, { steps: 10, stop })
  const positions = descend(job)
  for (let record = 0; record <= 10; record++) {
    const at = record * job.starts.length
    expect([...positions.slice(at, at + job.starts.length)]).toEqual([...job.starts])
  }
})

test('below means below: a loss equal to the threshold goes on', () => {
  const at = createObjective(twoPoints.objective).loss(-2, -2)
  const below = Math.fround(at) > at ? Math.fround(at - at * 1e-7) : Math.fround(at)
  expect(below).toBeLessThanOrEqual(at)
  const [, moved] = pathOf({ ...twoPoints, steps: 1, stop: { kind: 'loss', below } })
  expect([...moved]).not.toEqual([-2, -2])
  const [, stayed] = pathOf({
    ...twoPoints,
    steps: 1,
    stop: { kind: 'loss', below: below * 1.001 },
  })
  expect([...stayed]).toEqual([-2, -2])
})
