/** Makes a worker, or says why there is none. */

/**
 * A sandboxed frame has an origin of its own, for which the scripts of the page are foreign.
 *
 * @throws Error with a sentence
 */
export function newWorker(make: () => Worker): Worker {
  try {
    return make()
  } catch (reason) {
    throw new Error(
      'This frame or browser forbids the page its workers, in which the processor computes. Open the page in a window of its own.',
      { cause: reason },
    )
  }
}
