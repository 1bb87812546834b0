/** A function of the model in a worker of its own, so that the page is not held up. */
import { type Remote, wrap } from 'comlink'

// biome-ignore lint/suspicious/noExplicitAny: arguments of any function
type Call = (...question: any[]) => unknown

interface Opened<Ask extends Call> {
  ask: Remote<Ask>
  /** Rejects with a sentence when the worker fails. */
  failed: Promise<never>
}

/**
 * Asks the function that a worker exposes. The worker is made with the first question; where it
 * fails, those who ask are told with a sentence, and the next question gets a new one.
 *
 * @param does what the worker does, as in "The worker that finds minima has failed."
 */
export function askWorker<Ask extends Call>(
  createWorker: () => Worker,
  does: string,
): (...question: Parameters<Ask>) => Promise<Awaited<ReturnType<Ask>>> {
  let opened: Opened<Ask> | null = null

  const open = (): Opened<Ask> => {
    const worker = createWorker()
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', ({ message }) => {
        opened = null
        worker.terminate()
        const what = message || 'it could not be loaded'
        reject(new Error(`The worker that ${does} has failed: ${what}.`))
      })
    })
    // Told to those who ask; nobody may be asking.
    failed.catch(() => {})
    return { ask: wrap<Ask>(worker), failed }
  }

  return (...question) => {
    opened ??= open()
    // comlink's type of a call can not be followed through a type parameter.
    const ask = opened.ask as unknown as (
      ...question: Parameters<Ask>
    ) => Promise<Awaited<ReturnType<Ask>>>
    return Promise.race([ask(...question), opened.failed])
  }
}
