/** Compares values of the GPU with what the oracle and WGSL's accuracy table permit. */
import type { Interval } from '../../src/model/permitted/interval'
import { errorRatio } from '../../src/model/permitted/objectiveInterval'

export interface Expectation {
  oracle: number
  interval: Interval
  /** Names the value in the message. */
  what: string
}

export interface Comparison {
  count: number
  /** Largest errorRatio: in widths of the permitted interval, above 1 outside it. */
  worst: number
}

/**
 * Demands that every value lies in its interval.
 *
 * @throws Error with the worst value's index, the value, the interval and the ratio
 */
export function expectPermitted(
  values: ArrayLike<number>,
  expected: (index: number) => Expectation,
): Comparison {
  const comparison = { count: values.length, worst: 0 }
  let outside = 0
  let message = ''
  for (let i = 0; i < values.length; i++) {
    const { oracle, interval, what } = expected(i)
    const ratio = errorRatio(values[i], oracle, interval)
    if (ratio > 1) outside++
    if (ratio <= comparison.worst) continue
    comparison.worst = ratio
    message = `value ${i}, ${what}, is ${values[i]}; the oracle gives ${oracle}, permitted is [${interval.lo}, ${interval.hi}]; ${ratio.toFixed(2)} times the permitted error`
  }
  if (values.length === 0) throw new Error('There are 0 values to compare; there must be some.')
  if (outside > 0) throw new Error(`${outside} of ${values.length} values are outside: ${message}.`)
  return comparison
}
