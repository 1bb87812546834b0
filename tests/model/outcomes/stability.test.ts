/** Up to which rate a minimum holds a descent, schedules included. */
import { expect, test } from 'vitest'
import { classifyRows } from '../../../src/model/outcomes/classify'
import { axesOfOne, outcomeCodes } from '../../../src/model/outcomes/outcome'
import { largestRate } from '../../../src/model/outcomes/stability'
import { findStationaryPoints } from '../../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../../src/model/outcomes/targets'
import type { RuleSpec } from '../../../src/model/rule'
import { defaultRule } from '../../../src/settings/rules'
import { defaults } from '../../../src/settings/settings'
import { defaultObjective } from '../../gpu/cases'

const points = findStationaryPoints(defaultObjective)
const sharp = points.minima[0].eigenvalues[1]
const jobOf = (rule: RuleSpec, learningRate = 1) => ({
  objective: defaultObjective,
  runner: { rule, learningRate },
  start: [0.5, -0.3] as const,
  axes: axesOfOne([0.5, -0.3]),
  steps: 300,
  thresholds: defaults.outcomes,
})

test('at a constant rate it is 2 / the largest eigenvalue; adaptive rules have none', () => {
  expect(largestRate(jobOf(defaultRule('gradientDescent')), sharp)).toBeCloseTo(2 / sharp, 10)
  expect(largestRate(jobOf(defaultRule('adam')), sharp)).toBeNull()
})

test('under a schedule that falls, rates above 2 / the largest eigenvalue end in the minimum', () => {
  const rule = { name: 'gradientDescent', schedule: { kind: 'exponential', decay: 0.99 } } as const
  const limit = largestRate(jobOf(rule), sharp)
  for (const rate of [20, 30]) {
    expect(rate).toBeGreaterThan(2 / sharp)
    expect(rate).toBeLessThan(limit!)
    const [outcome, minimum] = classifyRows(withTargets(jobOf(rule, rate), points), 0, 1)
    expect([outcome, minimum]).toEqual([outcomeCodes.minimum, 0])
  }
})
