/** Tests the picture that the views are given, from settings and results. */
import { expect, test } from 'vitest'
import { dataPicture } from '../../src/page/data/dataPicture'
import { defaults } from '../../src/settings/settings'
import { defaultObjective } from '../gpu/cases'

const runner = defaults.runners[0]
const objective = defaultObjective

test('the neuron stands at the shown step of the run, and at its end beyond it', () => {
  const run = {
    objective,
    runner,
    path: Float32Array.of(0, 1, 2, 3),
    losses: Float32Array.of(0.5, 0.4),
  }
  expect(dataPicture({ ...defaults, step: 0 }, run, false, null)).toMatchObject({ w: 0, b: 1 })
  expect(dataPicture({ ...defaults, step: 9 }, run, false, null)).toMatchObject({ w: 2, b: 3 })
})

test('a runner that was hidden until now has no run yet: the neuron stands at the start', () => {
  const empty = { objective, runner, path: new Float32Array(0), losses: new Float32Array(0) }
  const [w, b] = defaults.start
  expect(dataPicture({ ...defaults, step: 7 }, empty, true, null)).toMatchObject({ w, b })
  expect(dataPicture(defaults, null, true, null)).toMatchObject({ w, b })
})
