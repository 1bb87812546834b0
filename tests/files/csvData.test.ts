import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostBytes, readPoints, writePoints } from '../../src/files/csvData'
import type { Sample } from '../../src/model/objective'
import { coordinateBound } from '../../src/settings/settings'

const coordinate = fc
  .double({ min: -coordinateBound, max: coordinateBound, noNaN: true })
  .map((value) => value + 0)
const samples = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 })

const utf8 = (text: string) => new TextEncoder().encode(text)

/** A text in one of the encodings, with its byte-order mark. */
function encoded(text: string, encoding: string): Uint8Array | string {
  if (encoding === 'text') return text
  if (encoding === 'utf-8') return utf8(text)
  if (encoding === 'utf-8 with mark') return utf8(`\ufeff${text}`)
  const bytes = new Uint8Array(2 * text.length + 2)
  const view = new DataView(bytes.buffer)
  for (const [index, unit] of [...`\ufeff${text}`].entries()) {
    view.setUint16(2 * index, unit.charCodeAt(0), encoding === 'utf-16le')
  }
  return bytes
}

const problemTexts = (source: string) =>
  readPoints(source).problems.map(({ row, column, reason }) => `${row}:${column} ${reason}`)

test('written numbers are read back, one by one', () => {
  fc.assert(
    fc.property(
      samples,
      fc.constantFrom(',' as const, ';' as const, '\t' as const),
      (points, d) => {
        const text = writePoints(points, d)
        expect(readPoints(text)).toEqual({
          points,
          problems: [],
          delimiter: d,
          decimal: '.',
          hasHeader: true,
        })
        expect(writePoints(readPoints(text).points, d)).toBe(text)
      },
    ),
  )
})

test('numbers are written in their shortest form, and nothing a spreadsheet would compute', () => {
  expect(
    writePoints([
      [0.1, -3],
      [1e-7, 1e6],
    ]),
  ).toBe('x,y\n0.1,-3\n1e-7,1000000\n')
  fc.assert(
    fc.property(samples, (points) => {
      const cells = writePoints(points).trimEnd().split('\n').slice(1).join(',').split(',')
      for (const cell of cells) expect(cell).toMatch(/^-?\d+(\.\d+)?(e-?\d+)?$/)
    }),
  )
})

test('all forms: delimiter, decimal sign, header, quotes, line ends, encoding', () => {
  const form = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    decimal: fc.constantFrom('.', ','),
    header: fc.constantFrom('', 'x', 'X ', 'name'),
    quoted: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    lastEnd: fc.boolean(),
    blank: fc.boolean(),
    encoding: fc.constantFrom('text', 'utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be'),
  })
  fc.assert(
    fc.property(samples, form, (points, f) => {
      const quoted = f.quoted || (f.delimiter === ',' && f.decimal === ',')
      const cell = (text: string) => (quoted ? `"${text}"` : text)
      const rows = points.map((point) =>
        point.map((value) => cell(String(value).replace('.', f.decimal))).join(f.delimiter),
      )
      if (f.header) rows.unshift([f.header, 'y'].map(cell).join(f.delimiter))
      if (f.blank) rows.splice(1, 0, '', f.delimiter)
      const text = rows.join(f.lineEnd) + (f.lastEnd ? f.lineEnd : '')
      const read = readPoints(encoded(text, f.encoding))
      expect(read.points).toEqual(points)
      expect(read.problems).toEqual([])
      expect(read.hasHeader).toBe(f.header !== '')
      expect(read.delimiter).toBe(f.delimiter)
    }),
    { numRuns: 300 },
  )
})

