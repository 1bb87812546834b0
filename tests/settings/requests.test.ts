import { expect, test } from 'vitest'
import { axesOfRates } from '../../src/model/outcomes/outcome'
import { descentJob, gridJob, outcomeJob, stepJob, sweepJob } from '../../src/settings/requests'
import { defaults } from '../../src/settings/settings'

const grid = { w: [-1, 1, 3], b: [-2, 2, 5] }
const map = { w: [-1, 1, 3], b: [-2, 2, 5], learningRate: 1, steps: 10 }
const sweep = { start: [-2, 4], rates: [0.1, 1, 10], steps: 10 }
const step = { w: -2, b: 4, learningRate: 30 }
const descent = { starts: [[0, 0]], learningRate: 1, steps: 10 }

test('options that a job leaves out are as in the settings', () => {
  const job = gridJob(grid, defaults)
  expect(job).toEqual({
    objective: { kind: 'neuron', samples: defaults.samples, loss: 'mean' },
    w: [-1, 1, 3],
    b: [-2, 2, 5],
  })
  expect(gridJob({ ...grid, loss: 'half', samples: [[1, 0]] }, defaults).objective).toEqual({
    kind: 'neuron',
    samples: [[1, 0]],
    loss: 'half',
  })
})

test('a grid has a learning rate only if one is given, up to that of a step', () => {
  expect(gridJob(grid, defaults)).not.toHaveProperty('learningRate')
  expect(gridJob({ ...grid, learningRate: undefined }, defaults)).not.toHaveProperty('learningRate')
  expect(gridJob({ ...grid, learningRate: 1e6 }, defaults).learningRate).toBe(1e6)
})

test('whoever holds a map in parts may ask for more nodes', () => {
  const axes = { w: [-1, 1, 4096], b: [-1, 1, 3000] }
  expect(gridJob(axes, defaults, 4096)).toMatchObject(axes)
  expect(() => gridJob(axes, defaults)).toThrow('is 4096; it must be a whole number from 2 to 2048')
  const map = { ...axes, learningRate: 1, steps: 1 }
  expect(outcomeJob(map, defaults, 4096).axes.map(({ range }) => range[2])).toEqual([4096, 3000])
  expect(() => outcomeJob(map, defaults, 3000)).toThrow('from 2 to 3000')
  expect(() => outcomeJob(map, defaults)).toThrow('from 2 to 1024')
})

test('a descent has stride 1 if none is given, and its starts in f32', () => {
  const job = descentJob({ ...descent, starts: [[0.1, -3]] }, defaults)
  expect(job.stride).toBe(1)
  expect(job.starts).toEqual(Float32Array.of(0.1, -3))
  expect(job.runner).toEqual({ rule: { name: 'gradientDescent' }, learningRate: 1 })
})

test.for<[request: unknown, sentence: RegExp]>([
  [
    undefined,
    /^evaluateGrid got undefined; it takes an object \{ w, b, learningRate, samples, loss \}\.$/,
  ],
  [
    { ...grid, wide: 1 },
    /^evaluateGrid has no option "wide"; it takes w, b, learningRate, samples, loss\.$/,
  ],
  [{ ...grid, learningRate: 0 }, /^The option learningRate is 0; .* from 0\.0001 to 1000000\.$/],
  [{ ...grid, learningRate: 2e6 }, /^The option learningRate is 2000000; it must be a number/],
  [{ ...grid, learningRate: null }, /^The option learningRate is null; it must be a number/],
  [{ b: grid.b }, /^The option w is undefined; it must be \[min, max, count\]\.$/],
  [{ ...grid, w: [1, -1, 3] }, /^The option w is \[1, -1\]; it must be \[min, max\]/],
  [{ ...grid, w: [Number.NaN, 1, 3] }, /^The option w is \[NaN, 1\]; it must be/],
  [{ ...grid, w: [0, 1, 1] }, /is 1; it must be a whole number from 2 to 2048\.$/],
  [{ ...grid, b: [0, 1, 2049] }, /is 2049; it must be a whole number from 2 to 2048\.$/],
  [{ ...grid, samples: [] }, /^The option samples is \[\]; it must be 1 to 1024 points/],
  [
    { ...grid, loss: 'l1' },
    /^The option loss is "l1"; it must be one of mean, half, crossEntropy\.$/,
  ],
])('a grid of %j is refused with a sentence', ([request, sentence]) => {
  expect(() => gridJob(request, defaults)).toThrow(sentence)
})

