/** One step under the magnifier, in a worker: with 1,024 samples it takes some 70 ms. */
import type { Magnified, magnify } from '../model/magnifier'
import { askWorker } from './loneWorker'

/** Rejects with a sentence where the worker fails; the next question gets a new one. */
export const magnifyInWorker = askWorker<Parameters<typeof magnify>, Magnified>(
  () =>
    new Worker(new URL('./magnifierWorker.ts', import.meta.url), {
      type: 'module',
      name: 'magnifier',
    }),
  'looks at a step',
)
