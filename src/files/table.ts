/** Tables of results as CSV and JSON, in parts, so that no long task stops the page. */
import type { Column, Table } from '../display/table'
import { type Description, descriptionLines } from './settingsText'

/** Rows in one part of a text. */
const rowsInPart = 512

/** RFC 4180 behind comment lines; lines end with LF. */
export function* csvParts(table: Table, description: Description): Generator<string> {
  const columns = [...axisColumns(table), ...table.columns]
  yield [
    ...descriptionLines(description),
    `# table: ${table.kind}`,
    columns.map(({ name }) => csvCell(name)).join(','),
    '',
  ].join('\n')
  for (const [first, last] of parts(table.rows)) {
    let text = ''
    for (let row = first; row < last; row++) {
      text += `${columns.map((column) => csvCell(column.at(row))).join(',')}\n`
    }
    yield text
  }
}

/** { steepest: description, kind, axes?, data: { column: [...] } }; the description comes first. */
export function* jsonParts(table: Table, description: Description): Generator<string> {
  const head = JSON.stringify({ steepest: description, kind: table.kind }).slice(0, -1)
  yield table.axes ? `${head},\n"axes":{` : head
  if (table.axes) {
    for (const [i, { name, values }] of table.axes.entries()) {
      yield `${i === 0 ? '' : ','}\n${JSON.stringify(name)}:`
      yield* jsonList(values.length, (row) => values[row])
    }
    yield '}'
  }
  yield ',\n"data":{'
  for (const [i, { name, at }] of table.columns.entries()) {
    yield `${i === 0 ? '' : ','}\n${JSON.stringify(name)}:`
    yield* jsonList(table.rows, at)
  }
  yield '}}\n'
}

function* jsonList(length: number, at: Column['at']): Generator<string> {
  yield '['
  for (const [first, last] of parts(length)) {
    let text = ''
    for (let row = first; row < last; row++) text += `${row === 0 ? '' : ','}${jsonValue(at(row))}`
    yield text
  }
  yield ']'
}

/** Rough number of pieces of text that a table is made of. */
export function partCount({ rows, columns }: Table, format: 'csv' | 'json'): number {
  return Math.ceil(rows / rowsInPart) * (format === 'csv' ? 1 : columns.length)
}

function* parts(rows: number): Generator<[first: number, last: number]> {
  for (let first = 0; first < rows; first += rowsInPart) {
    yield [first, Math.min(rows, first + rowsInPart)]
  }
}

function axisColumns({ axes }: Table): Column[] {
  if (!axes) return []
  const across = axes[0].values.length
  return axes.map(({ name, values }, k) => ({
    name,
    at: (row) => values[k === 0 ? row % across : Math.floor(row / across)],
  }))
}

/** Numbers as the shortest text that reads back as the same number. */
export function csvCell(value: number | string | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  // A spreadsheet would evaluate a text that begins this way.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** JSON has no infinity, so it becomes a text, which Number() reads. */
export function jsonValue(value: number | string | null): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
