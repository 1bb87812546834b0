/**
 * Reads data points from CSV and writes them. Any input gives points that the settings accept, and
 * a list of what was rejected. Nothing throws.
 */
import { dsvFormat } from 'd3-dsv'
import { formatCount } from '../display/numbers'
import type { Sample } from '../model/objective'
import { mostSamples, show } from '../settings/kinds'
import { coordinateBound } from '../settings/settings'
import { cellNumber, type Delimiter, type Form, formOf, plainLines } from './csvForm'
import { decodeText } from './decodeText'

export interface Problem {
  /** Counted from 1, including the header and blank rows; null if it is not about one row. */
  row: number | null
  /** Counted from 1; null if it is about the whole row. */
  column: number | null
  /** A sentence that says what was found there. */
  reason: string
}

export interface PointsRead {
  /** At most 1,024, each within the bounds of the setting. */
  points: Sample[]
  /** Empty if everything was accepted. */
  problems: Problem[]
  delimiter: Delimiter
  decimal: Form['decimal']
  hasHeader: boolean
}

/** Largest file to read, in bytes. */
export const mostBytes = 64 * 2 ** 20

/** No row of two numbers is this long; one that is would be cut into millions of cells. */
const longestLine = 10_000

/** A spreadsheet's #N/A or #DIV/0! at the start of a row is no comment. */
const comment = /^[ \t]*#(?![\p{L}\d/]+[!?]|N\/A|NV\b)(?:[ \t].*|[^,;\t|\r\n]*)$/gmu

/** Nobody reads more. */
const mostProblems = 200

/** "x,y" and a line for each point, numbers in the shortest form that gives the same number again. */
export function writePoints(points: readonly Sample[], delimiter: Delimiter = ','): string {
  const rows = points.map((point) => point.map(String))
  return `${dsvFormat(delimiter).formatRows([['x', 'y'], ...rows])}\n`
}

/**
 * Points from CSV: comma, semicolon, tab, pipe or blanks; with or without a header; with decimal
 * points or commas. If there are more than two columns, those named x and y are used, or else the
 * first two. Lines that begin with # and a blank are comments, as is one with # and no delimiter.
 */
export function readPoints(source: Uint8Array | string): PointsRead {
  if (source.length > mostBytes) {
    return refused(`It is larger than ${mostBytes / 2 ** 20} MiB, the largest size that is read.`)
  }
  const { text, problem } =
    typeof source === 'string'
      ? { text: source.replace(/^\ufeff/, ''), problem: null }
      : decodeText(source)
  const obstacle = obstacleIn(text)
  if (obstacle !== null) return refused(obstacle)
  const { table, delimiter } = withoutSeparatorLine(text.replace(comment, ''))
  const read = new Reader(formOf(table, delimiter)).read(table)
  if (problem !== null) read.problems.unshift({ row: null, column: null, reason: problem })
  return read
}

function refused(reason: string): PointsRead {
  const problems = [{ row: null, column: null, reason }]
  return { points: [], problems, delimiter: ',', decimal: '.', hasHeader: false }
}

/** The reason why a text is not a table at all, if any. */
function obstacleIn(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that tell a binary file
  const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/.exec(text)
  if (control) {
    const code = control[0].charCodeAt(0)
    return `It is not text: character ${control.index + 1} has the code ${code}. Save the table as CSV.`
  }
  const row = longRow(text)
  if (row === null) return null
  return `Line ${row} is longer than ${formatCount(longestLine)} characters; a row has two numbers.`
}

function longRow(text: string): number | null {
  let row = 1
  for (let i = 0, start = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) row++
    if (code === 10 || code === 13) start = i + 1
    else if (i - start >= longestLine) return row
  }
  return null
}

/** Spreadsheets write `sep=;` into the first line, to tell each other the delimiter. */
function withoutSeparatorLine(text: string): { table: string; delimiter?: Delimiter } {
  const line = /^\s*"?sep=([^\r\n])"?[ \t]*(?=[\r\n]|$)/i.exec(text)
  if (!line) return { table: text }
  return { table: line[0].replace(/[^\r\n]/g, '') + text.slice(line[0].length), delimiter: line[1] }
}

class Reader {
  private readonly points: Sample[] = []
  private readonly problems: Problem[] = []
  private hasHeader = false
  /** Columns of x and y; null before the first row. */
  private columns: readonly [x: number, y: number] | null = null
  private width = 2
  private badRows = 0
  private rowsLeftOut = 0

  constructor(private readonly form: Form) {}