test.for<[text: string, points: Sample[], delimiter: string]>([
  ['1,5;2,5', [[1.5, 2.5]], ';'],
  ['1.5,2.5', [[1.5, 2.5]], ','],
  ['1,5\t2', [[1.5, 2]], '\t'],
  ['1;2', [[1, 2]], ';'],
  ['"1,5","2,5"', [[1.5, 2.5]], ','],
  ['+1, \u22122e-1 ', [[1, -0.2]], ','],
  ['id;y;x\na;0,5;3', [[3, 0.5]], ';'],
  ['# made by hand, "as it were\n1,2\n', [[1, 2]], ','],
  ['#no-comma-here\n1,2\n', [[1, 2]], ','],
  ['sep=;\nid;x;y\n1;1;0,5', [[1, 0.5]], ';'],
  ['\ufeffsep=,\r\n1.5,2\r\n', [[1.5, 2]], ','],
  ['"SEP=|"\nx|y\n1|0,5', [[1, 0.5]], '|'],
  ['sep=\t\n1\t0,5', [[1, 0.5]], '\t'],
  ['sep=^\n1^0.5', [[1, 0.5]], '^'],
  [
    'x|y\n1.5|0.5\n2|1',
    [
      [1.5, 0.5],
      [2, 1],
    ],
    '|',
  ],
  ['| x | y |\n|---|:--:|\n| 1,5 | 0,5 |', [[1.5, 0.5]], '|'],
  [
    'x y\n1.5 0.5\n  2   1  \n',
    [
      [1.5, 0.5],
      [2, 1],
    ],
    ' ',
  ],
  [
    '1,5 0,5\n2,5 1',
    [
      [1.5, 0.5],
      [2.5, 1],
    ],
    ' ',
  ],
  [
    '1.5, 0.5\n2, 1',
    [
      [1.5, 0.5],
      [2, 1],
    ],
    ',',
  ],
])('%j', ([text, points, delimiter]) => {
  const read = readPoints(text)
  expect(read.points).toEqual(points)
  expect(read.problems).toEqual([])
  expect(read.delimiter).toBe(delimiter)
})

test('bad rows are named with row, column and reason; the good ones are taken', () => {
  const text = 'x;y\n1;0,5\n2;abc\n\n3\n;\n4;1;7\n=1+2;0\n1e7;0\n0.5;1\n5;1,0\n'
  expect(readPoints(text).points).toEqual([
    [1, 0.5],
    [5, 1],
  ])
  expect(problemTexts(text)).toEqual([
    '3:2 "abc" is not a number.',
    '5:2 The cell is empty; it must be a number.',
    '7:3 There are 3 cells; 2 were expected.',
    '8:1 "=1+2" is not a number.',
    '9:1 "1e7" is outside the range -1000000 to 1000000.',
    '10:1 "0.5" is not a number: the decimal sign here is ",".',
  ])
})

test('rows that spreadsheets leave without a number are listed, wherever they stand', () => {
  const text = '#DIV/0!,0.5\n1,0.5\n#N/A,0.2\n#VALUE!,1\n12 kg,3 m\nTRUE,FALSE\n#REF!,#REF!\n2,1\n'
  expect(readPoints(text).points).toEqual([
    [1, 0.5],
    [2, 1],
  ])
  expect(problemTexts(text)).toEqual([
    '1:1 "#DIV/0!" is not a number.',
    '3:1 "#N/A" is not a number.',
    '4:1 "#VALUE!" is not a number.',
    '5:1 "12 kg" is not a number.',
    '5:2 "3 m" is not a number.',
    '6:1 "TRUE" is not a number.',
    '6:2 "FALSE" is not a number.',
    '7:1 "#REF!" is not a number.',
    '7:2 "#REF!" is not a number.',
  ])
  for (const rows of ['#N/A,#N/A\n1,2', '12 kg;3 m\n1;2', 'TRUE,FALSE\n1,2', '#WERT!;#NV\n1;2']) {
    expect(readPoints(rows).points, rows).toEqual([[1, 2]])
    expect(problemTexts(rows), rows).toHaveLength(2)
  }
  expect(problemTexts('#N/A #N/A\n1 2')).toHaveLength(2)
})

test('more columns than two are a thing to say', () => {
  expect(problemTexts('1,5,2,5\n2,5,3,5')).toEqual([
    '1:null There are 4 columns; the first two are taken as x and y.',
  ])
})

