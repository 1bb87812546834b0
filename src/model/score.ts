/** Scores one recorded descent. */
import type { StopRule } from './descent'
import type { Objective } from './objective'

export interface RunScore {
  finalLoss: number
  bestLoss: number
  /** Sum of the lengths of all steps. */
  pathLength: number
  /** Steps at which the loss went up by more than rounding. */
  rises: number
}

/**
 * The most that rounding alone may change an f32 loss: 4 ULP of it, and one of an output at 1. The
 * share alone is too little if the loss is small, because f - y keeps the absolute error of f: it
 * counted 38 rises in 20 runs of 1000 steps on the default data, none of which rose. So a rise of
 * less than 1.2e-7 cannot be told from rounding.
 */
const roundingShare = 4 * 2 ** -23
const roundingFloor = 2 ** -23

/**
 * @param path path[2 step + k], k = 0: w, 1: b
 * @param losses one for each step, including the start
 */
export function scoreRun(path: ArrayLike<number>, losses: ArrayLike<number>): RunScore {
  let [bestLoss, pathLength, rises] = [losses[0], 0, 0]
  for (let step = 1; step < losses.length; step++) {
    const before = losses[step - 1]
    const loss = losses[step]
    // The share is of |before|, because cross-entropy is negative for some y outside [0, 1].
    if (loss - before > roundingShare * Math.abs(before) + roundingFloor) rises++
    if (loss < bestLoss) bestLoss = loss
    const dw = path[2 * step] - path[2 * step - 2]
    const db = path[2 * step + 1] - path[2 * step - 1]
    pathLength += Math.hypot(dw, db)
  }
  return { finalLoss: losses[losses.length - 1], bestLoss, pathLength, rises }
}

/** f32 may stop where f64, in which the gradient is computed here, is this much above. */
const stopMargin = 1.01

/**
 * The step at which the rule has stopped the descent, which then stays where it is; null if it has
 * gone through all its steps. Parameters as for scoreRun.
 */
export function stopStep(
  path: ArrayLike<number>,
  losses: ArrayLike<number>,
  { kind, below }: StopRule,
  objective: Objective,
): number | null {
  if (kind === 'none') return null
  const last = losses.length - 1
  const [w, b] = [path[2 * last], path[2 * last + 1]]
  let step = last
  while (step > 0 && path[2 * step - 2] === w && path[2 * step - 1] === b) step--
  // One that is frozen stays as well, although nothing has stopped it.
  const gradient = new Float64Array(2)
  objective.gradient(w, b, gradient)
  const size = kind === 'loss' ? losses[last] : Math.hypot(...gradient)
  return step < last && size < below * stopMargin ? step : null
}
