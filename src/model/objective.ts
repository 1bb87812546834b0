/**
 * The function that a descent minimises. A job names an objective in plain JSON (ObjectiveSpec);
 * the oracle turns it into functions (Objective).
 */
import { cubicAndSquare, cubicAndSquareGradient, cubicAndSquareHessian } from './cubicAndSquare'
import { type LossName, losses } from './loss'
import { activate } from './neuron'

/** One data point, [x, y]. */
export type Sample = readonly [x: number, y: number]

/** The loss of the neuron over its data points. */
export interface NeuronSpec {
  kind: 'neuron'
  samples: readonly Sample[]
  loss: LossName
}

/** The neuron's loss, or w^3 + b^2, which has no data. */
export type ObjectiveSpec = NeuronSpec | { kind: 'cubicAndSquare' }

/** Symmetric 2 x 2 matrix of second derivatives. */
export interface Hessian {
  ww: number
  wb: number
  bb: number
}

export interface Objective {
  loss(w: number, b: number): number
  /** Writes (dL/dw, dL/db) into `out`, so that a descent allocates nothing. */
  gradient(w: number, b: number, out: Float64Array): void
  /** Writes (L, dL/dw, dL/db) into `out`, all from one activation of each sample. */
  evaluate(w: number, b: number, out: Float64Array): void
  /**
   * Writes the gradient over some of the points, indices[first] to indices[last - 1], into `out`:
   * n / (last - first) times their share, so that over all points it is the gradient itself.
   */
  batchGradient(
    indices: ArrayLike<number>,
    first: number,
    last: number,
    w: number,
    b: number,
    out: Float64Array,
  ): void
  hessian(w: number, b: number): Hessian
}

/** Samples rounded to f32 once, so that both engines start from the same numbers. */
export function roundSamples(samples: readonly Sample[]): Sample[] {
  return samples.map(([x, y]) => [Math.fround(x), Math.fround(y)])
}

/** Terms in the sum of an objective, which measure its work. w^3 + b^2 counts as one. */
export function termCount(spec: ObjectiveSpec): number {
  return spec.kind === 'neuron' ? spec.samples.length : 1
}

/** Creates the functions of an objective, all in f64. */
export function createObjective(spec: ObjectiveSpec): Objective {
  if (spec.kind === 'cubicAndSquare') return cubicAndSquareObjective
  return neuronLoss(roundSamples(spec.samples), spec.loss)
}

/** Every batch is the whole function, because there are no points to choose from. */
const cubicAndSquareObjective: Objective = {
  loss: cubicAndSquare,
  gradient(w, b, out) {
    ;[out[0], out[1]] = cubicAndSquareGradient(w, b)
  },
  batchGradient(_indices, _first, _last, w, b, out) {
    ;[out[0], out[1]] = cubicAndSquareGradient(w, b)
  },
  evaluate(w, b, out) {
    out[0] = cubicAndSquare(w, b)
    ;[out[1], out[2]] = cubicAndSquareGradient(w, b)
  },
  hessian: cubicAndSquareHessian,
}

/**
 * The neuron's loss over samples that are taken as they are, in f64: L = c sum lossTerm(z_i, y_i),
 * z_i = w x_i + b; derivatives by the chain rule, factor (x_i, 1).
 */
export function neuronLoss(samples: readonly Sample[], loss: LossName): Objective {
  const { lossTerm, gradientTerm, curvatureTerm, ...scales } = losses[loss]
  const n = samples.length
  const lossScale = scales.lossScale(n)
  const gradientScale = scales.gradientScale(n)
  const x = Float64Array.from(samples, (sample) => sample[0])
  const y = Float64Array.from(samples, (sample) => sample[1])

  return {
    loss(w, b) {
      let sum = 0
      for (let i = 0; i < n; i++) sum += lossTerm(activate(w * x[i] + b), y[i])
      return lossScale * sum
    },
    gradient(w, b, out) {
      let dw = 0
      let db = 0
      for (let i = 0; i < n; i++) {
        const term = gradientTerm(activate(w * x[i] + b), y[i])
        dw += term * x[i]
        db += term
      }
      out[0] = gradientScale * dw
      out[1] = gradientScale * db
    },
    batchGradient(indices, first, last, w, b, out) {
      let dw = 0
      let db = 0
      for (let at = first; at < last; at++) {
        const i = indices[at]
        const term = gradientTerm(activate(w * x[i] + b), y[i])
        dw += term * x[i]
        db += term
      }
      const scale = (gradientScale * n) / (last - first)
      out[0] = scale * dw
      out[1] = scale * db
    },
    evaluate(w, b, out) {
      let loss = 0
      let dw = 0
      let db = 0
      for (let i = 0; i < n; i++) {
        const a = activate(w * x[i] + b)
        const term = gradientTerm(a, y[i])
        loss += lossTerm(a, y[i])
        dw += term * x[i]
        db += term
      }
      out[0] = lossScale * loss
      out[1] = gradientScale * dw
      out[2] = gradientScale * db
    },
    hessian: neuronHessian(x, y, curvatureTerm, gradientScale),
  }
}

function neuronHessian(
  x: Float64Array,
  y: Float64Array,
  curvatureTerm: (typeof losses)[LossName]['curvatureTerm'],
  scale: number,
): Objective['hessian'] {
  return (w, b) => {
    let ww = 0
    let wb = 0
    let bb = 0
    for (let i = 0; i < x.length; i++) {
      const term = curvatureTerm(activate(w * x[i] + b), y[i])
      ww += term * x[i] * x[i]
      wb += term * x[i]
      bb += term
    }
    return { ww: scale * ww, wb: scale * wb, bb: scale * bb }
  }
}
