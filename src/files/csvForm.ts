/** In which form a table of numbers is written: what parts its cells, and which decimal sign it has. */
import { dsvFormat } from 'd3-dsv'

export type Delimiter = ',' | ';' | '\t'

export interface Form {
  delimiter: Delimiter
  decimal: '.' | ','
}

/**
 * In the order in which they are preferred where two suit equally well: numbers without any
 * decimals fit both signs. The last is for numbers in quotation marks.
 */
const forms: readonly Form[] = (['\t', ';', ','] as const).flatMap((delimiter) =>
  (['.', ','] as const).map((decimal) => ({ delimiter, decimal })),
)

/** Characters and rows that are looked at: by then the form is plain, or there is none. */
const sampleLength = 2 ** 16
const sampleRows = 200

const numberPattern = {
  '.': /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ',': /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
}

/** The number that a cell is, NaN where it is none. A true minus sign is as good as a hyphen. */
export function cellNumber(cell: string, decimal: Form['decimal']): number {
  const text = cell.trim().replace('\u2212', '-')
  // Adding 0 makes 0 of -0.
  return numberPattern[decimal].test(text) ? Number(text.replace(',', '.')) + 0 : Number.NaN
}

/** The form in which the most rows are numbers and nothing else, at least two of them. */
export function formOf(text: string): Form {
  const sample = text.slice(0, sampleLength)
  let best = { form: forms[0], score: 0 }
  for (const form of forms) {
    const score = scoreOf(sample, form)
    if (score > best.score) best = { form, score }
  }
  return best.form
}

function scoreOf(sample: string, { delimiter, decimal }: Form): number {
  // Behind a quotation mark the parser takes any character for the delimiter.
  if (!sample.includes(delimiter)) return 0
  let score = 0
  dsvFormat(delimiter).parseRows(sample, (cells, row) => {
    if (row < sampleRows) score += rowScore(cells, decimal)
    return null
  })
  return score
}

/**
 * 1 for a row of numbers alone; a tenth where there is something else, too: "1,5;2,5" parted at its
 * commas is 1 and 5 around "5;2". With no number anywhere, the more cells the better.
 */
function rowScore(cells: readonly string[], decimal: Form['decimal']): number {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const numbers = filled.filter((cell) => !Number.isNaN(cellNumber(cell, decimal))).length
  if (numbers < 2) return Math.min(Math.max(filled.length - 1, 0), 9) * 1e-6
  return numbers === filled.length ? 1 : 0.1
}
