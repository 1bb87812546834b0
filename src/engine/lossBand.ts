/** The loss band of a crowd, taken without holding the thread for long. */
import { type LossBand, takeLossBand } from '../model/quantile'

/** Milliseconds of computing before others get the thread. */
const turn = 8

export async function bandOf(
  losses: Float32Array,
  count: number,
  steps: Uint32Array<ArrayBuffer>,
): Promise<LossBand> {
  const taking = takeLossBand(losses, count, steps)
  let begin = performance.now()
  for (;;) {
    const { done, value } = taking.next()
    if (done) return value
    if (performance.now() - begin > turn) {
      await new Promise((resolve) => setTimeout(resolve))
      begin = performance.now()
    }
  }
}
