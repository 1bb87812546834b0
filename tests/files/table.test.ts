/** Tables as text: every number comes back, and no text is a formula. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Table, tableValue } from '../../src/display/table'
import { describeSettings } from '../../src/files/settingsText'
import { csvCell, csvParts, jsonParts } from '../../src/files/table'
import { textBlob } from '../../src/files/textBlob'
import { noArrival, noMinimum, outcomeCodes } from '../../src/model/outcomes/outcome'
import { defaults } from '../../src/settings/settings'

const description = describeSettings(defaults, { engine: 'CPU, 4 workers', version: '1.2.3' })

const text = (parts: Iterable<string>) => [...parts].join('')

function tableOf(values: readonly (number | string | null)[]): Table {
  return {
    kind: 'paths',
    rows: values.length,
    columns: [
      { name: 'row', at: (row) => row },
      { name: 'value', at: (row) => values[row] },
    ],
  }
}

/** RFC 4180, for what these tests write. */
function parseCsv(source: string): string[][] {
  const rows: string[][] = []
  const cell = /("(?:[^"]|"")*"|[^,\n]*)(,|\n)/gy
  let row: string[] = []
  for (let match = cell.exec(source); match; match = cell.exec(source)) {
    const [, raw, end] = match
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

const body = (csv: string) => csv.slice(csv.indexOf('\nrow,value\n') + 1)

test('numbers come back from CSV as they were, also those that are none', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double(), fc.float())), (values) => {
      const [head, ...rows] = parseCsv(body(text(csvParts(tableOf(values), description))))
      expect(head).toEqual(['row', 'value'])
      expect(rows.map(([, cell]) => Number(cell))).toEqual(values)
    }),
  )
})

test('numbers come back from JSON as they were, also those that are none', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (values) => {
      const { data, kind, steepest } = JSON.parse(text(jsonParts(tableOf(values), description)))
      expect(data.value.map(Number)).toEqual(values)
      expect(data.row).toEqual(values.map((_, i) => i))
      expect({ kind, steepest }).toEqual({ kind: 'paths', steepest: description })
    }),
  )
})

test('texts come back, those that a spreadsheet would compute behind an apostrophe', () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|"/c"!A1']
  const hostile = fc.constantFrom(...formulas, ...formulas.map((formula) => `'${formula}`))
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), hostile)), (values) => {
      const [, ...rows] = parseCsv(body(text(csvParts(tableOf(values), description))))
      rows.forEach(([, cell], i) => {
        const value = values[i] ?? ''
        expect(cell).toBe(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value)
      })
    }),
  )
})

test('a negative number is a number, not a formula', () => {
  expect([-1.5, -0, Number.NEGATIVE_INFINITY, null].map(csvCell)).toEqual([
    '-1.5',
    '-0',
    '-Infinity',
    '',
  ])
})

test('classes stand by name and minima from 1; what is not there is an empty cell', () => {
  expect(tableValue('outcome', outcomeCodes.diverged)).toBe('diverged')
  expect([0, noMinimum].map((value) => tableValue('minimum', value))).toEqual([1, null])
  expect([0, noArrival].map((value) => tableValue('arrivalStep', value))).toEqual([0, null])
  expect(tableValue('finalLoss', -0)).toBe(-0)
})

test('the name of an engine cannot end the comments', () => {
  const evil = { ...description, engine: 'GPU\n=1+1\r\nw,b' }
  const lines = text(csvParts(tableOf([1]), evil)).split('\n')
  expect(lines.slice(0, 6).every((line) => line.startsWith('# '))).toBe(true)
  expect(lines[6]).toBe('row,value')
})

test('a grid has its axes in each row of CSV, and once in JSON', () => {
  const grid: Table = {
    kind: 'grid',
    rows: 6,
    axes: [
      { name: 'w', values: Float32Array.of(0, 1, 2) },
      { name: 'b', values: Float32Array.of(5, 7) },
    ],
    columns: [{ name: 'loss', at: (row) => row / 10 }],
  }
  const lines = text(csvParts(grid, description)).split('\n').slice(6, -1)
  expect(lines).toEqual([
    'w,b,loss',
    '0,5,0',
    '1,5,0.1',
    '2,5,0.2',
    '0,7,0.3',
    '1,7,0.4',
    '2,7,0.5',
  ])
  const { axes, data } = JSON.parse(text(jsonParts(grid, description)))
  expect({ axes, data }).toEqual({
    axes: { w: [0, 1, 2], b: [5, 7] },
    data: { loss: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  })
})

test('an empty table has its head', () => {
  expect(text(csvParts(tableOf([]), description))).toMatch(/\nrow,value\n$/)
  expect(JSON.parse(text(jsonParts(tableOf([]), description))).data).toEqual({ row: [], value: [] })
})

test('a long text lets the page breathe, tells how far it is, and can be cancelled', async () => {
  const slow = function* () {
    for (let i = 0; i < 20; i++) {
      const end = performance.now() + 5
      while (performance.now() < end);
      yield `${i}\n`
    }
  }
  let breaths = 0
  const timer = setInterval(() => breaths++, 1)
  const shares: number[] = []
  const onProgress = (share: number) => shares.push(share)
  const blob = await textBlob(slow(), 'text/csv', 20, { onProgress })
  clearInterval(timer)
  expect(await blob.text()).toBe(Array.from({ length: 20 }, (_, i) => `${i}\n`).join(''))
  expect(blob.type).toBe('text/csv')
  expect(breaths).toBeGreaterThan(3)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  const controller = new AbortController()
  const cancelled = textBlob(slow(), 'text/csv', 20, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('Enough.')),
  })
  await expect(cancelled).rejects.toThrow('Enough.')
})
