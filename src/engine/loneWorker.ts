/** A function of the model in a worker of its own, so that the page is not held up. */
import { wrap } from 'comlink'

interface Opened<Question extends unknown[], Answer> {
  ask(...question: Question): Promise<Answer>
  /** Rejections of the questions under way: none of them could end without the worker. */
  waiting: Set<(reason: Error) => void>
}

/**
 * Asks the function that a worker exposes. The worker is made with the first question; where it
 * fails, those who ask are told with a sentence, and the next question gets a new one.
 *
 * @param does what the worker does, as in "The worker that finds minima has failed."
 */
export function askWorker<Question extends unknown[], Answer>(
  createWorker: () => Worker,
  does: string,
): (...question: Question) => Promise<Answer> {
  let opened: Opened<Question, Answer> | null = null

  const open = (): Opened<Question, Answer> => {
    const worker = createWorker()
    const waiting = new Set<(reason: Error) => void>()
    worker.addEventListener('error', ({ message }) => {
      opened = null
      worker.terminate()
      const what = message || 'it could not be loaded'
      for (const fail of waiting) fail(new Error(`The worker that ${does} has failed: ${what}.`))
    })
    // comlink's type of a call can not be followed through a type parameter.
    const ask = wrap(worker) as unknown as Opened<Question, Answer>['ask']
    return { ask, waiting }
  }

  return async (...question) => {
    opened ??= open()
    const { ask, waiting } = opened
    let fail: (reason: Error) => void = () => {}
    const failed = new Promise<never>((_, reject) => {
      fail = reject
    })
    // Not one promise for all: every answer would be held by it until the worker ends.
    waiting.add(fail)
    try {
      return await Promise.race([ask(...question), failed])
    } finally {
      waiting.delete(fail)
    }
  }
}