test.for<[changes: object, sentence: RegExp]>([
  [{ starts: [] }, /^The option starts is \[\]; it must be \[\[w, b\], \.\.\.\], at least one\.$/],
  [
    {
      starts: [
        [0, 0],
        [0, Number.NaN],
      ],
    },
    /^The option starts\[1\] is \[0, NaN\]; it must be two/,
  ],
  [{ starts: new Array(2 ** 20 + 1) }, /has 1048577 places; it must have at most 1048576\.$/],
  [{ learningRate: 1e30 }, /^The option learningRate is 1e\+30; it must be a number from 0\.0001/],
  [{ steps: 0 }, /^The option steps is 0; it must be a whole number from 1 to 100000\.$/],
  [{ stride: 0.5 }, /^The option stride is 0\.5; it must be a whole number/],
  [{ stepz: 1 }, /^descend has no option "stepz"/],
])('a descent with %j is refused with a sentence', ([changes, sentence]) => {
  expect(() => descentJob({ ...descent, ...changes }, defaults)).toThrow(sentence)
})

test('a rule is given its published parameters, and left out it is gradient descent', () => {
  const rule = { name: 'adam', beta1: 0.8, schedule: { kind: 'cosine' } }
  const whole = { ...rule, beta2: 0.999, epsilon: 1e-8 }
  expect(descentJob({ ...descent, rule }, defaults).runner).toEqual({
    rule: whole,
    learningRate: 1,
  })
  expect(outcomeJob({ ...map, rule }, defaults).runner.rule).toEqual(whole)
  expect(sweepJob({ ...sweep, rule }, defaults).runner.rule).toEqual(whole)
  expect(outcomeJob(map, defaults).runner.rule).toEqual({ name: 'gradientDescent' })
  expect(sweepJob(sweep, defaults).runner.rule).toEqual({ name: 'gradientDescent' })
})

test.for<[changes: object, sentence: RegExp]>([
  [{ rule: 'adam' }, /^The option rule has "adam" as a rule; it must be an object/],
  [{ rule: { name: 'sgd' } }, /^The option rule has "sgd" as a rule; it must be one of gradient/],
  [
    { rule: { name: 'momentum', gamma: 1 } },
    /^The option rule has momentum with gamma 1; it must be a number from 0 to below 1\.$/,
  ],
  [
    { rule: { name: 'adam', schedule: { kind: 'step', every: 0.5 } } },
    /^The option rule has the schedule step with every 0\.5; it must be a whole number/,
  ],
  [
    { rule: { name: 'miniBatch', batchSize: 6 } },
    /^The option rule has miniBatch with batchSize 6; it must be a whole number from 1 to 5, the/,
  ],
  [{ rule: { name: 'miniBatch' }, samples: [[1, 0]] }, /with batchSize 2; .* from 1 to 1, the/],
])('a rule of %j is refused with a sentence by all jobs that take one', ([changes, sentence]) => {
  expect(() => descentJob({ ...descent, ...changes }, defaults)).toThrow(sentence)
  expect(() => outcomeJob({ ...map, ...changes }, defaults)).toThrow(sentence)
  expect(() => sweepJob({ ...sweep, ...changes }, defaults)).toThrow(sentence)
})

test('a batch may have all points of its request', () => {
  const samples = [0, 1, 2, 3, 4, 5].map((x) => [x, 0.5])
  const rule = { name: 'miniBatch', batchSize: 6 }
  expect(descentJob({ ...descent, rule, samples }, defaults).runner.rule).toMatchObject(rule)
})

