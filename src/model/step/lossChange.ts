/**
 * Computes the change of the loss over a step, but never by subtracting two losses: a short step
 * would leave only their rounding. Each loss has its own form, with the change of z as a factor.
 */
import { cubicAndSquareChange } from '../cubicAndSquare'
import { type Loss, losses } from '../loss'
import { type Activation, activate, softplus } from '../neuron'
import type { NeuronSpec, ObjectiveSpec } from '../objective'

/** Change of lossTerm of one sample when z rises by d. */
type TermChange = (before: Activation, y: number, d: number) => number

const termChanges: Record<Loss['terms'], TermChange> = {
  squaredError: squaredErrorChange,
  crossEntropy: crossEntropyChange,
}

/**
 * df (2 (f0 - y) + df), where f0, f1 are the predictions before and after and
 * df = f1 - f0 = f1 (1 - f0) (1 - e^-d), or f0 (1 - f1) (e^d - 1), which is the same, for d < 0:
 * the exponential never overflows. `expm1` is the series that small |d| need.
 */
function squaredErrorChange(before: Activation, y: number, d: number): number {
  const after = activate(before.z + d)
  const df =
    d >= 0
      ? -Math.expm1(-d) * after.value * before.complement
      : Math.expm1(d) * before.value * after.complement
  // f0 - y as in the gradient: their common rounding then does not affect the remainder.
  return df * (2 * (before.value - y) + df)
}

/**
 * softplus(z + d) - softplus(z) - y d. It is the same for (-z, 1 - y, -d), since
 * softplus(z) = z + softplus(-z), so f may be taken from the side where it is at most 1/2: with a
 * label of 1, the small 1 - f then keeps its digits.
 */
function crossEntropyChange({ z, value, complement }: Activation, y: number, d: number): number {
  return z > 0 ? changeFromBelow(-z, complement, 1 - y, -d) : changeFromBelow(z, value, y, d)
}

/** The above for z <= 0: log(1 + f (e^d - 1)) - y d, since e^softplus(z) = 1 / (1 - f). */
function changeFromBelow(z: number, f: number, y: number, d: number): number {
  // -1/2 < f (e^d - 1) < 0.9; as d goes to 0 this is f d - y d, which cancels only where f is y.
  if (d < 1) return Math.log1p(f * Math.expm1(d)) - y * d
  // e^d may overflow from here on, but softplus has grown so much that its difference is safe.
  const after = z + d
  const linear = after > 0 ? z + (1 - y) * d : -y * d
  return linear + Math.log1p(Math.exp(-Math.abs(after))) - softplus(z)
}

/**
 * The change of the loss from (w, b) to (w + dw, b + db), c sum termChange(z_i, y_i, d_i) with
 * d_i = dw x_i + db, for steps from anywhere. Samples, w and b are rounded to f32 once; dw and db
 * stay in f64. Finite for any finite step.
 */
export function createStepChange(
  spec: ObjectiveSpec,
): (w: number, b: number, dw: number, db: number) => number {
  if (spec.kind === 'cubicAndSquare') {
    return (w, b, dw, db) => cubicAndSquareChange(Math.fround(w), Math.fround(b), dw, db)
  }
  const { scale, termChange, x, y } = prepare(spec)
  return (w, b, dw, db) => {
    const [w32, b32] = [Math.fround(w), Math.fround(b)]
    let sum = 0
    for (let i = 0; i < x.length; i++) {
      sum += termChange(activate(w32 * x[i] + b32), y[i], dw * x[i] + db)
    }
    return scale * sum
  }
}

/** The neuron's change from one place, as a function of (dw, db); keeps all step-free values. */
export function createLossChange(
  spec: NeuronSpec,
  w: number,
  b: number,
): (dw: number, db: number) => number {
  const { scale, termChange, x, y } = prepare(spec)
  const before = Array.from(x, (xi) => activate(Math.fround(w) * xi + Math.fround(b)))
  return (dw, db) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) sum += termChange(before[i], y[i], dw * x[i] + db)
    return scale * sum
  }
}

function prepare({ samples, loss }: NeuronSpec) {
  const { terms, lossScale } = losses[loss]
  return {
    scale: lossScale(samples.length),
    termChange: termChanges[terms],
    x: Float64Array.from(samples, (sample) => Math.fround(sample[0])),
    y: Float64Array.from(samples, (sample) => Math.fround(sample[1])),
  }
}
