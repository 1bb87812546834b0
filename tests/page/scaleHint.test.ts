/** The words about x that is not of size one. */
import { expect, test } from 'vitest'
import type { Sample } from '../../src/model/objective'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import type { RuleSpec } from '../../src/model/rule'
import { scaleHint } from '../../src/page/scaleHint'
import { defaults } from '../../src/settings/settings'

function hintOf(samples: readonly Sample[], rule: RuleSpec = { name: 'gradientDescent' }) {
  const objective = { kind: 'neuron', samples, loss: 'mean' } as const
  const { steps, outcomes: thresholds } = defaults
  return scaleHint(findStationaryPoints(objective), {
    runner: { rule },
    objective,
    steps,
    thresholds,
  })
}

test('x of size one needs no word', () => {
  expect(hintOf(defaults.samples)).toBeNull()
})

test('heights: the rate as given and with x standardised', () => {
  // Both points are fitted, so h = s^2 = 0.16^2 at each: H = 0.0256 [[250000, 700], [700, 2]], and
  // 2 / lambda = 0.000312; with x = -1 and 1, H = 0.0512 I and 2 / lambda = 39.1.
  expect(
    hintOf([
      [300, 0.2],
      [400, 0.8],
    ]),
  ).toBe(
    'x has mean 350 and spread 50. At minimum 1 the rate must stay below 0.000312; with x ' +
      'standardised, below 39.1. The loss there is 6,250,000 times as curved along its steepest ' +
      'direction as along its flattest; with x standardised, 1 times.',
  )
})

test('a rule without a limit is told the curvatures alone', () => {
  const adam = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
  expect(
    hintOf(
      [
        [300, 0.2],
        [400, 0.8],
      ],
      adam,
    ),
  ).not.toContain('rate must stay')
})

test('without a minimum it says what standardising means', () => {
  expect(
    hintOf([
      [300, 0],
      [400, 1],
    ]),
  ).toBe(
    'x has mean 350 and spread 50. Standardised to mean 0 and spread 1, w and b would be of one size.',
  )
})
