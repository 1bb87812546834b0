/** A large text, made bit by bit. */

export interface MakingOptions {
  signal?: AbortSignal | undefined
  /** Called now and then with the share that is done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined
}

/** Milliseconds of work before the page gets a turn. */
const slice = 12
/** Characters given to the blob at once, so that they need not stay among the page's strings. */
const lettersInChunk = 2 ** 20

/**
 * @param count about how many parts there are, for the progress
 * @throws the signal's reason once it is aborted
 */
export async function textBlob(
  parts: Iterable<string>,
  type: string,
  count: number,
  { signal, onProgress }: MakingOptions = {},
): Promise<Blob> {
  const chunks: Blob[] = []
  let waiting: string[] = []
  let letters = 0
  let done = 0
  let began = performance.now()
  const flush = () => {
    chunks.push(new Blob(waiting))
    waiting = []
    letters = 0
  }
  for (const part of parts) {
    waiting.push(part)
    letters += part.length
    done++
    if (letters > lettersInChunk) flush()
    if (performance.now() - began < slice) continue
    onProgress?.(Math.min(1, done / count))
    await new Promise((resolve) => setTimeout(resolve))
    signal?.throwIfAborted()
    began = performance.now()
  }
  flush()
  return new Blob(chunks, { type })
}
