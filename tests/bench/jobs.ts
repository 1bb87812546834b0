/** The jobs that are timed, the same for every contestant. */
import type { DescentJob } from '../../src/model/descent'
import type { GridJob } from '../../src/model/grid'
import type { NeuronSpec } from '../../src/model/objective'
import { outcomeNodes } from '../../src/model/outcomes/classify'
import type { OutcomeJob } from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import { placeStarts } from '../../src/model/starts'
import { defaults } from '../../src/settings/settings'

const { w, b } = defaults.view

/** Jobs on the neuron: bare loops know no other objective. */
export type NeuronDescents = DescentJob & { objective: NeuronSpec }
export type NeuronGrid = GridJob & { objective: NeuronSpec }

/** The five points that the page opens with. */
export const objective: NeuronSpec = { kind: 'neuron', samples: defaults.samples, loss: 'mean' }

/** Descents at a rate of 10 from seeded places over the view; only start and end are recorded. */
export function descents(trajectories: number, steps: number): NeuronDescents {
  const perSide = Math.ceil(Math.sqrt(trajectories))
  const starts = placeStarts(
    { ...defaults.starts, arrangement: 'random', perSide },
    w,
    b,
    defaults.start,
  )
  return {
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate: 10 },
    stop: { kind: 'none', below: 0 },
    steps,
    stride: steps,
    starts: starts.slice(0, trajectories * 2),
  }
}

/** Loss and gradient over the view. */
export function grid(columns: number, rows: number): NeuronGrid {
  return { objective, w: [...w, columns], b: [...b, rows] }
}

/** Asks where descents from the nodes of the view end, at a rate of 10. */
export function outcomes(side: number, steps: number): OutcomeJob {
  const job = {
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate: 10 },
    steps,
    axes: [
      { name: 'w', range: [...w, side] },
      { name: 'b', range: [...b, side] },
    ],
    start: defaults.start,
    thresholds: defaults.outcomes,
  } as const
  return withTargets(job, findStationaryPoints(objective))
}

/** The same descents with nothing asked of them but where they are after the last step. */
export function descentsAlone({ objective, runner, steps, axes }: OutcomeJob): NeuronDescents {
  const [columns, rows] = axes.map(outcomeNodes)
  const starts = Float32Array.from({ length: 2 * columns.length * rows.length }, (_, i) =>
    i % 2 === 0 ? columns[(i / 2) % columns.length] : rows[Math.floor(i / 2 / columns.length)],
  )
  return { objective, runner, stop: { kind: 'none', below: 0 }, steps, stride: steps, starts }
}
