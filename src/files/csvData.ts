/**
 * Data points from CSV and to it. Whatever comes in, the answer is points that the settings take, and
 * a list of what could not be taken. Nothing throws.
 */
import { dsvFormat } from 'd3-dsv'
import { formatCount } from '../display/numbers'
import type { Sample } from '../model/objective'
import { show } from '../settings/kinds'
import { coordinateBound, mostSamples } from '../settings/settings'
import { cellNumber, type Delimiter, type Form, formOf } from './csvForm'
import { decodeText } from './decodeText'

export interface Problem {
  /** Counted from 1, the header and blank rows with them; null where it is not about one row. */
  row: number | null
  /** Counted from 1; null where it is about the row. */
  column: number | null
  /** A sentence that says what was found there. */
  reason: string
}

export interface PointsRead {
  /** At most 1,024, each within the bounds of the setting. */
  points: Sample[]
  /** Empty where all that was there has been taken. */
  problems: Problem[]
  delimiter: Delimiter
  decimal: Form['decimal']
  hasHeader: boolean
}

/** Bytes of the largest file that is read. */
export const mostBytes = 64 * 2 ** 20

/** A row of two numbers is never as long; one that is would be cut into millions of cells. */
const longestLine = 10_000

/** Nobody reads more. */
const mostProblems = 200

/** "x,y" and a line for each point, numbers in the shortest form that gives the same number again. */
export function writePoints(points: readonly Sample[], delimiter: Delimiter = ','): string {
  const rows = points.map((point) => point.map(String))
  return `${dsvFormat(delimiter).formatRows([['x', 'y'], ...rows])}\n`
}

/**
 * Points from CSV: comma, semicolon or tab; with a header or none; with decimal points or commas.
 * Of more than two columns those with the names x and y are taken, or else the first two. Lines that
 * begin with # are comments.
 */
export function readPoints(source: Uint8Array | string): PointsRead {
  if (source.length > mostBytes) {
    return refused(`It is larger than ${mostBytes / 2 ** 20} MiB, which is the most that is read.`)
  }
  const { text, problem } =
    typeof source === 'string'
      ? { text: source.replace(/^\ufeff/, ''), problem: null }
      : decodeText(source)
  const obstacle = obstacleIn(text)
  if (obstacle !== null) return refused(obstacle)
  const table = text.replace(/^[ \t]*#.*$/gm, '')
  const read = new Reader(formOf(table)).read(table)
  if (problem !== null) read.problems.unshift({ row: null, column: null, reason: problem })
  return read
}

function refused(reason: string): PointsRead {
  const problems = [{ row: null, column: null, reason }]
  return { points: [], problems, delimiter: ',', decimal: '.', hasHeader: false }
}

/** Why a text is no table at all, if so. */
function obstacleIn(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that tell a binary file
  const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/.exec(text)
  if (control) {
    const code = control[0].charCodeAt(0)
    return `It is no text: character ${control.index + 1} has the code ${code}. Save the table as CSV.`
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

class Reader {
  private readonly points: Sample[] = []
  private readonly problems: Problem[] = []
  private hasHeader = false
  /** Where x and y stand; null before the first row. */
  private columns: readonly [x: number, y: number] | null = null
  private width = 2
  private badRows = 0
  private rowsLeftOut = 0

  constructor(private readonly form: Form) {}

  read(text: string): PointsRead {
    const { delimiter, decimal } = this.form
    dsvFormat(delimiter).parseRows(text, (cells, index) => {
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
      const reason = `From here on rows are left out: there may be ${formatCount(mostSamples)} points.`
      this.problems.push({ row, column: null, reason })
    }
  }

  /** The first row says which columns there are. */
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
    if (points.length === 0) note('There is no row of two numbers.')
  }
}

function complaintAbout(cell: string, decimal: Form['decimal']): string | null {
  const value = cellNumber(cell, decimal)
  if (Math.abs(value) <= coordinateBound) return null
  const found = cell.trim()
  if (found === '') return 'Nothing is here; a number is wanted.'
  if (!Number.isNaN(value)) {
    return `${show(found)} is outside of ${-coordinateBound} to ${coordinateBound}.`
  }
  const other = decimal === '.' ? ',' : '.'
  return Number.isNaN(cellNumber(cell, other))
    ? `${show(found)} is no number.`
    : `${show(found)} is no number: here the decimal sign is "${decimal}".`
}

/** What one cell says, with either decimal sign; a sentence where it is no coordinate. */
export function readCoordinate(cell: string): number | string {
  const decimal = Number.isNaN(cellNumber(cell, '.')) ? ',' : '.'
  const value = cellNumber(cell, decimal)
  return complaintAbout(cell, Number.isNaN(value) ? '.' : decimal) ?? value
}

/** Words that stand for a missing number, and so are no names of columns. */
const noNames = /^(nan|na|n\/a|null|none|[+-]?inf(inity)?)$/i

/** A row without numbers that has a name in it; what a spreadsheet would compute is none. */
function isHeader(cells: readonly string[], decimal: Form['decimal']): boolean {
  const texts = cells.map((cell) => cell.trim())
  return (
    texts.every((text) => Number.isNaN(cellNumber(text, decimal))) &&
    texts.some((text) => /^[^=@+-]*\p{L}/u.test(text) && !noNames.test(text))
  )
}
