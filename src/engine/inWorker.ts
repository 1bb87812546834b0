/** Functions of the model in their own workers, so that they do not hold up the page. */
import { type Remote, wrap } from 'comlink'
import type { NeuronSpec } from '../model/objective'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Magnified, magnify } from '../model/step/magnifier'
import type { ModelFunctions } from './modelFunctions'
import { newWorker } from './newWorker'

interface Opened {
  remote: Remote<ModelFunctions>
  /** Rejects the pending questions, which could not end without the worker. */
  waiting: Set<(reason: Error) => void>
}

/**
 * Asks one function of the model in a worker. The first question creates the worker. If it fails,
 * pending questions reject with a sentence, and the next question gets a new worker. A frame may
 * forbid workers: then the function runs here.
 *
 * @param name of the worker, as listed by the browser's tools
 * @param does the worker's task, as in "The worker that finds minima has failed."
 */
function askWorker<Question extends unknown[], Answer>(
  name: string,
  does: string,
  ask: (remote: Remote<ModelFunctions>, ...question: Question) => Promise<Answer>,
): (...question: Question) => Promise<Answer> {
  let opened: Opened | null = null

  const open = (): Opened => {
    const worker = newWorker(
      () => new Worker(new URL('./modelWorker.ts', import.meta.url), { type: 'module', name }),
    )
    const waiting = new Set<(reason: Error) => void>()
    worker.addEventListener('error', ({ message }) => {
      opened = null
      worker.terminate()
      const what = message || 'it could not be loaded'
      for (const fail of waiting) fail(new Error(`The worker that ${does} has failed: ${what}.`))
    })
    return { remote: wrap<ModelFunctions>(worker), waiting }
  }

  return async (...question) => {
    try {
      opened ??= open()
    } catch {
      // A browser may forbid workers: a held up page is better than none.
      const { modelFunctions } = await import('./modelFunctions')
      // `ask` awaits the answer, so that functions which give it at once serve as remote ones.
      return ask(modelFunctions as unknown as Remote<ModelFunctions>, ...question)
    }
    const { remote, waiting } = opened
    let fail: (reason: Error) => void = () => {}
    const failed = new Promise<never>((_, reject) => {
      fail = reject
    })
    // A promise shared by all would hold every answer until the worker ends.
    waiting.add(fail)
    try {
      return await Promise.race([ask(remote, ...question), failed])
    } finally {
      waiting.delete(fail)
    }
  }
}

/**
 * One step under the magnifier; with 1,024 samples it takes about 70 ms. Rejects with a sentence if
 * the worker fails; the next question gets a new one.
 */
export const magnifyInWorker = askWorker<Parameters<typeof magnify>, Magnified>(
  'magnifier',
  'looks at a step',
  (remote, ...question) => remote.magnify(...question),
)

const ask = askWorker<[NeuronSpec], StationaryPoints>(
  'stationary points',
  'finds minima and saddles',
  (remote, objective) => remote.findStationaryPoints(objective),
)

/** The newest answers, because table, marks and maps ask the same question at the same time. */
const answers = new Map<string, Promise<StationaryPoints>>()
const mostAnswers = 4

/**
 * Stationary points, found in a worker; the newest answers are kept. Rejects with a sentence if the
 * worker fails; the next question gets a new one.
 */
export function findInWorker(objective: NeuronSpec): Promise<StationaryPoints> {
  const question = JSON.stringify(objective)
  const known = answers.get(question)
  if (known) return known
  const answer = ask(objective)
  answers.set(question, answer)
  const [oldest] = answers.keys()
  if (answers.size > mostAnswers) answers.delete(oldest)
  answer.catch(() => answers.delete(question))
  return answer
}
