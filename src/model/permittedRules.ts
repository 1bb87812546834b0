/**
 * Every state that a kernel is permitted to reach by one step of an update rule from an exact f32
 * state, composed like takeStep in shaders/<rule>.wgsl.
 */
import {
  addInterval,
  anything,
  divideInterval,
  exactly,
  type Interval,
  maxInterval,
  multiplyInterval,
  sqrtInterval,
  squareInterval,
  subtractInterval,
  union,
} from './interval'
import type { ObjectiveSpec } from './objective'
import { createObjectiveInterval, type IntervalPair, type ObjectiveInterval } from './permitted'
import { batchSizeOf, isByBatches, type RuleSpec } from './rule'
import { createBatches } from './rules/miniBatch'
import { leastDeterminant } from './rules/newton'
import { type Decay, decayOf, leastSquare } from './rules/squares'
import { scheduleFactor } from './schedule'

/** The permitted state after step number `step`; one interval for each number of the state. */
export type StateIntervals = (state: ArrayLike<number>, step: number) => readonly Interval[]

/** @param steps of the whole descent, by which the cosine schedule ends */
export function stateIntervals(
  rule: RuleSpec,
  spec: ObjectiveSpec,
  learningRate: number,
  steps: number,
): StateIntervals {
  const objective = createObjectiveInterval(spec)
  const rate = exactly(Math.fround(learningRate))
  const { schedule } = rule
  const isSteady = !schedule || schedule.kind === 'constant'
  const rateAt = (step: number) =>
    isSteady ? rate : multiplyInterval(rate, exactly(scheduleFactor(schedule, step, steps)))
  const stepFrom = stepOf(rule, objective, spec.samples.length)
  return (state, step) => stepFrom(state, rateAt(step), step)
}

type Step = (state: ArrayLike<number>, rate: Interval, step: number) => readonly Interval[]

function stepOf(rule: RuleSpec, objective: ObjectiveInterval, sampleCount: number): Step {
  if (isByBatches(rule)) {
    const batchAt = createBatches(sampleCount, batchSizeOf(rule), rule)
    return (state, rate, step) => {
      const { indices, first, last } = batchAt(step)
      const slope = objective.batchGradient(indices, first, last, state[0], state[1])
      return descend(state, rate, slope)
    }
  }
  const whole = (state: ArrayLike<number>) => objective.gradient(state[0], state[1])
  switch (rule.name) {
    case 'gradientDescent':
      return (state, rate) => descend(state, rate, whole(state))
    case 'momentum': {
      const gamma = exactly(Math.fround(rule.gamma))
      return (state, rate) => withVelocity(state, rate, gamma, whole(state))
    }
    case 'nesterov': {
      const gamma = exactly(Math.fround(rule.gamma))
      return (state, rate) => {
        const ahead = (k: number) =>
          subtractInterval(exactly(state[k]), multiplyInterval(gamma, exactly(state[2 + k])))
        return withVelocity(state, rate, gamma, objective.gradientAround(ahead(0), ahead(1)))
      }
    }
    case 'adagrad': {
      const epsilon = exactly(Math.fround(rule.epsilon))
      return (state, rate) => {
        const slope = whole(state)
        const squares = slope.map((g, k) => addInterval(exactly(state[2 + k]), squareInterval(g)))
        return [...scaled(state, rate, slope, squares, epsilon), ...squares]
      }
    }
    case 'rmsprop': {
      const [decay, epsilon] = [decayOf(rule.beta), exactly(Math.fround(rule.epsilon))]
      return (state, rate) => {
        const slope = whole(state)
        const squares = slope.map((g, k) => mixed(decay, state[2 + k], squareInterval(g)))
        return [...scaled(state, rate, slope, squares, epsilon), ...squares]
      }
    }
    case 'adam': {
      const [first, second] = [decayOf(rule.beta1), decayOf(rule.beta2)]
      const epsilon = exactly(Math.fround(rule.epsilon))
      return (state, rate) => {
        const slope = whole(state)
        const corrections = [first, second].map(({ kept, added }, k) =>
          addInterval(exactly(added), multiplyInterval(exactly(kept), exactly(state[6 + k]))),
        )
        const means = slope.map((g, k) => mixed(first, state[2 + k], g))
        const squares = slope.map((g, k) => mixed(second, state[4 + k], squareInterval(g)))
        const theta = scaled(
          state,
          rate,
          means.map((mean) => divideInterval(mean, corrections[0])),
          squares.map((square) => divideInterval(square, corrections[1])),
          epsilon,
        )
        return [...theta, ...means, ...squares, ...corrections]
      }
    }
    case 'newton': {
      const damping = exactly(Math.fround(rule.damping))
      return (state, rate) => {
        const direction = newtonDirection(objective, damping, state[0], state[1], whole(state))
        return descend(state, rate, direction)
      }
    }
  }
}

/** theta - eta d */
function descend(
  state: ArrayLike<number>,
  rate: Interval,
  direction: readonly Interval[],
): Interval[] {
  return direction.map((d, k) => subtractInterval(exactly(state[k]), multiplyInterval(rate, d)))
}

/** v = gamma v + eta g, theta - v */
function withVelocity(
  state: ArrayLike<number>,
  rate: Interval,
  gamma: Interval,
  slope: IntervalPair,
): Interval[] {
  const velocity = slope.map((g, k) =>
    addInterval(multiplyInterval(gamma, exactly(state[2 + k])), multiplyInterval(rate, g)),
  )
  const theta = velocity.map((v, k) => subtractInterval(exactly(state[k]), v))
  return [...theta, ...velocity]
}

/** kept before + added now */
function mixed({ kept, added }: Decay, before: number, now: Interval): Interval {
  return addInterval(
    multiplyInterval(exactly(kept), exactly(before)),
    multiplyInterval(exactly(added), now),
  )
}

/** theta - eta d / (sqrt(s) + epsilon) */
function scaled(
  state: ArrayLike<number>,
  rate: Interval,
  direction: readonly Interval[],
  squares: readonly Interval[],
  epsilon: Interval,
): Interval[] {
  return direction.map((d, k) => {
    const root = sqrtInterval(maxInterval(squares[k], exactly(leastSquare)))
    const quotient = divideInterval(multiplyInterval(rate, d), addInterval(root, epsilon))
    return subtractInterval(exactly(state[k]), quotient)
  })
}

/** d of (H + damping tr(H) I) d = g, or g; both where the intervals do not tell which. */
function newtonDirection(
  objective: ObjectiveInterval,
  damping: Interval,
  w: number,
  b: number,
  [dw, db]: IntervalPair,
): Interval[] {
  const { ww, wb, bb } = objective.hessian(w, b)
  const added = multiplyInterval(damping, addInterval(ww, bb))
  const [a, c] = [addInterval(ww, added), addInterval(bb, added)]
  const determinant = subtractInterval(multiplyInterval(a, c), squareInterval(wb))
  if (a.hi <= 0 || determinant.hi <= leastDeterminant) return [dw, db]
  const solve = (first: Interval, second: Interval, one: Interval, other: Interval) =>
    divideInterval(
      subtractInterval(multiplyInterval(first, one), multiplyInterval(second, other)),
      determinant,
    )
  const solved = [solve(c, wb, dw, db), solve(a, wb, db, dw)]
  if (a.lo > 0 && determinant.lo > leastDeterminant) return solved
  // The kernel may have taken either way, and divided by a number that cancelled.
  return solved.map((d, k) => (determinant.lo > 0 ? union(d, [dw, db][k]) : anything))
}
