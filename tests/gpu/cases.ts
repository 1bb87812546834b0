/** Data sets, places and jobs for comparing kernels with the oracle. All are seeded. */
import type { DescentJob } from '../../src/model/descent'
import type { GridJob } from '../../src/model/grid'
import type { LossName } from '../../src/model/loss'
import type { NeuronSpec, ObjectiveSpec, Sample } from '../../src/model/objective'
import { uniform } from '../../src/model/pcg'
import { defaults } from '../../src/settings/settings'

export const defaultObjective: NeuronSpec = {
  kind: 'neuron',
  samples: defaults.samples,
  loss: 'mean',
}

export const cubicAndSquare: ObjectiveSpec = { kind: 'cubicAndSquare' }

export const lossNames: readonly LossName[] = ['mean', 'half', 'crossEntropy']

/** Points anywhere in [-4, 4] x [-0.2, 1.2]: y is partly out of the neuron's reach. */
export function seededSamples(count: number, seed: number): Sample[] {
  return Array.from({ length: count }, (_, i) => [
    8 * uniform(seed, 2 * i) - 4,
    1.4 * uniform(seed, 2 * i + 1) - 0.2,
  ])
}

/** Places in [-range, range]^2: places[2 i], places[2 i + 1]. */
export function seededPlaces(
  count: number,
  range: number,
  seed: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * count }, (_, i) => range * (2 * uniform(seed, i) - 1))
}

export function gridJob(objective: ObjectiveSpec, size: number, range = 8): GridJob {
  return { objective, w: [-range, range, size], b: [-range, range, size] }
}

export function descentJob(
  objective: ObjectiveSpec,
  changes: Partial<DescentJob> = {},
): DescentJob {
  return {
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate: 10 },
    stop: { kind: 'none', below: 0 },
    steps: 40,
    stride: 1,
    starts: seededPlaces(64, 8, 3),
    ...changes,
  }
}
