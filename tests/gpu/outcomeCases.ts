/** Starts whose descents have a known ending, by construction. */
import type { Sample } from '../../src/model/objective'
import type { OutcomeJob, OutcomeName } from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import { defaults } from '../../src/settings/settings'
import { defaultObjective } from './cases'

type Changes = Partial<OutcomeJob> & { learningRate?: number }

/** The default data over the default view, 64 x 64; axes and everything else can be changed. */
export function outcomeJob({ learningRate = 10, ...changes }: Changes = {}): OutcomeJob {
  const job = {
    objective: defaultObjective,
    runner: { rule: { name: 'gradientDescent' }, learningRate },
    steps: 300,
    axes: [
      { name: 'w', range: [...defaults.view.w, 64] },
      { name: 'b', range: [...defaults.view.b, 64] },
    ],
    start: defaults.start,
    thresholds: defaults.outcomes,
    ...changes,
  } as const
  return withTargets(job, findStationaryPoints(job.objective))
}

/** A map of 2 x 2 whose first node is the start. */
export function jobAt(w: number, b: number, changes: Changes = {}): OutcomeJob {
  return outcomeJob({
    axes: [
      { name: 'w', range: [w, w + 1, 2] },
      { name: 'b', range: [b, b + 1, 2] },
    ],
    ...changes,
  })
}

const objective = (samples: readonly Sample[], loss: 'mean' | 'crossEntropy' = 'mean') =>
  ({ kind: 'neuron', samples, loss }) as const

export interface OutcomeCase {
  name: string
  outcome: OutcomeName
  job: OutcomeJob
  minimum?: number
}

const [{ w: sharpW, b: sharpB }] = findStationaryPoints(defaultObjective).minima

/** One x: only z matters, and z <- z - 2 eta (f - y) f (1 - f) has cycles if eta is large. */
const oneX = (y: number) => objective([[0, y]])

export const cycles = [
  { learningRate: 20, y: 0.4, period: 2 },
  { learningRate: 29, y: 0.3, period: 4 },
]

export const outcomeCases: readonly OutcomeCase[] = [
  { name: 'a walk into the flat minimum', outcome: 'minimum', minimum: 1, job: jobAt(6, 0) },
  {
    name: 'a start on a minimum that holds',
    outcome: 'minimum',
    minimum: 0,
    job: jobAt(sharpW, sharpB, { learningRate: 2 }),
  },
  {
    name: 'a tiny gradient because everything is saturated',
    outcome: 'plateau',
    job: jobAt(0, -13),
  },
  {
    name: 'a chaotic rate',
    outcome: 'oscillating',
    job: jobAt(-2, 4, { learningRate: 60 }),
  },
  ...cycles.map(({ learningRate, y, period }) => ({
    name: `a cycle of ${period} steps`,
    outcome: 'oscillating' as const,
    job: jobAt(0, 1, { learningRate, objective: oneX(y) }),
  })),
  { name: 'a small rate', outcome: 'moving', job: jobAt(-2, 4, { learningRate: 1e-3 }) },
  {
    name: 'a label that no neuron reaches, cross-entropy',
    outcome: 'diverged',
    job: jobAt(0, 0, {
      learningRate: 1000,
      steps: 1000,
      objective: objective(
        [
          [1, 3],
          [2, 5],
        ],
        'crossEntropy',
      ),
    }),
  },
  {
    name: 'labels that a step separates',
    outcome: 'receding',
    job: jobAt(1, 0, {
      objective: objective([
        [-1, 0],
        [1, 1],
      ]),
    }),
  },
  {
    // The data are the same after x -> -x, so w = 0 stays 0; there it is too steep for a minimum.
    name: 'a ridge between two mirrored valleys',
    outcome: 'stationary',
    job: jobAt(0, 1, {
      objective: objective([[-1, 0], [1, 0], ...Array.from({ length: 6 }, (): Sample => [0, 1])]),
    }),
  },
  {
    name: 'steps below the resolution of f32',
    outcome: 'frozen',
    job: jobAt(1e5, -145, {
      learningRate: 1e-4,
      objective: objective([
        [0.0014, 0.1],
        [0.0015, 0.9],
      ]),
    }),
  },
]
