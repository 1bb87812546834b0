/**
 * The update rules in f32, each operation rounded to nearest, as a kernel may compute them: in one
 * or another order, with or without fused operations, and wrongly on request.
 */
import { losses } from '../../src/model/loss'
import type { NeuronSpec } from '../../src/model/objective'
import type { RuleSpec } from '../../src/model/rule'
import { createBatches } from '../../src/model/rules/miniBatch'
import { scheduleFactor } from '../../src/model/schedule'

export interface Evaluation {
  /** Belongs to the terms of a sum. */
  order: 'forward' | 'backward' | 'pairs'
  /** a b + c in one rounding. */
  fused: boolean
}

export type Defect =
  | 'epsilon inside of the root'
  | 'no bias correction'
  | 'momentum of the wrong sign'
  | 'no look-ahead'
  | 'the shuffle of the next epoch'
  | 'damping that is no share of the trace'
  | 'no schedule'
  | 'a mean over all points for a short batch'

type Pair = [w: number, b: number]

const f = Math.fround

function createArithmetic({ order, fused }: Evaluation) {
  /** a b + c */
  const multiplyAdd = (a: number, b: number, c: number) => f((fused ? a * b : f(a * b)) + c)
  const sum = (terms: readonly number[]): number => {
    if (order === 'pairs' && terms.length > 1) {
      const middle = terms.length >> 1
      return f(sum(terms.slice(0, middle)) + sum(terms.slice(middle)))
    }
    const ordered = order === 'backward' ? [...terms].reverse() : terms
    return ordered.reduce((partial, term) => f(partial + term), 0)
  }
  /** By 1 / inverseSqrt where operations are fused, else by the root itself. */
  const root = (value: number) => (fused ? f(1 / f(1 / Math.sqrt(value))) : f(Math.sqrt(value)))
  return { multiplyAdd, sum, root }
}

type Arithmetic = ReturnType<typeof createArithmetic>

/** Gradient over some of the points, and the Hessian, in bits as the kernels have them. */
function createDerivatives(spec: NeuronSpec, { multiplyAdd, sum }: Arithmetic) {
  const loss = losses[spec.loss]
  const n = spec.samples.length
  const scale = loss.gradientScale(n)
  const x = spec.samples.map((sample) => f(f(sample[0]) * Math.LOG2E))
  const y = spec.samples.map((sample) => f(sample[1]))
  const activate = (w: number, b: number, i: number) => {
    const u = multiplyAdd(w, x[i], f(b * f(Math.LOG2E)))
    const e = f(2 ** -Math.abs(u))
    const r = f(1 / f(1 + e))
    const small = f(e * r)
    const slope = f(small * r)
    return u >= 0 ? { value: r, complement: small, slope } : { value: small, complement: r, slope }
  }
  const isSquared = loss.terms === 'squaredError'
  const everyPoint = x.map((_, i) => i)
  const gradient = ([w, b]: Pair, points = everyPoint, count = points.length): Pair => {
    const terms = points.map((i) => {
      const { value, slope } = activate(w, b, i)
      const error = f(value - y[i])
      return isSquared ? f(error * slope) : error
    })
    const factor = (scale * n) / count
    const products = terms.map((term, k) => f(term * x[points[k]]))
    return [f(f(factor * Math.LN2) * sum(products)), f(f(factor) * sum(terms))]
  }
  const hessian = ([w, b]: Pair) => {
    const terms = everyPoint.map((i) => {
      const { value, complement, slope } = activate(w, b, i)
      if (!isSquared) return slope
      const bend = f(f(f(value - y[i]) * slope) * f(complement - value))
      return multiplyAdd(slope, slope, bend)
    })
    const products = terms.map((term, i) => f(term * x[i]))
    const squares = products.map((product, i) => f(product * x[i]))
    return {
      ww: f(f(scale * Math.LN2 * Math.LN2) * sum(squares)),
      wb: f(f(scale * Math.LN2) * sum(products)),
      bb: f(f(scale) * sum(terms)),
    }
  }
  return { gradient, hessian }
}

/** From a state, in the order of the oracle's rule, to the next. */
export type Float32Step = (state: readonly number[], step: number) => number[]

