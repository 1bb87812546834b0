/** Settings inside of files: out and in again, and files that mean no good. */
import fc from 'fast-check'
import { encode } from 'fast-png'
import { expect, test } from 'vitest'
import type { Table } from '../../src/display/table'
import { headBytes, readState } from '../../src/files/fileState'
import { withPngText } from '../../src/files/pngText'
import { describeSettings, descriptionLines, settingsKeyword } from '../../src/files/settingsText'
import { csvParts, jsonParts } from '../../src/files/table'
import { defaults, type Settings } from '../../src/settings/settings'
import { anySettings } from '../settings/settingsValues'

const table: Table = { kind: 'paths', rows: 2, columns: [{ name: 'step', at: (row) => row }] }
const data = new Uint8Array(16)
const png = Uint8Array.from(encode({ width: 2, height: 2, data, channels: 4, depth: 8 }))

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittle)
  return bytes
}

const describe = (settings: Settings) =>
  describeSettings(settings, { engine: 'GPU, a', version: '1' })

const writers = {
  csv: (settings: Settings) => utf8([...csvParts(table, describe(settings))].join('')),
  json: (settings: Settings) => utf8([...jsonParts(table, describe(settings))].join('')),
  png: (settings: Settings) =>
    withPngText(png, {
      Software: 'Steepest 1',
      [settingsKeyword]: JSON.stringify(describe(settings)),
    }),
}

const reads = (bytes: Uint8Array) => readState(bytes, 'file')

test.each(['csv', 'json', 'png'] as const)('any settings come back from %s, exactly', (format) => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const found = reads(writers[format](settings))
      expect(found).toEqual({ settings, version: '1', engine: 'GPU, a' })
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('1,024 points come back, which an address does not hold', () => {
  const samples = Array.from({ length: 1024 }, (_, i): [number, number] => [i / 7, 1 - i / 13])
  const settings = { ...defaults, samples }
  for (const write of Object.values(writers))
    expect(reads(write(settings))).toMatchObject({ settings })
})

test('a table may have been saved again with another encoding, mark or line ends', () => {
  const text = new TextDecoder().decode(writers.csv(defaults))
  const forms = [
    utf8(`\uFEFF${text}`),
    utf16(`\uFEFF${text}`, true),
    utf16(`\uFEFF${text}`, false),
    utf8(text.replaceAll('\n', '\r\n')),
  ]
  for (const bytes of forms) expect(reads(bytes)).toMatchObject({ settings: defaults })
  const json = `\uFEFF${new TextDecoder().decode(writers.json(defaults))}`
  expect(reads(utf16(json, true))).toMatchObject({ settings: defaults })
})

test('JSON that was laid out anew is read, too', () => {
  const text = new TextDecoder().decode(writers.json(defaults))
  const pretty = JSON.stringify(JSON.parse(text), null, 2)
  expect(reads(utf8(pretty))).toMatchObject({ settings: defaults })
})

test('without its line of settings a table has those of its address', () => {
  const lines = descriptionLines(describe({ ...defaults, steps: 77 })).slice(0, 4)
  expect(reads(utf8(lines.join('\n')))).toMatchObject({ settings: { ...defaults, steps: 77 } })
  expect(reads(utf8('# Steepest 1\nw,b\n'))).toEqual({
    problem: 'The file "file" cannot be used. The line "# settings:" is missing.',
  })
  expect(reads(utf8('# Steepest 1\n# address: ?v=1&steps=0\n'))).toEqual({
    problem: expect.stringContaining('must be a whole number from 1 to 100000'),
  })
})

test('the data behind the settings may be cut off or huge', () => {
  const head = new TextDecoder().decode(writers.json(defaults)).slice(0, -20)
  expect(reads(utf8(head))).toMatchObject({ settings: defaults })
  const large = new Uint8Array(8 * 2 ** 20).fill(0x20)
  large.set(writers.csv(defaults))
  expect(reads(large)).toMatchObject({ settings: defaults })
  // A letter of two bytes at the end of what is looked at.
  large.set(utf8('é'), 2 ** 20 - 1)
  expect(reads(large)).toMatchObject({ settings: defaults })
})

test('any other file gives null', () => {
  const others = [
    new Uint8Array(),
    utf8('x,y\n1,2\n'),
    utf8('{"a":1}'),
    utf8('# a table of somebody else\nx,y\n'),
    utf8('{'),
    Uint8Array.of(0xff, 0xfe),
    Uint8Array.of(0xc3, 0x28),
    new Uint8Array(1000),
  ]
  for (const bytes of others) expect(reads(bytes)).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(reads(bytes)).toBeNull()
    }),
  )
})

test('a picture of somebody else is refused with a sentence', () => {
  expect(reads(png)).toEqual({
    problem: 'The file "file" is a picture without Steepest settings; nothing was changed.',
  })
})

test('the first bytes of a file of any size are enough', () => {
  const samples = Array.from({ length: 1024 }, (_, i): [number, number] => [i / 7, 1 - i / 13])
  const settings = { ...defaults, samples }
  const rows = Array(100_000).fill('1,2,3,4').join('\n')
  const large = utf8(new TextDecoder().decode(writers.csv(settings)) + rows.repeat(3))
  expect(large.length).toBeGreaterThan(2 * headBytes)
  expect(reads(large.slice(0, headBytes))).toMatchObject({ settings })
})

