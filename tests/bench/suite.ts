/** The parts that compute, in one page or one process: the same in Chromium and in Deno. */
import type { RuleName } from '../../src/model/rule'
import { defaultRule, rules } from '../../src/settings/rules'
import { compete, interleave, type Measurement, measurement } from './contest'
import {
  descentContestants,
  descentsOf,
  type Field,
  gridContestants,
  outcomeContestants,
} from './contestants'
import { descents, grid, outcomes } from './jobs'

export const suiteParts = ['descents', 'grid', 'proportion', 'outcomes', 'rules'] as const
export type SuitePart = (typeof suiteParts)[number]

export interface SuiteOptions {
  parts: readonly SuitePart[]
  rounds: number
  /** The same as `Measurement.adapter`. */
  adapter: string
  /** How many times the work: each wait for the GPU must be little beside the computing. */
  times: number
}

export async function runSuite(field: Field, options: SuiteOptions): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const part of options.parts) measurements.push(...(await run[part](field, options)))
  return measurements
}

const run = {
  async descents(field: Field, { adapter, rounds, times }: SuiteOptions) {
    const job = descents(16_384, 1000 * times)
    const name = `descents, 16384 x ${job.steps}`
    const contestants = await descentContestants(field, job, 1 / times)
    return compete({ name, adapter, work: 16_384 * job.steps }, contestants, rounds)
  },

  async grid(field: Field, { adapter, rounds, times }: SuiteOptions) {
    const [columns, rows] = [512 * Math.min(times, 4), 512 * times]
    const contestants = await gridContestants(field, grid(columns, rows), 1 / times)
    const name = `grid, ${columns} x ${rows}`
    // Four times the rounds, because one takes a fiftieth of the time of the descents.
    return compete({ name, adapter, work: columns * rows }, contestants, 4 * rounds)
  },

  /** Three doublings of the trajectories, and three of the steps. */
  async proportion(field: Field, { adapter, rounds, times }: SuiteOptions) {
    // A wait of 10 ms is a quarter of the smallest size where the others only take 40.
    const longer = times > 1 ? 4 * times : 1
    const sizes = [
      ...[4096, 8192, 16_384, 32_768].map((trajectories) => ({
        trajectories,
        steps: 500 * longer,
      })),
      ...[250, 500, 1000, 2000].map((steps) => ({
        trajectories: 16_384,
        steps: steps * longer,
      })),
    ]
    const contestants = sizes.map(({ trajectories, steps }) =>
      descentsOf(field.gpu, descents(trajectories, steps)),
    )
    const best = await interleave(contestants, rounds)
    return sizes.map(({ trajectories, steps }, i) => {
      const series = i < 4 ? 'trajectories' : 'steps'
      const name = `more ${series}, ${trajectories} x ${steps}`
      return measurement({ name, adapter, work: trajectories * steps }, 'GPU engine', best[i])
    })
  },

  /** Every rule at its own rate; the same starts and steps. */
  async rules(field: Field, { adapter, rounds, times }: SuiteOptions) {
    const steps = 1000 * times
    const names = Object.keys(rules) as RuleName[]
    const jobs = names.map((name) => {
      const runner = { rule: defaultRule(name), learningRate: rules[name].learningRate }
      return { ...descents(16_384, steps), runner }
    })
    const best = await interleave(
      jobs.map((job) => descentsOf(field.gpu, job)),
      rounds,
    )
    const job = { name: `rules, 16384 x ${steps}`, adapter, work: 16_384 * steps }
    return names.map((name, i) => measurement(job, name, best[i]))
  },

  /** Work is counted in steps of descents; those that are left early count in full. */
  async outcomes(field: Field, { adapter, rounds, times }: SuiteOptions) {
    const job = outcomes(512, 500 * times)
    const starts = 512 * 512
    const contestants = outcomeContestants(field, job, 1 / (32 * times))
    const name = `outcomes, 512 x 512 x ${job.steps}`
    return compete({ name, adapter, work: starts * job.steps }, contestants, rounds)
  },
}