export function createFloat32Step(
  spec: RuleSpec,
  objective: NeuronSpec,
  learningRate: number,
  steps: number,
  evaluation: Evaluation,
  defect?: Defect,
): Float32Step {
  const arithmetic = createArithmetic(evaluation)
  const { multiplyAdd, root } = arithmetic
  const { gradient, hessian } = createDerivatives(objective, arithmetic)
  const schedule = defect === 'no schedule' ? undefined : spec.schedule
  const rateAt = (step: number) =>
    schedule ? f(f(learningRate) * scheduleFactor(schedule, step, steps)) : f(learningRate)
  const move = (theta: Pair, rate: number, direction: Pair) =>
    theta.map((at, k) => multiplyAdd(-rate, direction[k], at))
  const rootPlus = (square: number, epsilon: number) => {
    const safe = Math.max(square, f(1e-37))
    return defect === 'epsilon inside of the root'
      ? root(f(safe + f(epsilon)))
      : f(root(safe) + f(epsilon))
  }
  const blend = (kept: number, a: number, added: number, b: number) =>
    multiplyAdd(kept, a, f(added * b))
  const batches =
    spec.name === 'miniBatch' || spec.name === 'stochastic'
      ? createBatches(
          objective.samples.length,
          spec.name === 'miniBatch' ? spec.batchSize : 1,
          spec,
        )
      : null

  return (state, step) => {
    const [w, b] = state
    const rate = rateAt(step)
    const scaled = (k: number, direction: number, square: number, epsilon: number) =>
      f(state[k] - f(f(rate * direction) / rootPlus(square, epsilon)))
    switch (spec.name) {
      case 'gradientDescent':
        return move([w, b], rate, gradient([w, b]))
      case 'momentum':
      case 'nesterov': {
        const gamma = f(spec.gamma)
        const looksAhead = spec.name === 'nesterov' && defect !== 'no look-ahead'
        const place = [0, 1].map((k) =>
          looksAhead ? multiplyAdd(-gamma, state[2 + k], state[k]) : state[k],
        )
        const kept = defect === 'momentum of the wrong sign' ? -gamma : gamma
        const g = gradient(place as Pair)
        const v = g.map((slope, k) => blend(kept, state[2 + k], rate, slope))
        return [...v.map((velocity, k) => f(state[k] - velocity)), ...v]
      }
      case 'adagrad':
      case 'rmsprop': {
        const g = gradient([w, b])
        const s = g.map((slope, k) =>
          spec.name === 'adagrad'
            ? multiplyAdd(slope, slope, state[2 + k])
            : blend(f(spec.beta), state[2 + k], f(1 - spec.beta), f(slope * slope)),
        )
        return [...g.map((slope, k) => scaled(k, slope, s[k], spec.epsilon)), ...s]
      }
      case 'adam': {
        const { beta1, beta2 } = spec
        const g = gradient([w, b])
        const c1 = multiplyAdd(f(beta1), state[6], f(1 - beta1))
        const c2 = multiplyAdd(f(beta2), state[7], f(1 - beta2))
        const m = g.map((slope, k) => blend(f(beta1), state[2 + k], f(1 - beta1), slope))
        const s = g.map((slope, k) => blend(f(beta2), state[4 + k], f(1 - beta2), f(slope * slope)))
        const corrected = (value: number, c: number) =>
          defect === 'no bias correction' ? value : f(value / c)
        const theta = m.map((mean, k) =>
          scaled(k, corrected(mean, c1), corrected(s[k], c2), spec.epsilon),
        )
        return [...theta, ...m, ...s, c1, c2]
      }
      case 'stochastic':
      case 'miniBatch': {
        const perEpoch =
          spec.name === 'stochastic'
            ? objective.samples.length
            : Math.ceil(objective.samples.length / spec.batchSize)
        const ahead = defect === 'the shuffle of the next epoch' ? perEpoch : 0
        const { indices, first, last } = batches!(step + ahead)
        const points = [...indices.subarray(first, last)]
        const isWrong = defect === 'a mean over all points for a short batch'
        const count = isWrong && spec.name === 'miniBatch' ? spec.batchSize : points.length
        return move([w, b], rate, gradient([w, b], points, count))
      }
      case 'newton': {
        const [dw, db] = gradient([w, b])
        const { ww, wb, bb } = hessian([w, b])
        const damping = f(spec.damping)
        const isWrong = defect === 'damping that is no share of the trace'
        const added = isWrong ? damping : f(damping * f(ww + bb))
        const [a, c] = [f(ww + added), f(bb + added)]
        const determinant = multiplyAdd(a, c, -f(wb * wb))
        if (!(a > 0 && determinant > 0)) return move([w, b], rate, [dw, db])
        const solve = (p: number, along: number, across: number) =>
          f(multiplyAdd(p, along, -f(wb * across)) / determinant)
        return move([w, b], rate, [solve(c, dw, db), solve(a, db, dw)])
      }
    }
  }
}
