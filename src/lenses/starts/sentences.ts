/** Sentences on where descents end. */
import { endingName, lossNames } from '../../display/endings'
import { formatCount, formatNumber, percentText } from '../../display/numbers'
import { outcomeNode } from '../../model/outcomes/classify'
import { outcomeNames } from '../../model/outcomes/outcome'
import type { Ending, OutcomeNumbers } from '../../model/outcomes/outcomeNumbers'
import { findPeriod } from '../../model/outcomes/period'
import type { Place } from '../../stage/picture'
import type { OutcomeResult } from './computeOutcomes'

/** The most loss terms that finding a period may take while the pointer moves. */
const mostPeriodWork = 400_000

/** The ending of the start (and rate) at a place; null if the map does not know it. */
export function endingOn({ map, read }: OutcomeResult, [w, b, rate]: Place): string | null {
  const { job, plane } = map
  const hasRates = job.axes.some(({ name }) => name === 'log10Rate')
  // A place on the stage is not on a map of rates, which has only one w or one b.
  if (!read || hasRates !== (rate !== undefined)) return null
  const at = { w, b, log10Rate: Math.log10(rate ?? 1) }
  const [column, row] = job.axes.map(({ name, range: [min, max, count] }) =>
    Math.round(((at[name] - min) / (max - min)) * (count - 1)),
  )
  if (!(column >= 0 && column < plane.width && row >= 0 && row < plane.height)) return null
  const cell = (row * plane.width + column) * 4
  const [code, minimum, arrival, loss] = read.cells.subarray(cell, cell + 4)
  const outcome = outcomeNames[code]
  const parts = [endingName(outcome, minimum)]
  if (arrival >= 0) parts.push(`after ${formatCount(arrival)} steps`)
  if (outcome === 'oscillating') {
    const node = { w, b, log10Rate: job.runner.learningRate }
    job.axes.forEach((axis, k) => {
      node[axis.name] = outcomeNode(axis, [column, row][k])
    })
    const runner = { ...job.runner, learningRate: node.log10Rate }
    if (job.steps * job.objective.samples.length <= mostPeriodWork) {
      const period = findPeriod(job.objective, runner, [node.w, node.b], job.steps)
      parts.push(period ? `period ${period}` : 'no period up to 8')
    }
  }
  parts.push(`final loss ${formatNumber(loss)}`)
  return parts.join(' · ')
}

/** The shares of a map's endings, in words. */
export function sharesSentence({ map, read }: OutcomeResult): string {
  const shares = read?.numbers.endings.map(
    ({ outcome, minimum, share }) => `${endingName(outcome, minimum)} ${percentText(share, 0.1)}`,
  )
  return `Under ${lossNames[map.job.objective.loss]}: ${shares?.join(', ')}.`
}

export function keyOf({ outcome, minimum }: Ending): string {
  return `${outcome} ${minimum ?? ''}`
}

export function entropySentence({ starts, entropy: { all, boundary } }: OutcomeNumbers): string {
  const isFractal = boundary > Math.LN2
  return (
    `${formatCount(starts)} starts; lighter is sooner. Basin entropy ${formatNumber(all)}, ` +
    `${formatNumber(boundary)} at boundaries` +
    (isFractal ? ': above ln 2, they are fractal.' : '.')
  )
}
