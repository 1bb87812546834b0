/** Detects the form of a table of numbers: its delimiter and its decimal sign. */
import { dsvFormat } from 'd3-dsv'

/** One character; a blank stands for any number of blanks. */
export type Delimiter = string

export interface Form {
  delimiter: Delimiter
  decimal: '.' | ','
}

/** In order of preference for a tie: numbers without decimals fit both signs. */
const delimiters: readonly Delimiter[] = ['\t', ';', ',', '|', ' ']

const formsWith = (delimiter: Delimiter): readonly Form[] =>
  (['.', ','] as const).map((decimal) => ({ delimiter, decimal }))

/** Characters and rows to examine: enough to recognise the form, if there is one. */
const sampleLength = 2 ** 16
const sampleRows = 200

const numberPattern = {
  '.': /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ',': /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
}

/** The number in a cell, or NaN. A true minus sign is as good as a hyphen. */
export function cellNumber(cell: string, decimal: Form['decimal']): number {
  const text = cell.trim().replace('\u2212', '-')
  // Adding 0 turns -0 into 0.
  return numberPattern[decimal].test(text) ? Number(text.replace(',', '.')) + 0 : Number.NaN
}

/**
 * The form in which the most rows have nothing but numbers.
 *
 * @param declared the delimiter, if the file names it
 */
export function formOf(text: string, declared?: Delimiter): Form {
  const sample = text.slice(0, sampleLength)
  const forms = (declared === undefined ? delimiters : [declared]).flatMap(formsWith)
  let best = { form: forms[0], score: 0 }
  for (const form of forms) {
    const score = scoreOf(sample, form)
    if (score > best.score) best = { form, score }
  }
  return best.form
}

function scoreOf(sample: string, { delimiter, decimal }: Form): number {
  // After a quotation mark, the parser takes any character for the delimiter.
  if (!sample.includes(delimiter)) return 0
  let score = 0
  dsvFormat(delimiter).parseRows(plainLines(sample, delimiter), (cells, row) => {
    if (row < sampleRows) score += rowScore(cells, decimal)
    return null
  })
  // Blanks and pipes are part of other texts too; only numbers make a table of them.
  return ' |'.includes(delimiter) && score < 0.1 ? 0 : score
}

/** One delimiter between two cells, and none around a line, as pipes and blanks often stand. */
export function plainLines(text: string, delimiter: Delimiter): string {
  if (delimiter === ' ') return text.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '')
  if (delimiter !== '|') return text
  // The line below the head of a table in Markdown.
  const rule = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$/gm
  return text.replace(rule, '').replace(/^[ \t]*\||\|[ \t]*$/gm, '')
}

/**
 * 1 for a row of nothing but numbers; a tenth if there is something else too: "1,5;2,5" split at
 * its commas is 1 and 5 around "5;2". If there are no numbers at all, more cells are better.
 */
function rowScore(cells: readonly string[], decimal: Form['decimal']): number {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const numbers = filled.filter((cell) => !Number.isNaN(cellNumber(cell, decimal))).length
  if (numbers < 2) return Math.min(Math.max(filled.length - 1, 0), 9) * 1e-6
  return numbers === filled.length ? 1 : 0.1
}
