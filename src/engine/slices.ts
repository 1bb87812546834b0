/** How the work of a crowd is cut: by trajectories as well as by steps. */

export interface CrowdSlice {
  first: number
  count: number
  firstStep: number
  lastStep: number
  work: number
}

/** Fewer trajectories at a time would leave a large GPU idle. */
const leastTogether = 4096

/**
 * A function that gives the next slice of trajectories [first, last) through all steps, of about
 * the size of its budget, and null after the last. A slice carries some trajectories on by some
 * steps; when they are through, the next ones begin.
 */
export function crowdSlices(
  first: number,
  last: number,
  steps: number,
  stepWork: number,
): (budget: number) => CrowdSlice | null {
  let begin = first
  let count = 0
  let step = steps
  return (budget) => {
    if (step === steps) {
      begin += count
      if (begin === last) return null
      const wholeInOne = Math.floor(budget / (steps * stepWork))
      count = Math.min(last - begin, Math.max(leastTogether, wholeInOne))
      step = 0
    }
    const firstStep = step
    const stepsNow = Math.max(1, Math.floor(budget / (count * stepWork)))
    step = Math.min(steps, step + stepsNow)
    const work = count * (step - firstStep) * stepWork
    return { first: begin, count, firstStep, lastStep: step, work }
  }
}
