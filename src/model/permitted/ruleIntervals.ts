/**
 * Every state that the kernels are permitted to reach in one step of an update rule, from an exact
 * f32 state: src/model/rules composed of intervals. Checks apply the oracle's formula along the
 * GPU's own path, state by state, and compare the next state with these intervals.
 */
import { type ObjectiveSpec, termCount } from '../objective'
import { batchSizeOf, type RuleSpec } from '../rule'
import { createBatches } from '../rules/miniBatch'
import { leastDeterminant } from '../rules/newton'
import { decayOf, leastSquare as leastSquareNumber } from '../rules/squares'
import { scheduleFactor } from '../schedule'
import {
  addInterval,
  anyResult,
  divideInterval,
  exactly,
  type Interval,
  maxInterval,
  multiplyInterval,
  sqrtInterval,
  squareInterval,
  subtractInterval,
} from './interval'
import {
  createObjectiveInterval,
  type IntervalPair,
  moveInterval,
  type ObjectiveInterval,
} from './objectiveInterval'

/** The permitted state after step number `step`, in the order of the oracle's rule. */
export type StateIntervals = (state: ArrayLike<number>, step: number) => readonly Interval[]

/** The same with intervals throughout; the rate is that of the step. */
type StepIntervals = (
  state: readonly Interval[],
  rate: Interval,
  step: number,
) => readonly Interval[]

/**
 * @param learningRate before its schedule; rounded to f32 here, like the parameters
 * @param steps of the whole descent, at the end of which the cosine schedule ends
 */
export function stateIntervals(
  spec: RuleSpec,
  objective: ObjectiveSpec,
  learningRate: number,
  steps: number,
): StateIntervals {
  const rate = exactly(Math.fround(learningRate))
  const take = stepIntervals(spec, createObjectiveInterval(objective), termCount(objective))
  const { schedule } = spec
  if (!schedule || schedule.kind === 'constant') {
    return (state, step) => take(Array.from(state, exactly), rate, step)
  }
  return (state, step) => {
    const factor = exactly(scheduleFactor(schedule, step, steps))
    return take(Array.from(state, exactly), multiplyInterval(rate, factor), step)
  }
}

function stepIntervals(
  spec: RuleSpec,
  objective: ObjectiveInterval,
  sampleCount: number,
): StepIntervals {
  switch (spec.name) {
    case 'gradientDescent':
      return ([w, b], rate) => moveBoth([w, b], rate, objective.gradient(w, b))
    case 'momentum':
    case 'nesterov':
      return momentumStep(spec.gamma, spec.name === 'nesterov', objective)
    case 'adagrad':
      return adagradStep(spec.epsilon, objective)
    case 'rmsprop':
      return rmspropStep(spec.beta, spec.epsilon, objective)
    case 'adam':
      return adamStep(spec.beta1, spec.beta2, spec.epsilon, objective)
    case 'stochastic':
    case 'miniBatch': {
      const batchAt = createBatches(sampleCount, batchSizeOf(spec), spec)
      return ([w, b], rate, step) => {
        const { indices, first, last } = batchAt(step)
        return moveBoth([w, b], rate, objective.batchGradient(indices, first, last, w, b))
      }
    }
    case 'newton':
      return newtonStep(spec.damping, objective)
  }
}

/** Applies the same function to the w and the b component. */
function both(of: (k: 0 | 1) => Interval): IntervalPair {
  return [of(0), of(1)]
}

function moveBoth(theta: IntervalPair, rate: Interval, direction: IntervalPair): IntervalPair {
  return both((k) => moveInterval(theta[k], rate, direction[k]))
}

/** kept * a + added * b */
function blend(kept: Interval, a: Interval, added: Interval, b: Interval): Interval {
  return addInterval(multiplyInterval(kept, a), multiplyInterval(added, b))
}

/** v <- gamma v + rate g, theta <- theta - v; Nesterov's g is at theta - gamma v. */
function momentumStep(
  gammaNumber: number,
  looksAhead: boolean,
  objective: ObjectiveInterval,
): StepIntervals {
  const gamma = exactly(Math.fround(gammaNumber))
  return (state, rate) => {
    const place = both((k) => (looksAhead ? moveInterval(state[k], gamma, state[2 + k]) : state[k]))
    const gradient = objective.gradient(place[0], place[1])
    const velocity = both((k) => blend(gamma, state[2 + k], rate, gradient[k]))
    return [...both((k) => subtractInterval(state[k], velocity[k])), ...velocity]
  }
}

