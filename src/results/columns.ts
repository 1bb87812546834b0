/** Columns shared by several tables of results. */
import { type Column, tableValue } from '../display/table'
import type { RunnerSettings } from '../settings/runners'
import type { Run } from './jobsOf'

type NumberedRun = Run & { index: number }

/** Numbered like the runners of the page, from 1. */
export function shownRuns(runs: readonly Run[]): NumberedRun[] {
  return runs.flatMap((run, index) => (run.runner.hidden ? [] : [{ ...run, index }]))
}

export function runnerColumns(
  of: (row: number) => { index: number; runner: RunnerSettings },
): Column[] {
  return [
    { name: 'runner', at: (row) => of(row).index + 1 },
    { name: 'rule', at: (row) => of(row).runner.rule.name },
    { name: 'learningRate', at: (row) => of(row).runner.learningRate },
  ]
}

const outcomeFields = ['outcome', 'minimum', 'arrivalStep', 'finalLoss'] as const

export function outcomeColumns(
  of: Record<(typeof outcomeFields)[number], (row: number) => number>,
): Column[] {
  return outcomeFields.map((name) => ({ name, at: (row) => tableValue(name, of[name](row)) }))
}
