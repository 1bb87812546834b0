/** Settings inside a file: written, read back, and never trusted. */
import { expect, test } from 'vitest'
import { describeSettings, descriptionLines, readDescription } from '../../src/files/settingsText'
import { readAddress } from '../../src/settings/address'
import { defaults, type Settings } from '../../src/settings/settings'

const engine = 'CPU, 2 workers'

const changed: Settings = {
  ...defaults,
  samples: Array.from({ length: 100 }, (_, i) => [i / 10, 0.5] as const),
  runners: [{ rule: { name: 'momentum', gamma: 0.5 }, learningRate: 3 }],
  map: { ...defaults.map, columns: [1, 2] },
}

test('settings come back as they were, with more points than an address holds', () => {
  const description = describeSettings(changed, { engine, version: '0.1.0' })
  expect(description).toMatchObject({ v: 1, engine, version: '0.1.0' })
  expect(readAddress(description.address).settings.runners).toEqual(changed.runners)
  const { settings, complaints } = readDescription(JSON.stringify(description))
  expect(settings).toEqual(changed)
  expect(complaints).toEqual([])
})

test('lines in front of a table hold all of it, and stay lines whatever an adapter is called', () => {
  const lines = descriptionLines(
    describeSettings(changed, { engine: 'GPU, a\nb', version: '1.2.3' }),
  )
  expect(lines.slice(0, 3)).toEqual(['# Steepest 1.2.3', '# format: 1', '# engine: GPU, a b'])
  expect(lines.slice(3).every((line) => !line.includes('\n') && line.startsWith('# '))).toBe(true)
  const settings = JSON.parse(lines[4].slice('# settings: '.length))
  expect(readDescription(JSON.stringify({ v: 1, settings })).settings).toEqual(changed)
})

test('without settings the address is read', () => {
  const { settings } = readDescription('{"v":1,"address":"?v=1&steps=7"}')
  expect(settings).toEqual({ ...defaults, steps: 7 })
})

test('each bad value falls back to its default and is complained about', () => {
  const text = '{"v":1,"settings":{"steps":-1,"loss":"half","view":{"w":[3,2]},"hat":1}}'
  const { settings, complaints } = readDescription(text)
  expect(settings).toEqual({ ...defaults, loss: 'half' })
  expect(complaints).toEqual([
    'The setting steps is -1; it must be a whole number from 1 to 100000.',
    expect.stringContaining('The setting view.w is [3, 2]; it must be [min, max]'),
    'There is no setting "hat".',
  ])
})

test('keys of the prototype are refused', () => {
  const text =
    '{"v":1,"settings":{"__proto__":{"steps":9},"constructor":{"prototype":{"x":1}},"view":{"__proto__":{"x":1}}}}'
  const { settings, complaints } = readDescription(text)
  expect(settings).toEqual(defaults)
  expect(complaints).toHaveLength(3)
  expect(({} as Record<string, unknown>).x).toBeUndefined()
  expect(Object.getPrototypeOf(settings)).toBe(Object.prototype)
})

test.each([
  ['no JSON', 'must be JSON'],
  ['[1]', 'must be an object'],
  ['null', 'must be an object'],
  ['{"v":2,"address":""}', 'are version 2; they must be version 1'],
  ['{"__proto__":{"v":1},"address":""}', 'are version undefined'],
  ['{"v":1}', 'neither settings nor an address'],
])('%s is refused', (text, sentence) => {
  expect(() => readDescription(text)).toThrow(sentence)
})
