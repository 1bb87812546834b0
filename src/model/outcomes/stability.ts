/** The steps that decide where a descent ends, and the rate up to which a minimum holds it. */
import type { NeuronSpec } from '../objective'
import { type RuleSpec, stabilityLimit, stepsInEpoch } from '../rule'
import { scheduleFactor } from '../schedule'
import type { OutcomeJob } from './outcome'

/** The parts of a job that decide. */
export interface Decisive extends Pick<OutcomeJob, 'steps' | 'thresholds'> {
  runner: { rule: RuleSpec }
  objective: Pick<NeuronSpec, 'samples'>
}

/** The step from which a rise of the loss counts, and the last arrival that counts as staying. */
export function decisiveSteps(job: Decisive): { windowStart: number; stayStart: number } {
  const { steps, thresholds } = job
  const epoch = epochSteps(job)
  const [window, stay] = [thresholds.window, thresholds.stay]
  const [longWindow, longStay] = epoch > 1 ? [4 * epoch, 2 * epoch] : [0, 0]
  return {
    windowStart: Math.max(0, steps - Math.max(window, longWindow)),
    stayStart: Math.max(0, steps - Math.max(stay, longStay)),
  }
}

/** The number of steps that are judged by their mean place: those of an epoch. */
export function epochSteps({ runner, objective }: Decisive): number {
  return stepsInEpoch(runner.rule, objective.samples.length)
}

/**
 * A minimum holds descent while rate * largest eigenvalue is below this; Infinity for rules without
 * a limit. Under a schedule the largest factor of the final stay counts. That is the first, because
 * schedules never rise.
 */
export function stabilityOf(job: Decisive): number {
  const { rule } = job.runner
  const limit = stabilityLimit(rule, 1)
  if (limit === null) return Number.POSITIVE_INFINITY
  const schedule = rule.schedule ?? { kind: 'constant' }
  return limit / scheduleFactor(schedule, decisiveSteps(job).stayStart, job.steps)
}

/**
 * The rate from which a minimum of this largest eigenvalue holds no descent; null if there is no
 * such rate.
 */
export function largestRate(job: Decisive, largestEigenvalue: number): number | null {
  const rate = stabilityOf(job) / largestEigenvalue
  return Number.isFinite(rate) ? rate : null
}
