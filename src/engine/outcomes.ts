/** Outcomes as plain arrays, from the texels of a map. */
import { outcomeSize } from '../model/classify'
import { noArrival } from '../model/outcome'
import type { JobOptions, OutcomeMap, Outcomes } from './engine'

function splitOutcomes(cells: Float32Array): Outcomes {
  const count = cells.length / outcomeSize
  const outcomes = {
    outcome: new Uint8Array(count),
    minimum: new Uint8Array(count),
    arrivalStep: new Uint32Array(count),
    finalLoss: new Float32Array(count),
  }
  for (let i = 0; i < count; i++) {
    const at = i * outcomeSize
    outcomes.outcome[i] = cells[at]
    outcomes.minimum[i] = cells[at + 1]
    outcomes.arrivalStep[i] = cells[at + 2] < 0 ? noArrival : cells[at + 2]
    outcomes.finalLoss[i] = cells[at + 3]
  }
  return outcomes
}

/** Computes a map for its numbers alone. */
export async function readOutcomes(
  compute: (options: JobOptions<OutcomeMap>) => Promise<OutcomeMap>,
  { onCoarse: _, ...rest }: JobOptions,
): Promise<Outcomes> {
  const map = await compute(rest)
  try {
    return splitOutcomes(await map.read())
  } finally {
    map.dispose()
  }
}
