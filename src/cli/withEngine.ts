/** An engine for one command: opened, watched, and put away. */
import type { Engine } from '../engine/engine'
import type { Settings } from '../state/settings'
import type { Given } from './arguments'
import { openEngine } from './openEngine'
import { readCount } from './settings'
import type { Terminal } from './terminal'

const mostWorkers = 256

/**
 * @param use its signal is aborted when the person cancels, and when the engine is lost or reports
 *   an error outside of any job
 */
export async function withEngine(
  { engine: wanted }: Settings,
  { workers }: Given,
  terminal: Terminal,
  use: (engine: Engine, text: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const count = workers === undefined ? undefined : readCount('workers', workers, mostWorkers)
  const { engine, text, notice } = await openEngine(wanted, count)
  if (notice) terminal.say(`${notice}\n`)
  const failure = new AbortController()
  const fail = (sentence: string) => failure.abort(new Error(sentence))
  void engine.lost.then(fail)
  const { device } = engine as { device?: GPUDevice }
  device?.addEventListener('uncapturederror', ({ error }) => {
    fail(`The graphics device reported an error: ${error.message}`)
  })
  // At once: a part of a long job may take seconds, and nobody waits for it any more.
  const stop = () => engine.dispose()
  terminal.signal.addEventListener('abort', stop)
  try {
    await use(engine, text, AbortSignal.any([terminal.signal, failure.signal]))
  } catch (reason) {
    throw failure.signal.aborted ? failure.signal.reason : reason
  } finally {
    terminal.signal.removeEventListener('abort', stop)
    engine.dispose()
  }
}
