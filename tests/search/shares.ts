/** Counts where the starts of a view end, in shares of all. */
import type { LossName } from '../../src/model/loss'
import type { Sample } from '../../src/model/objective'
import { classifyRows, outcomeSize } from '../../src/model/outcomes/classify'
import { type OutcomeName, outcomeCodes } from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import type { Range } from '../../src/model/starts'
import { defaults } from '../../src/settings/settings'

const side = 64

export interface Shown {
  samples: readonly Sample[]
  loss: LossName
  view: { w: Range; b: Range }
  steps: number
}

/** 'minimum 1', 'minimum 2', 'plateau', ...: share of a 64 x 64 map, only what occurs. */
export function outcomeShares(shown: Shown, learningRate: number): Map<string, number> {
  const { samples, loss, view, steps } = shown
  const objective = { kind: 'neuron', samples, loss } as const
  const job = {
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate },
    steps,
    axes: [
      { name: 'w', range: [...view.w, side] },
      { name: 'b', range: [...view.b, side] },
    ],
    start: defaults.start,
    thresholds: defaults.outcomes,
  } as const
  const names = Object.keys(outcomeCodes) as OutcomeName[]
  const shares = new Map<string, number>()
  const cells = classifyRows(withTargets(job, findStationaryPoints(objective)), 0, side)
  for (let i = 0; i < cells.length; i += outcomeSize) {
    const name = names.find((each) => outcomeCodes[each] === cells[i]) ?? ''
    const label = name === 'minimum' ? `minimum ${cells[i + 1] + 1}` : name
    shares.set(label, (shares.get(label) ?? 0) + 1 / side ** 2)
  }
  return new Map([...shares].sort())
}
