/** Results as rows and columns, for files. */
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
   * The axes of a grid, columns first. Row r of the table is column r mod n of the grid's row
   * floor(r / n), where n is the length of the first axis. CSV repeats their values in every row,
   * JSON has each axis once.
   */
  axes?: readonly { name: string; values: ArrayLike<number> }[]
  columns: readonly Column[]
}

/**
 * Converts a value of the page API for a table: classes by name, minima counted from 1, as on stage
 * and map, and null for a missing value.
 */
export function tableValue(field: string, value: number): number | string | null {
  if (field === 'outcome') return outcomeNames[value]
  if (field === 'minimum') return value === noMinimum ? null : value + 1
  return field === 'arrivalStep' && value === noArrival ? null : value
}
