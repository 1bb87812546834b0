/** The search for stationary points in a worker, its newest answers kept. */
import type { StationaryPoints } from '../model/stationary'
import type { findStationaryPoints } from '../model/stationaryPoints'
import { askWorker } from './loneWorker'

type Find = typeof findStationaryPoints

const ask = askWorker<Parameters<Find>, StationaryPoints>(
  () =>
    new Worker(new URL('./stationaryWorker.ts', import.meta.url), {
      type: 'module',
      name: 'stationary points',
    }),
  'finds minima and saddles',
)

/** The newest answers, for table, marks and maps ask the same at the same time. */
const answers = new Map<string, Promise<StationaryPoints>>()
const mostAnswers = 4

/** Rejects with a sentence where the worker fails; the next question gets a new one. */
export function findInWorker(
  ...[objective, { w, b }]: Parameters<Find>
): Promise<StationaryPoints> {
  const question = JSON.stringify([objective, w, b])
  const known = answers.get(question)
  if (known) return known
  const answer = ask(objective, { w, b })
  answers.set(question, answer)
  const [oldest] = answers.keys()
  if (answers.size > mostAnswers) answers.delete(oldest)
  answer.catch(() => answers.delete(question))
  return answer
}
