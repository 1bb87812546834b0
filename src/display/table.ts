/** Results as rows and columns, as files have them. */
import { noArrival, noMinimum, outcomeNames } from '../model/outcomes/outcome'

/** One column; a missing number is null, an empty cell in CSV. */
export interface Column {
  name: string
  at(row: number): number | string | null
}

export interface Table {
  kind: string
  /** Number of rows. */
  rows: number
  /**
   * Of a grid: its axes, columns first. Row r of the table is column r mod n of the grid's row
   * floor(r / n), n being the length of the first axis. CSV repeats their values in every row, JSON
   * has each axis once.
   */
  axes?: readonly { name: string; values: ArrayLike<number> }[]
  columns: readonly Column[]
}

/**
 * What stands in a table for a value of the page API: classes by name, minima from 1, as on stage and
 * map, and null for what is not there.
 */
export function tableValue(field: string, value: number): number | string | null {
  if (field === 'outcome') return outcomeNames[value]
  if (field === 'minimum') return value === noMinimum ? null : value + 1
  return field === 'arrivalStep' && value === noArrival ? null : value
}
