/** The sweep and the scores of the runners as tables. */
import type { Table } from '../../display/table'
import type { Engine, JobOptions } from '../../engine/engine'
import { noArrival, noMinimum, outcomeCodes } from '../../model/outcomes/outcome'
import { scoreRun } from '../../model/score'
import { outcomeColumns, runnerColumns, shownRuns } from '../../results/columns'
import { computeRuns } from '../../results/jobsOf'
import type { Settings } from '../../settings/settings'
import { computeRateOutcomes, computeScores, stopOf } from './computeRates'

/** The chosen start at each of many rates. */
export async function sweep(
  engine: Engine,
  settings: Settings,
  options: JobOptions,
): Promise<Table> {
  const { rates, outcomes: found } = await computeRateOutcomes(engine, settings, options)
  return {
    kind: 'sweep',
    rows: rates.length,
    columns: [
      { name: 'learningRate', at: (row) => rates[row] },
      ...outcomeColumns({
        outcome: (row) => found.outcome[row],
        minimum: (row) => found.minimum[row],
        arrivalStep: (row) => found.arrivalStep[row],
        finalLoss: (row) => found.finalLoss[row],
      }),
    ],
  }
}

/** A row for each runner that is not hidden. */
export async function scores(
  engine: Engine,
  settings: Settings,
  options: JobOptions,
): Promise<Table> {
  const runs = shownRuns(await computeRuns(engine, settings, options))
  const endings = await computeScores(engine, settings, options)
  const rows = runs.map((run) => ({ ...run, ...scoreRun(run.path, run.losses) }))
  const ending = (row: number) => endings[rows[row].index]
  const { stop } = settings
  const stops = runs.map((run) => {
    const found = endings[run.index]
    return found ? stopOf(run, found, stop) : null
  })
  const classified = (row: number) => (stops[row] === null ? ending(row) : null)
  return {
    kind: 'scores',
    rows: rows.length,
    columns: [
      ...runnerColumns((row) => rows[row]),
      ...outcomeColumns({
        // One that was stopped has not come to any end: it was moving.
        outcome: (row) => outcomeCodes[classified(row)?.outcome ?? 'moving'],
        minimum: (row) => classified(row)?.minimum ?? noMinimum,
        arrivalStep: (row) => classified(row)?.arrivalStep ?? noArrival,
        finalLoss: (row) => rows[row].finalLoss,
      }),
      { name: 'bestLoss', at: (row) => rows[row].bestLoss },
      { name: 'pathLength', at: (row) => rows[row].pathLength },
      { name: 'rises', at: (row) => rows[row].rises },
      ...(stop.kind === 'none'
        ? []
        : [{ name: 'stopStep', at: (row: number) => stops[row] ?? '' } as const]),
    ],
  }
}
