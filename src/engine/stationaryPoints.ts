/** The search for stationary points in a worker of its own, made anew for each question. */
import { wrap } from 'comlink'
import type { StationaryPoints } from '../model/stationary'
import type { findStationaryPoints } from '../model/stationaryPoints'

/** Rejects with a sentence where the worker fails. */
export async function findInWorker(
  ...[objective, { w, b }]: Parameters<typeof findStationaryPoints>
): Promise<StationaryPoints> {
  const worker = new Worker(new URL('./stationaryWorker.ts', import.meta.url), {
    type: 'module',
    name: 'stationary points',
  })
  try {
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', ({ message }) => {
        const what = message || 'it could not be loaded'
        reject(new Error(`The worker that finds minima and saddles has failed: ${what}.`))
      })
    })
    const find = wrap<typeof findStationaryPoints>(worker)
    return await Promise.race([find(objective, { w, b }), failed])
  } finally {
    worker.terminate()
  }
}
