/** What can be read off one recorded descent. */

export interface RunScore {
  finalLoss: number
  bestLoss: number
  /** Sum of the lengths of all steps. */
  pathLength: number
  /** Steps at which the loss went up. */
  rises: number
}

/**
 * A rise from one step to the next counts above this share of the loss: four roundings of f32, so
 * that a descent which rests is not said to go up. A loss of 0 has no share: there any rise counts.
 */
const leastRise = 4 * 2 ** -23

/**
 * @param path path[2 step + k], k = 0: w, 1: b
 * @param losses one for each step, the start included
 */
export function scoreRun(path: ArrayLike<number>, losses: ArrayLike<number>): RunScore {
  let [bestLoss, pathLength, rises] = [losses[0], 0, 0]
  for (let step = 1; step < losses.length; step++) {
    const [before, loss] = [losses[step - 1], losses[step]]
    if (loss - before > leastRise * Math.abs(before)) rises++
    if (loss < bestLoss) bestLoss = loss
    const [dw, db] = [0, 1].map((k) => path[2 * step + k] - path[2 * step - 2 + k])
    pathLength += Math.hypot(dw, db)
  }
  return { finalLoss: losses[losses.length - 1], bestLoss, pathLength, rises }
}
