/** The loss band of a crowd, taken without holding the thread for long. */
import { bandSteps, bandTrajectories, type LossBand, takeLossBand } from '../model/quantile'
import { evenRecords, evenSteps } from '../model/recording'
import type { Crowd } from './engine'

/** Milliseconds of computing before others get the thread. */
const turn = 8

/** Median and 10 to 90 % of the loss, over the first 4,096 trajectories and at most 256 records. */
export async function lossBand(crowd: Crowd): Promise<LossBand> {
  const count = Math.min(crowd.finished, bandTrajectories)
  const records = evenRecords(crowd.recording, bandSteps)
  const losses = await crowd.losses(count, records)
  const taking = takeLossBand(losses, count, evenSteps(crowd.recording, records))
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
