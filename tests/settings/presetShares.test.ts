/** Presets are right about shares of starts, by the oracle, on 64 x 64 starts of their view. */
import { expect, test } from 'vitest'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { presets } from '../../src/settings/presets'
import { outcomeShares } from '../search/shares'

const stated = [
  { name: 'flatBest', outcome: 'minimum 1', shares: { 10: 75, 35: 100 } },
  { name: 'sharpWorse', outcome: 'minimum 2', shares: { 10: 37, 18: 0 } },
  { name: 'sharpBest', outcome: 'minimum 1', shares: { 10: 44, 18: 0 } },
  { name: 'halves', outcome: 'minimum 2', shares: { 10: 50, 35: 100 } },
  { name: 'plateaus', outcome: 'plateau', shares: { 1: 51, 10: 54 } },
]

const presetOf = (name: string) => {
  const preset = presets.find((candidate) => candidate.name === name)
  if (!preset) throw new Error(`There is no preset ${name}.`)
  return preset
}

test.for(stated)('$name: shares of $outcome at two rates', ({ name, outcome, shares }) => {
  const { settings, reason } = presetOf(name)
  for (const [rate, percent] of Object.entries(shares)) {
    const share = outcomeShares(settings, Number(rate)).get(outcome) ?? 0
    expect(Math.round(100 * share), `at ${rate}`).toBe(percent)
    const said = reason.replace('all of them', '100 %').toLowerCase()
    expect(said).toContain(`at ${rate}`)
    expect(said).toContain(`${percent} %`)
  }
})

test.for(['flatBest', 'sharpWorse', 'sharpBest', 'halves', 'odd'])(
  '%s has two minima in its view',
  (name) => {
    const { samples, loss, view } = presetOf(name).settings
    const { minima } = findStationaryPoints({ kind: 'neuron', samples, loss })
    const inView = minima.filter(
      ({ w, b }) => w > view.w[0] && w < view.w[1] && b > view.b[0] && b < view.b[1],
    )
    expect(inView).toHaveLength(2)
  },
)
