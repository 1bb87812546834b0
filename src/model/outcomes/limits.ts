/**
 * Limits at infinity. As |theta| grows along a direction the neuron becomes a step between two
 * neighbouring x, a step at one x (where f may then be anything), or a constant 0 or 1.
 */
import { losses } from '../loss'
import { type NeuronSpec, roundSamples, type Sample } from '../objective'

const most = 4

/** The prediction of the neuron at each distinct x, in order. */
interface Shape {
  /** Direction from the origin of the (w, b) plane, of any length. */
  direction: readonly [w: number, b: number]
  value(x: number): number
  words: string
}

/**
 * All limits that are not infinitely high, the lowest first, at most 4. Cross-entropy falls without
 * end, to -Infinity, where labels outside [0, 1] ask for more than the neuron can give.
 */
export function findLimits(objective: NeuronSpec): Limit[] {
  const samples = roundSamples(objective.samples)
  const scale = losses[objective.loss].lossScale(samples.length)
  const lossOf = objective.loss === 'crossEntropy' ? crossEntropy : squaredError
  const found = shapes(samples).map((shape) => {
    const [w, b] = shape.direction
    const length = Math.hypot(w, b)
    const { loss, slope } = lossOf(shape, samples)
    const direction = [w / length, b / length] as const
    return { direction, loss: scale * loss, words: shape.words, slope: slope / length }
  })
  return found
    .filter(({ loss }) => loss < Number.POSITIVE_INFINITY)
    .sort((one, other) =>
      one.loss === other.loss ? one.slope - other.slope : one.loss - other.loss,
    )
    .slice(0, most)
    .map(({ slope: _, ...limit }) => limit)
}

/** The sum of losses in a limit, and its slope along the shape's direction far out. */
interface FarLoss {
  loss: number
  slope: number
}

function squaredError({ value }: Shape, samples: readonly Sample[]): FarLoss {
  return { loss: samples.reduce((sum, [x, y]) => sum + (value(x) - y) ** 2, 0), slope: 0 }
}

/** A slope below this share of its terms is rounding. */
const leastSlope = 1e-12

/**
 * Far out along the direction z = t z', softplus(z) - y z has the slope max(z', 0) - y z'. If the
 * slopes cancel, what is left is the entropy of the samples with z' = 0.
 */
function crossEntropy({ direction: [w, b], value }: Shape, samples: readonly Sample[]): FarLoss {
  let [slope, size, loss] = [0, 0, 0]
  for (const [x, y] of samples) {
    const f = value(x)
    if (f === 0 || f === 1) {
      const z = w * x + b
      slope += f * z - y * z
      size += Math.abs(z) + Math.abs(y * z)
    } else loss -= y * Math.log(f) + (1 - y) * Math.log(1 - f)
  }
  if (Math.abs(slope) <= leastSlope * size) return { loss, slope: 0 }
  return { loss: slope < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, slope }
}

function shapes(samples: readonly Sample[]): Shape[] {
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
function meanAt(samples: readonly Sample[], at: number): number {
  const labels = samples.flatMap(([x, y]) => (x === at ? [y] : []))
  return labels.reduce((sum, y) => sum + y, 0) / labels.length
}

function show(x: number): string {
  return String(Number(x.toPrecision(7)))
}

/**
 * A limit at infinity: as |theta| grows along `direction` (of length 1, from the origin of the
 * (w, b) plane), the neuron becomes a step, 0 on one side and 1 on the other, or a constant 0 or 1.
 */
export interface Limit {
  direction: readonly [w: number, b: number]
  /** The limit of the loss; -Infinity if it falls without end. */
  loss: number
  /** For example "a step from 0 to 1 between x = 0.5 and x = 3". */
  words: string
}
