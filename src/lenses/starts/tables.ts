/** The map of starts as a table. */
import type { Table } from '../../display/table'
import type { Engine, JobOptions, OutcomeMap } from '../../engine/engine'
import { outcomeNodes } from '../../model/outcomes/classify'
import { noArrival } from '../../model/outcomes/outcome'
import { outcomeColumns } from '../../results/columns'
import type { Settings } from '../../settings/settings'
import { computeOutcomes, mapQuestion } from './computeOutcomes'

export async function outcomes(
  engine: Engine,
  settings: Settings,
  options: JobOptions,
): Promise<Table> {
  const question = mapQuestion(settings, settings.loss)
  const cells = await readOutcomes(engine, question, options)
  return {
    kind: 'outcomes',
    rows: cells.length / 4,
    axes: question.axes.map((axis) => ({
      name: axis.name === 'log10Rate' ? 'learningRate' : axis.name,
      values: outcomeNodes(axis),
    })),
    columns: outcomeColumns({
      outcome: (row) => cells[4 * row],
      minimum: (row) => cells[4 * row + 1],
      arrivalStep: (row) => (cells[4 * row + 2] < 0 ? noArrival : cells[4 * row + 2]),
      finalLoss: (row) => cells[4 * row + 3],
    }),
  }
}

async function readOutcomes(
  engine: Engine,
  question: ReturnType<typeof mapQuestion>,
  options: JobOptions,
): Promise<Float32Array> {
  // Kept from the first pass on, so that a cancelled computation is freed, too.
  let map: OutcomeMap | null = null
  try {
    const { read } = await computeOutcomes(engine, question, {
      ...options,
      onCoarse: (partial) => {
        map = partial.map
      },
    })
    return read?.cells ?? new Float32Array()
  } finally {
    ;(map as OutcomeMap | null)?.dispose()
  }
}
