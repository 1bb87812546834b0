/** What stage and map show, in sentences, for who can not see them. */
import { formatCount, formatNumber } from '../display/numbers'
import { sharesSentence } from '../lenses/starts/sentences'
import { stationarySentence } from '../page/stationaryTable'
import type { Run } from '../results/jobsOf'
import type { Results } from '../results/results'
import { leadingRunner, runnerName } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { isWarmUp } from '../settings/shown'

export async function stageText(settings: Settings, results: Results): Promise<string> {
  const { lens, map } = settings
  if (isWarmUp(settings)) {
    const { warmUpSentence } = await import('../lenses/why/sentences')
    const sentences = results.runs.value?.map((run) => warmUpSentence(settings, run)) ?? []
    return ['The surface of w³ + b².', ...sentences].join(' ')
  }
  const sentences = [surfaceSentence(settings, results), pointsSentence(results)]
  if (lens === 'starts') {
    const shown = [results.outcomes.value, map.bothLosses ? results.beside.value : null]
    sentences.push(...shown.flatMap((each) => (each?.read ? [sharesSentence(each)] : [])))
  } else {
    sentences.push(...runSentences(settings, results.runs.value ?? []))
  }
  const magnified = results.magnified.value
  if (lens === 'why' && magnified) {
    const { stepSentence } = await import('../lenses/why/sentences')
    sentences.push(stepSentence(magnified))
  }
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function surfaceSentence({ lens }: Settings, { surface, crowd }: Results): string {
  if (!surface.value) return ''
  const { job, lowest, highest } = surface.value
  const range = ([min, max]: readonly number[]) => `${formatNumber(min)} to ${formatNumber(max)}`
  const over = `The loss over w from ${range(job.w)} and b from ${range(job.b)}`
  const heights = `${over} lies between ${formatNumber(lowest)} and ${formatNumber(highest)}.`
  if (lens !== 'descend' || !crowd.value) return heights
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
  return stationarySentence(value) ?? 'There is no minimum in view.'
}

/** Where each runner that is shown stands; of more than eight there is no picture. */
function runSentences(settings: Settings, runs: readonly Run[]): string[] {
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
