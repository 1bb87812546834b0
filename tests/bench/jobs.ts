/** What is timed: the jobs, the same for every contestant. */
import type { DescentJob } from '../../src/model/descent'
import type { GridJob } from '../../src/model/grid'
import type { ObjectiveSpec } from '../../src/model/objective'
import { placeStarts } from '../../src/model/starts'
import { defaults } from '../../src/state/settings'

const { w, b } = defaults.view

/** The five points that the page opens with. */
export const objective: ObjectiveSpec = { kind: 'neuron', samples: defaults.samples, loss: 'mean' }

/** Descents at a rate of 10 from seeded places over the view; only start and end are recorded. */
export function descents(trajectories: number, steps: number): DescentJob {
  const perSide = Math.ceil(Math.sqrt(trajectories))
  const starts = placeStarts({ arrangement: 'random', perSide, seed: 1 }, w, b, defaults.start)
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
export function grid(columns: number, rows: number): GridJob {
  return { objective, w: [...w, columns], b: [...b, rows] }
}