test('a table of a later format is refused, one without a format is of the first', () => {
  const text = new TextDecoder().decode(writers.csv(defaults))
  expect(reads(utf8(text.replace('# format: 1\n', '')))).toMatchObject({ settings: defaults })
  expect(reads(utf8(text.replace('# format: 1', '# format: 2')))).toEqual({
    problem:
      'The file "file" cannot be used. The settings in the file are version 2; they must be version 1.',
  })
})

const stamped = (settings: string) =>
  utf8(
    `{"steepest":{"v":1,"version":"1","engine":"x","address":"","settings":${settings}},"kind":"a"}`,
  )

test.each([
  ['a key of the prototype', '{"__proto__":{"steps":5},"steps":7}', '"__proto__"'],
  ['one deeper', '{"view":{"__proto__":{"w":[0,1]}}}', '"view.__proto__"'],
  ['a constructor', '{"constructor":{"prototype":{"steps":5}}}', '"constructor"'],
  [
    'a rule of the prototype',
    '{"runners":[{"rule":{"name":"__proto__"},"learningRate":1}]}',
    'rule',
  ],
  ['a number that is none', '{"steps":"5"}', 'The setting steps is "5"'],
  ['infinity', '{"start":[1e999,0]}', 'The setting start'],
  ['a setting that is not there', '{"stepz":5}', 'There is no setting "stepz".'],
  ['too many points', `{"samples":[${'[0,0],'.repeat(2000)}[0,0]]}`, 'samples'],
  ['settings that are a list', '[1,2]', 'must be an object'],
  ['settings that are null', 'null', 'must be an object'],
  ['nesting without end', '['.repeat(100_000), 'damaged'],
  ['nesting with an end', `{"start":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'damaged'],
  ['half of a string', '{"steps":"', 'damaged'],
  ['more than a MiB', `{"lens":"${'a'.repeat(2 ** 20)}"}`, 'damaged'],
])('%s is refused with a sentence', (_, settings, sentence) => {
  const found = reads(stamped(settings))
  expect(found).toEqual({ problem: expect.stringContaining(sentence) })
  expect(({} as { steps?: number }).steps).toBeUndefined()
  expect((found as { problem: string }).problem.length).toBeLessThan(400)
})

test('a change of one letter is refused or read, and never thrown', () => {
  const bytes = writers.json(defaults)
  fc.assert(
    fc.property(fc.nat(1200), fc.nat(255), (at, value) => {
      const changed = bytes.slice()
      changed[at] = value
      const found = reads(changed)
      if (found && 'settings' in found)
        expect(Object.keys(found.settings)).toEqual(Object.keys(defaults))
    }),
    { numRuns: 500 },
  )
})

/** The cells of a line as a spreadsheet reads them: quotation marks count only at a cell's start. */
function spreadsheetCells(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let rest = line
  for (;;) {
    const [quoted = ''] = /^"(?:[^"]|"")*"/.exec(rest) ?? []
    const end = rest.indexOf(delimiter, quoted.length)
    const tail = rest.slice(quoted.length, end < 0 ? undefined : end)
    cells.push(quoted.slice(1, -1).replaceAll('""', '"') + tail)
    if (end < 0) return cells
    rest = rest.slice(end + 1)
  }
}

/** A table that a spreadsheet has opened with one delimiter and saved with another. */
function resaved(text: string, opened: string, saved: string): string {
  const rows = text.trimEnd().split('\n')
  const cells = rows.map((row) => spreadsheetCells(row, opened))
  const width = Math.max(...cells.map((row) => row.length))
  const written = (cell: string) =>
    cell.includes(saved) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
  const padded = cells.map((row) => Array.from({ length: width }, (_, i) => written(row[i] ?? '')))
  return padded.map((row) => `${row.join(saved)}\r\n`).join('')
}

test.for([
  [',', ','],
  [',', ';'],
  [';', ';'],
  ['\t', ';'],
  [',', '\t'],
])(
  'a table that a spreadsheet opened by %j and saved by %j keeps its settings',
  ([opened, saved]) => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const text = new TextDecoder().decode(writers.csv(settings))
        expect(reads(utf8(resaved(text, opened, saved)))).toMatchObject({ settings, version: '1' })
      }),
      { numRuns: 60 },
    )
  },
)

test('lines that were padded with commas are read without them', () => {
  const text = '# Steepest 0.1.0,,,\n# address: ?v=1&start=-3,5,,,\nw,b,loss,x\n0,0,1,\n'
  expect(reads(utf8(text))).toMatchObject({ settings: { ...defaults, start: [-3, 5] } })
})

test('settings that another program has damaged are refused with its deed, not with a parser’s words', () => {
  const text = new TextDecoder().decode(writers.csv(defaults))
  const damaged = text.replace(/^(# settings: .*)\}$/m, '$1')
  const found = reads(utf8(damaged))
  expect(found).toEqual({
    problem: expect.stringMatching(/Another program.*as Steepest saved it\.$/),
  })
})

test('JSON whose keys were sorted is read', () => {
  const { steepest, ...rest } = JSON.parse(new TextDecoder().decode(writers.json(defaults)))
  const sorted = JSON.stringify({ ...rest, steepest, zoom: 1 }, null, 2)
  expect(reads(utf8(sorted))).toMatchObject({ settings: defaults, engine: 'GPU, a' })
  expect(reads(utf8(`\uFEFF${sorted}`))).toMatchObject({ settings: defaults })
})