  read(text: string): PointsRead {
    const { delimiter, decimal } = this.form
    dsvFormat(delimiter).parseRows(plainLines(text, delimiter), (cells, index) => {
      while (cells.length > 0 && cells[cells.length - 1].trim() === '') cells.pop()
      if (cells.length > 0) this.take(cells, index + 1)
      return null
    })
    this.conclude()
    const { points, problems, hasHeader } = this
    return { points, problems, delimiter, decimal, hasHeader }
  }

  private take(cells: readonly string[], row: number): void {
    if (!this.columns) {
      this.hasHeader = isHeader(cells, this.form.decimal)
      this.begin(cells, row)
      if (this.hasHeader) return
    }
    const problems = this.problemsOf(cells, row)
    if (problems.length > 0) {
      this.badRows++
      if (this.problems.length < mostProblems) this.problems.push(...problems)
    } else if (this.points.length < mostSamples) {
      const [x, y] = this.columns!.map((column) => cellNumber(cells[column], this.form.decimal))
      this.points.push([x, y])
    } else if (this.rowsLeftOut++ === 0) {
      const reason = `Rows from here on are left out: ${formatCount(mostSamples)} points is the limit.`
      this.problems.push({ row, column: null, reason })
    }
  }

  /** Takes the columns from the first row. */
  private begin(cells: readonly string[], row: number): void {
    this.width = Math.max(2, cells.length)
    const names = this.hasHeader ? cells.map((cell) => cell.trim().toLowerCase()) : []
    const [x, y] = [names.indexOf('x'), names.indexOf('y')]
    const isNamed = x >= 0 && y >= 0
    this.columns = isNamed ? [x, y] : [0, 1]
    if (isNamed || cells.length <= 2) return
    const reason = `There are ${cells.length} columns; the first two are taken as x and y.`
    this.problems.push({ row, column: null, reason })
  }

  private problemsOf(cells: readonly string[], row: number): Problem[] {
    if (cells.length > this.width) {
      const reason = `There are ${cells.length} cells; ${this.width} were expected.`
      return [{ row, column: this.width + 1, reason }]
    }
    return this.columns!.flatMap((column) => {
      const reason = complaintAbout(cells[column] ?? '', this.form.decimal)
      return reason === null ? [] : [{ row, column: column + 1, reason }]
    })
  }

  private conclude(): void {
    const { problems, points, badRows } = this
    const note = (reason: string) => problems.push({ row: null, column: null, reason })
    if (problems.length >= mostProblems) {
      note(`${formatCount(badRows)} rows are bad; the list ends here.`)
    }
    if (this.rowsLeftOut > 0) {
      note(`${formatCount(this.rowsLeftOut)} good rows are left out.`)
    }
    if (points.length === 0) note('No row has two numbers.')
  }
}

function complaintAbout(cell: string, decimal: Form['decimal']): string | null {
  const value = cellNumber(cell, decimal)
  if (Math.abs(value) <= coordinateBound) return null
  const found = cell.trim()
  if (found === '') return 'The cell is empty; it must be a number.'
  if (!Number.isNaN(value)) {
    return `${show(found)} is outside the range ${-coordinateBound} to ${coordinateBound}.`
  }
  const other = decimal === '.' ? ',' : '.'
  return Number.isNaN(cellNumber(cell, other))
    ? `${show(found)} is not a number.`
    : `${show(found)} is not a number: the decimal sign here is "${decimal}".`
}

/** The number in one cell, with either decimal sign; a sentence if it is not a coordinate. */
export function readCoordinate(cell: string): number | string {
  const decimal = Number.isNaN(cellNumber(cell, '.')) ? ',' : '.'
  const value = cellNumber(cell, decimal)
  return complaintAbout(cell, Number.isNaN(value) ? '.' : decimal) ?? value
}

/** Words for a value or a missing one, which are therefore not names of columns. */
const noNames = /^(nan|na|n\/a|null|none|true|false|[+-]?inf(inity)?)$/i

/**
 * Whether a row has a name and no numbers. A formula, an error of a spreadsheet and a value with a
 * unit, such as "5 kg", are not names.
 */
function isHeader(cells: readonly string[], decimal: Form['decimal']): boolean {
  const texts = cells.map((cell) => cell.trim())
  return (
    texts.every((text) => Number.isNaN(cellNumber(text, decimal)) && !/^(\d|#.)/.test(text)) &&
    texts.some((text) => /^[^=@+-]*\p{L}/u.test(text) && !noNames.test(text))
  )
}