test.for<[name: string, source: string | Uint8Array, reason: RegExp]>([
  ['nothing', '', /No row has two numbers/],
  ['blank lines', '\n\r\n  \n', /No row has two numbers/],
  ['only a header', 'x,y\n', /No row has two numbers/],
  ['a mark alone', new Uint8Array([0xef, 0xbb, 0xbf]), /No row has two numbers/],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /not text/],
  ['UTF-16 without a mark', new Uint8Array([0x31, 0, 0x2c, 0, 0x32, 0]), /not text/],
  ['UTF-32 with one', new Uint8Array([0xff, 0xfe, 0, 0, 0x31, 0, 0, 0]), /not text/],
  ['no numbers', 'NaN,Infinity\n0x10,1_000\n', /not a number/],
  ['formulas alone', '=cmd|"/c calc"!A1,@SUM(1)\n', /not a number/],
  ['a long line', ','.repeat(20_000), /longer than 10,000/],
  ['too many bytes', new Uint8Array(mostBytes + 1), /larger than 64 MiB/],
])('%s gives no point and a reason', ([, source, reason]) => {
  const { points, problems } = readPoints(source)
  expect(points).toEqual([])
  expect(problems.some((problem) => reason.test(problem.reason))).toBe(true)
})

test('a wrong encoding is said, and what is numbers is read', () => {
  // "Größe;y" and "1,5;2" as Windows-1252.
  const bytes = Uint8Array.from('Gr\u00f6\u00dfe;y\n1,5;2\n', (letter) => letter.charCodeAt(0))
  const { points, problems } = readPoints(bytes)
  expect(points).toEqual([[1.5, 2]])
  expect(problems.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('Some bytes are not UTF-8'),
  ])
})

test('only the first 1,024 good rows are taken', () => {
  const text = Array.from({ length: 3000 }, (_, i) => `${i},0.5`).join('\n')
  const { points } = readPoints(text)
  expect(points).toHaveLength(1024)
  expect(points.at(-1)).toEqual([1023, 0.5])
  expect(problemTexts(text)).toEqual([
    '1025:null Rows from here on are left out: 1,024 points is the limit.',
    'null:null 1,976 good rows are left out.',
  ])
})

test('only the first of very many bad rows are listed', () => {
  const { problems } = readPoints(`1,2\n${'a,b\n'.repeat(100_000)}`)
  expect(problems.length).toBeLessThan(210)
  expect(problems.at(-1)!.reason).toBe('100,000 rows are bad; the list ends here.')
})

test('the largest file is read', () => {
  const line = '0.123456789,0.5\n'
  const text = line.repeat(mostBytes / line.length)
  // A second or two; a mistake in growth takes hours, which the limit of the suite ends.
  const { points } = readPoints(utf8(text))
  expect(points).toHaveLength(1024)
})

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.double().map(String),
  fc.constantFrom(
    '=1+1',
    '"',
    '""',
    '\ufeff',
    '\0',
    '1,5',
    '-',
    '+',
    '1e999',
    '-0',
    ' ',
    '\u202e1',
  ),
)
const table = fc
  .array(fc.array(cell, { maxLength: 4 }), { maxLength: 30 })
  .chain((rows) =>
    fc
      .constantFrom(',', ';', '\t')
      .map((delimiter) => rows.map((cells) => cells.join(delimiter)).join('\n')),
  )

test('nothing from outside throws, and what comes back is acceptable', () => {
  fc.assert(
    fc.property(fc.oneof(table, fc.string(), fc.uint8Array({ maxLength: 400 })), (source) => {
      const { points, problems } = readPoints(source)
      expect(points.length).toBeLessThanOrEqual(1024)
      for (const value of points.flat()) {
        expect(Math.abs(value)).toBeLessThanOrEqual(coordinateBound)
        expect(Object.is(value, -0)).toBe(false)
      }
      if (points.length === 0) expect(problems).not.toEqual([])
      for (const { row, column, reason } of problems) {
        expect(row === null || row >= 1).toBe(true)
        expect(column === null || (row !== null && column >= 1)).toBe(true)
        expect(reason.length).toBeLessThan(200)
      }
    }),
    { numRuns: 1000 },
  )
})
