import { expect, test } from 'vitest'
import { descentJob, gridJob } from '../../src/state/jobs'
import { defaults } from '../../src/state/settings'

const grid = { w: [-1, 1, 3], b: [-2, 2, 5] }
const descent = { starts: [[0, 0]], learningRate: 1, steps: 10 }

test('what a job leaves out is as in the settings', () => {
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

test('a descent has stride 1 if none is given, and its starts in f32', () => {
  const job = descentJob({ ...descent, starts: [[0.1, -3]] }, defaults)
  expect(job.stride).toBe(1)
  expect(job.starts).toEqual(Float32Array.of(0.1, -3))
  expect(job.runner).toEqual({ rule: { name: 'gradientDescent' }, learningRate: 1 })
})

test.for<[request: unknown, sentence: RegExp]>([
  [undefined, /^evaluateGrid got undefined; it takes an object \{ w, b, samples, loss \}\.$/],
  [{ ...grid, wide: 1 }, /^evaluateGrid has no option "wide"; it takes w, b, samples, loss\.$/],
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
