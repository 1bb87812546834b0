/** Cuts the work of a crowd by trajectories as well as by steps. */

export interface CrowdSlice {
  first: number
  count: number
  firstStep: number
  lastStep: number
  work: number
}

/** Fewer trajectories at a time would leave parts of a large GPU idle. */
const leastTogether = 4096

/**
 * A function that gives the next slice of trajectories [first, last) through all steps, of about
 * the size of its budget and of at most `mostSteps` steps, and null after the last. A slice carries
 * some trajectories on by some steps; when they are finished, the next ones begin.
 */
export function crowdSlices(
  first: number,
  last: number,
  steps: number,
  stepWork: number,
  mostSteps = steps,
): (budget: number) => CrowdSlice | null {
  let begin = first
  let count = 0
  let step = steps
  return (budget) => {
    if (step === steps) {
      begin += count
      if (begin === last) return null
      const wholeInOne = budget / (steps * stepWork)
      count = evenPart(last - begin, Math.max(leastTogether, wholeInOne))
      step = 0
    }
    const firstStep = step
    step += Math.min(mostSteps, evenPart(steps - step, budget / (count * stepWork)))
    const work = count * (step - firstStep) * stepWork
    return { first: begin, count, firstStep, lastStep: step, work }
  }
}

/**
 * Cuts `rest` into even parts of about `wanted`, at most 4/3 of it, and gives their size: a small
 * last part would be a slice of its own, in which the GPU mostly waits.
 */
function evenPart(rest: number, wanted: number): number {
  const parts = Math.max(1, Math.ceil(rest / wanted - 1 / 3))
  return Math.ceil(rest / parts)
}
