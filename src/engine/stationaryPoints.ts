/** The search for stationary points in a worker of its own, so that a drag is not held up. */
import { type Remote, wrap } from 'comlink'
import type { StationaryPoints } from '../model/stationary'
import type { findStationaryPoints } from '../model/stationaryPoints'

type Find = typeof findStationaryPoints

interface Finder {
  find: Remote<Find>
  /** Rejects with a sentence when the worker fails. */
  failed: Promise<never>
}

let finder: Finder | null = null

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

async function ask(...[objective, { w, b }]: Parameters<Find>): Promise<StationaryPoints> {
  finder ??= createFinder()
  const { find, failed } = finder
  return Promise.race([find(objective, { w, b }), failed])
}

function createFinder(): Finder {
  const worker = new Worker(new URL('./stationaryWorker.ts', import.meta.url), {
    type: 'module',
    name: 'stationary points',
  })
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      finder = null
      worker.terminate()
      const what = message || 'it could not be loaded'
      reject(new Error(`The worker that finds minima and saddles has failed: ${what}.`))
    })
  })
  // Told to those who ask; nobody may be asking.
  failed.catch(() => {})
  return { find: wrap<Find>(worker), failed }
}
