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

/** Rejects with a sentence where the worker fails; the next question gets a new one. */
export async function findInWorker(
  ...[objective, { w, b }]: Parameters<Find>
): Promise<StationaryPoints> {
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