test('a sweep has its rates in f32, and the thresholds of the settings', () => {
  expect(sweepJob(sweep, defaults)).toEqual({
    objective: { kind: 'neuron', samples: defaults.samples, loss: 'mean' },
    runner: { rule: { name: 'gradientDescent' }, learningRate: Math.fround(0.1) },
    start: [-2, 4],
    axes: axesOfRates(Float32Array.of(0.1, 1, 10), [-2, 4]),
    steps: 10,
    thresholds: defaults.outcomes,
  })
})

test.for<[changes: object, sentence: RegExp]>([
  [{ start: undefined }, /^The option start is undefined; it must be two numbers from/],
  [{ start: [1, Infinity] }, /^The option start is \[1, Infinity\]; it must be two numbers/],
  [{ rates: 5 }, /^The option rates is 5; it must be a list of 1 to 4096 learning rates\.$/],
  [{ rates: [] }, /^The option rates has 0 rates; it must be a list of 1 to 4096 learning rates/],
  [{ rates: new Array(4097).fill(1) }, /^The option rates has 4097 rates; it must be a list/],
  [{ rates: [1, 0] }, /^The option rates\[1\] is 0; it must be a number from 0\.0001 to 1000\.$/],
  [{ rates: [1001] }, /^The option rates\[0\] is 1001; it must be a number/],
  [{ rates: [1, '2'] }, /^The option rates\[1\] is "2"; it must be a number/],
  [{ steps: undefined }, /^The option steps is undefined; it must be a whole number/],
  [{ learningRate: 1 }, /^sweep has no option "learningRate"; it takes start, rates, steps, rule/],
])('a sweep with %j is refused with a sentence', ([changes, sentence]) => {
  expect(() => sweepJob({ ...sweep, ...changes }, defaults)).toThrow(sentence)
})

test('a step has the direction of steepest descent, as none, if it is left out', () => {
  const objective = { kind: 'neuron', samples: defaults.samples, loss: 'mean' }
  expect(stepJob(step, defaults)).toEqual({ objective, step })
  expect(stepJob(step, defaults).step).not.toHaveProperty('direction')
  expect(stepJob({ ...step, direction: [0, -3] }, defaults).step.direction).toEqual([0, -3])
  expect(stepJob({ ...step, samples: [[1, 0]], loss: 'half' }, defaults).objective).toEqual({
    kind: 'neuron',
    samples: [[1, 0]],
    loss: 'half',
  })
})

test('a step may be a thousand times longer than a runner may take it', () => {
  expect(stepJob({ ...step, learningRate: 1e6 }, defaults).step.learningRate).toBe(1e6)
  expect(() => descentJob({ ...descent, learningRate: 1e6 }, defaults)).toThrow(
    /from 0\.0001 to 1000/,
  )
})

test.for<[changes: object, sentence: RegExp]>([
  [{ w: undefined }, /^The option w is undefined; it must be a number from -1000000 to 1000000\.$/],
  [{ b: Number.NaN }, /^The option b is NaN; it must be a number from -1000000 to 1000000\.$/],
  [{ w: '1' }, /^The option w is "1"; it must be a number/],
  [{ learningRate: 2e6 }, /^The option learningRate is 2000000; .* from 0\.0001 to 1000000\.$/],
  [{ learningRate: 0 }, /^The option learningRate is 0; it must be a number from 0\.0001/],
  [{ direction: [1] }, /^The option direction is \[1\]; it must be two numbers from -1000000 to/],
  [
    { direction: [1, Infinity] },
    /^The option direction is \[1, Infinity\]; it must be two numbers/,
  ],
  [{ direction: [0, 2e6] }, /^The option direction is \[0, 2000000\]; it must be two numbers/],
  [{ direction: null }, /^The option direction is null; it must be two numbers/],
  [{ samples: [] }, /^The option samples is \[\]; it must be 1 to 1024 points/],
  [{ loss: 'l1' }, /^The option loss is "l1"; it must be one of mean, half, crossEntropy\.$/],
  [
    { eta: 1 },
    /^explainStep has no option "eta"; it takes w, b, learningRate, direction, samples,/,
  ],
])('a step with %j is refused with a sentence', ([changes, sentence]) => {
  expect(() => stepJob({ ...step, ...changes }, defaults)).toThrow(sentence)
})
