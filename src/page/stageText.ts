/** Describes stage and map in sentences, for those who cannot see them. */
import { formatCount, formatNumber } from '../display/numbers'
import type { Run } from '../results/jobsOf'
import type { Results } from '../results/results'
import { leadingRunner, runnerName } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { isWarmUp, shows } from '../settings/shown'
import { stationarySentence } from './stationaryTable'

/** @param lensWords the lens's sentences in place of those about the runs; null if it has none */
export function stageText(
  settings: Settings,
  results: Results,
  lensWords: readonly string[] | null,
): string {
  const words = lensWords ?? runSentences(settings, results.runs.value ?? [])
  const sentences = isWarmUp(settings)
    ? words
    : [surfaceSentence(settings, results), pointsSentence(results), ...words]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function surfaceSentence(settings: Settings, { surface, crowd }: Results): string {
  if (!surface.value) return ''
  const { job, lowest, highest } = surface.value
  const range = ([min, max]: readonly number[]) => `${formatNumber(min)} to ${formatNumber(max)}`
  const over = `The loss over w from ${range(job.w)} and b from ${range(job.b)}`
  const heights = `${over} lies between ${formatNumber(lowest)} and ${formatNumber(highest)}.`
  if (!shows(settings, 'crowd') || !crowd.value) return heights
  const { trajectories } = crowd.value.crowd
  return `${heights} ${formatCount(trajectories)} descents run down it.`
}

function pointsSentence({ stationary: { value } }: Results): string {
  if (!value) return ''
  const places = value.minima.map(
    ({ w, b, loss }, i) =>
      `${i + 1} at (${formatNumber(w)}, ${formatNumber(b)}) with loss ${formatNumber(loss)}`,
  )
  if (places.length > 0) return `Minimum ${places.join('; minimum ')}.`
  return stationarySentence(value) ?? ''
}

/** Says where each shown runner is; there are eight at most. */
export function runSentences(settings: Settings, runs: readonly Run[]): string[] {
  const { index } = leadingRunner(settings)
  return runs.flatMap(({ runner, path, losses }, i) => {
    if (losses.length === 0) return []
    const step = Math.min(settings.step, losses.length - 1)
    const [w, b] = path.subarray(2 * step, 2 * step + 2)
    const who = i === index && runs.length === 1 ? 'The chosen start' : `${runnerName(runner)}:`
    return [
      `${who} is at (${formatNumber(w)}, ${formatNumber(b)}) after ${formatCount(step)} of ${formatCount(settings.steps)} steps, with loss ${formatNumber(losses[step])}.`,
    ]
  })
}
