/**
 * Descent by some points at a time: H. Robbins and S. Monro, "A Stochastic Approximation Method",
 * 1951. With one point per step it is the stochastic rule.
 */
import type { Objective } from '../objective'
import { pcg } from '../pcg'
import { takeStep as takeGradientStep } from './gradientDescent'

export interface PointOrder {
  /** The points in the given order, or shuffled anew for each epoch. */
  order: 'given' | 'shuffled'
  seed: number
}

export interface Stochastic extends PointOrder {
  name: 'stochastic'
}

export interface MiniBatch extends PointOrder {
  name: 'miniBatch'
  /** Points per step, 1 to all; the last batch of an epoch may be smaller. */
  batchSize: number
}

/** Indices of the points in the order of an epoch: Fisher and Yates's shuffle by PCG. */
export function epochOrder(
  count: number,
  { order, seed }: PointOrder,
  epoch: number,
): Uint16Array<ArrayBuffer> {
  const indices = Uint16Array.from({ length: count }, (_, i) => i)
  if (order === 'given') return indices
  const epochSeed = (pcg(seed) + epoch) >>> 0
  for (let i = count - 1; i > 0; i--) {
    const j = pcg((pcg(epochSeed) + i) >>> 0) % (i + 1)
    ;[indices[i], indices[j]] = [indices[j], indices[i]]
  }
  return indices
}

/** The points of one step: indices[first] to indices[last - 1] of its epoch. */
export interface Batch {
  indices: Uint16Array
  first: number
  last: number
}

/** Gives the batch of any step; keeps the order of the last requested epoch. */
export function createBatches(
  count: number,
  batchSize: number,
  order: PointOrder,
): (step: number) => Batch {
  const stepsInEpoch = Math.ceil(count / batchSize)
  let keptEpoch = -1
  let indices = new Uint16Array()
  return (step) => {
    const epoch = Math.floor(step / stepsInEpoch)
    if (epoch !== keptEpoch) indices = epochOrder(count, order, epoch)
    keptEpoch = epoch
    const first = (step % stepsInEpoch) * batchSize
    return { indices, first, last: Math.min(count, first + batchSize) }
  }
}

/** theta <- theta - eta g over the batch alone, its mean scaled like that of all points. */
export function takeStep(
  state: Float64Array,
  gradient: Float64Array,
  learningRate: number,
  { indices, first, last }: Batch,
  objective: Objective,
): void {
  objective.batchGradient(indices, first, last, state[0], state[1], gradient)
  takeGradientStep(state, gradient, learningRate)
}
