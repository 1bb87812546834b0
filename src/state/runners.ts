/** The kind of setting that holds runners: rules with their learning rates. */
import * as v from 'valibot'
import type { Runner } from '../model/rule'
import { type Kind, number } from './kinds'

/** A runner as the page has it: it may be hidden, and computes nothing then. */
export interface RunnerSettings extends Runner {
  readonly hidden?: boolean
}

export const learningRate = number(1e-4, 1000, { logarithmic: true })

const ruleNames = ['gradientDescent'] as const

const runner = v.strictObject(
  {
    rule: v.strictObject(
      {
        name: v.picklist(
          ruleNames,
          (issue) => `has the rule ${issue.received}; it must be one of ${ruleNames.join(', ')}.`,
        ),
      },
      (issue) => `has the rule ${issue.received}; it must be an object { name }.`,
    ),
    learningRate: v.pipe(
      v.unknown(),
      v.check(
        (value) => v.is(learningRate.schema, value),
        (issue) => `has the learning rate ${issue.input}; it must be a number from 0.0001 to 1000.`,
      ),
      v.transform((value) => value as number),
    ),
  },
  (issue) => `has ${issue.received}; it must be an object { rule, learningRate }.`,
)

/** `gradientDescent:10`, runners joined by semicolons. One runner for now. */
export const runners: Kind<readonly RunnerSettings[]> = {
  schema: v.pipe(
    v.array(runner, 'must be a list of runners { rule, learningRate }.'),
    v.length(1, (issue) => `has ${issue.received} runners; it must have 1.`),
  ),
  format: (value) =>
    value
      .map(({ rule, learningRate: rate }) => `${rule.name}:${learningRate.format(rate)}`)
      .join(';'),
  parse: (text) =>
    text.split(';').map((part) => {
      const [name, rate = ''] = part.split(':')
      return { rule: { name }, learningRate: learningRate.parse(rate) }
    }),
}
