/**
 * Limits at infinity. As |theta| grows along a direction the neuron becomes a step between two
 * neighbouring x, a step at one x (where f may then be anything), or a constant 0 or 1.
 */
import { losses } from '../loss'
import { type NeuronSpec, roundSamples } from '../objective'

const most = 4

/** The prediction of the neuron at each distinct x, in order. */
interface Shape {
  /** Direction from the origin of the (w, b) plane, of any length. */
  direction: readonly [w: number, b: number]
  value(x: number): number
  words: string
}

/** All limits with a finite loss, the lowest first, at most 4. */
export function findLimits(objective: NeuronSpec): Limit[] {
  const samples = roundSamples(objective.samples)
  const scale = losses[objective.loss].lossScale(samples.length)
  const lossAt = objective.loss === 'crossEntropy' ? crossEntropy : squaredError
  return shapes(samples)
    .map(({ direction: [w, b], value, words }) => {
      const sum = samples.reduce((total, [x, y]) => total + lossAt(value(x), y), 0)
      const length = Math.hypot(w, b)
      return { direction: [w / length, b / length] as const, loss: scale * sum, words }
    })
    .filter(({ loss }) => Number.isFinite(loss))
    .sort((one, other) => one.loss - other.loss)
    .slice(0, most)
}

function squaredError(f: number, y: number): number {
  return (f - y) ** 2
}

/** Limit of softplus(z) - y z as sigmoid(z) approaches f: infinite if a label contradicts. */
function crossEntropy(f: number, y: number): number {
  const part = (share: number, value: number) => (share === 0 ? 0 : -share * Math.log(value))
  return part(y, f) + part(1 - y, 1 - f)
}

function shapes(samples: readonly (readonly [number, number])[]): Shape[] {
  const xs = [...new Set(samples.map(([x]) => x))].sort((one, other) => one - other)
  const between = xs.slice(1).flatMap((right, i) => {
    const left = xs[i]
    const words = `between x = ${show(left)} and x = ${show(right)}`
    return steps((left + right) / 2, null, words)
  })
  const at = xs.flatMap((x) => {
    const best = Math.min(1, Math.max(0, meanAt(samples, x)))
    return steps(x, best, `at x = ${show(x)}`)
  })
  return [
    { direction: [0, -1], value: () => 0, words: 'the constant 0' },
    { direction: [0, 1], value: () => 1, words: 'the constant 1' },
    ...between,
    // With only one x, a step at it is a line of finite places.
    ...(xs.length > 1 ? at : []),
  ]
}

/** Steps up and down at `place`, perhaps with a value of their own there. */
function steps(place: number, there: number | null, words: string): Shape[] {
  return [1, -1].map((sign) => ({
    direction: [sign, -sign * place] as const,
    value: (x) => (x === place && there !== null ? there : (x - place) * sign > 0 ? 1 : 0),
    words: `a step from ${sign > 0 ? '0 to 1' : '1 to 0'} ${words}`,
  }))
}

/** Mean of the labels at x: no prediction there has a lower loss, under any of the losses. */
function meanAt(samples: readonly (readonly [number, number])[], at: number): number {
  const labels = samples.flatMap(([x, y]) => (x === at ? [y] : []))
  return labels.reduce((sum, y) => sum + y, 0) / labels.length
}

function show(x: number): string {
  return String(Number(x.toPrecision(4)))
}

/**
 * A limit at infinity: as |theta| grows along `direction` (of length 1, from the origin of the
 * (w, b) plane), the neuron becomes a step, 0 on one side and 1 on the other, or a constant 0 or 1.
 */
export interface Limit {
  direction: readonly [w: number, b: number]
  /** The limit of the loss; infinite for cross-entropy if a label contradicts the step. */
  loss: number
  /** For example "a step from 0 to 1 between x = 0.5 and x = 3". */
  words: string
}