/** A constant of the kernel, rounded to either side. */
const leastSquare = exactly(leastSquareNumber)

/** sqrt(max(s, 1e-37)) + epsilon */
function rootPlus(square: Interval, epsilon: Interval): Interval {
  return addInterval(sqrtInterval(maxInterval(square, leastSquare)), epsilon)
}

/** theta <- theta - rate * direction / (sqrt(s) + epsilon), the product first. */
function scaledMove(
  theta: Interval,
  rate: Interval,
  direction: Interval,
  root: Interval,
): Interval {
  return subtractInterval(theta, divideInterval(multiplyInterval(rate, direction), root))
}

/** s <- s + g^2 */
function adagradStep(epsilonNumber: number, objective: ObjectiveInterval): StepIntervals {
  const epsilon = exactly(Math.fround(epsilonNumber))
  return (state, rate) => {
    const gradient = objective.gradient(state[0], state[1])
    const squares = both((k) => addInterval(state[2 + k], squareInterval(gradient[k])))
    const theta = both((k) =>
      scaledMove(state[k], rate, gradient[k], rootPlus(squares[k], epsilon)),
    )
    return [...theta, ...squares]
  }
}

/** beta and 1 - beta, each as in the kernel. */
function decayIntervals(beta: number): { kept: Interval; added: Interval } {
  const { kept, added } = decayOf(beta)
  return { kept: exactly(kept), added: exactly(added) }
}

/** s <- beta s + (1 - beta) g^2 */
function rmspropStep(
  beta: number,
  epsilonNumber: number,
  objective: ObjectiveInterval,
): StepIntervals {
  const { kept, added } = decayIntervals(beta)
  const epsilon = exactly(Math.fround(epsilonNumber))
  return (state, rate) => {
    const gradient = objective.gradient(state[0], state[1])
    const squares = both((k) => blend(kept, state[2 + k], added, squareInterval(gradient[k])))
    const theta = both((k) =>
      scaledMove(state[k], rate, gradient[k], rootPlus(squares[k], epsilon)),
    )
    return [...theta, ...squares]
  }
}

/** State (theta, m, s, c1, c2): c <- (1 - beta) + beta c, and m / c1, s / c2 in place of m, s. */
function adamStep(
  beta1: number,
  beta2: number,
  epsilonNumber: number,
  objective: ObjectiveInterval,
): StepIntervals {
  const [first, second] = [decayIntervals(beta1), decayIntervals(beta2)]
  const epsilon = exactly(Math.fround(epsilonNumber))
  return (state, rate) => {
    const gradient = objective.gradient(state[0], state[1])
    const c1 = addInterval(first.added, multiplyInterval(first.kept, state[6]))
    const c2 = addInterval(second.added, multiplyInterval(second.kept, state[7]))
    const means = both((k) => blend(first.kept, state[2 + k], first.added, gradient[k]))
    const squares = both((k) =>
      blend(second.kept, state[4 + k], second.added, squareInterval(gradient[k])),
    )
    const theta = both((k) => {
      const root = rootPlus(divideInterval(squares[k], c2), epsilon)
      return scaledMove(state[k], rate, divideInterval(means[k], c1), root)
    })
    return [...theta, ...means, ...squares, c1, c2]
  }
}

/** d solves (H + damping tr(H) I) d = g if that matrix is positive definite, otherwise d = g. */
function newtonStep(dampingNumber: number, objective: ObjectiveInterval): StepIntervals {
  const damping = exactly(Math.fround(dampingNumber))
  return ([w, b], rate) => {
    const [dw, db] = objective.gradient(w, b)
    const [ww, wb, bb] = objective.hessian(w, b)
    const added = multiplyInterval(damping, addInterval(ww, bb))
    const [a, c] = [addInterval(ww, added), addInterval(bb, added)]
    const determinant = subtractInterval(multiplyInterval(a, c), squareInterval(wb))
    if (a.hi <= 0 || determinant.hi <= leastDeterminant) return moveBoth([w, b], rate, [dw, db])
    // Undecided: the kernel may take either branch, and divide by a cancelled difference.
    if (a.lo <= 0 || determinant.lo <= leastDeterminant) return [anyResult, anyResult]
    const solution = (p: Interval, along: Interval, across: Interval) =>
      divideInterval(
        subtractInterval(multiplyInterval(p, along), multiplyInterval(wb, across)),
        determinant,
      )
    return moveBoth([w, b], rate, [solution(c, dw, db), solution(a, db, dw)])
  }
}
