import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  defaultsFor,
  machines,
  readAddress,
  withDefaultsFor,
  writeAddress,
} from '../../src/settings/address'
import { changeSettings } from '../../src/settings/change'
import { defaults, pointsInAddress, type Settings } from '../../src/settings/settings'
import { anySettings } from './settingsValues'

function readWithout(query: string) {
  const { settings, complaints } = readAddress(query)
  return { settings, complaints }
}

test('any settings come back from their address, exactly', () => {
  fc.assert(
    fc.property(anySettings, (wanted) => {
      expect(readWithout(writeAddress(wanted))).toEqual({ settings: wanted, complaints: [] })
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('the defaults have an empty address', () => {
  expect(writeAddress(defaults)).toBe('')
  expect(readWithout('')).toEqual({ settings: defaults, complaints: [] })
})

test('an address is short and readable', () => {
  const { settings: changed } = changeSettings(defaults, {
    samples: [
      [0.5, 0.2],
      [2.5, 0.9],
    ],
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: 1 }],
    view: { w: [-4, 8] },
  })
  expect(writeAddress(changed)).toBe('?v=1&data=0.5,0.2;2.5,0.9&run=gradientDescent:1&w=-4..8')
})

test('runners stand in an address as they are read, escapes and all', () => {
  const text =
    'gradientDescent:10;adam:0.1:beta1=0.8:schedule=exponential:decay=0.95;newton:1:hidden'
  const { settings: read, complaints } = readAddress(`?v=1&run=${text}`)
  expect(complaints).toEqual([])
  expect(writeAddress(read)).toBe(`?v=1&run=${text}`)
  expect(read.runners.map(({ rule }) => rule.name)).toEqual(['gradientDescent', 'adam', 'newton'])
  expect(readWithout('?v=1&run=gradientDescent:10')).toEqual({ settings: defaults, complaints: [] })
})

const links = {
  processor: { open: '?v=1&loss=half&side=16&grid=256', asked: '?v=1&loss=half&side=32&grid=512' },
  software: { open: '?v=1&loss=half', asked: '?v=1&loss=half' },
  gpu: { open: '?v=1&loss=half&side=128', asked: '?v=1&loss=half&side=32' },
}

test.each(machines)(
  'what an address leaves open fits the machine, and a link says it: %s',
  (machine) => {
    const link = (settings: Settings) => writeAddress(settings, defaultsFor(machine))
    const open = withDefaultsFor(machine, readAddress('?v=1&loss=half'))
    expect(open).toEqual({ ...defaultsFor(machine), loss: 'half' })
    expect(link(open)).toBe(links[machine].open)
    const asked = withDefaultsFor(machine, readAddress('?v=1&side=32&grid=512&loss=half'))
    expect(asked).toEqual({ ...defaults, loss: 'half' })
    expect(link(asked)).toBe(links[machine].asked)
  },
)

test('a batch may have all points of its address, wherever they stand in it', () => {
  const points = '0,1;1,0;2,1;3,0;4,1;5,0'
  const { settings: read, complaints } = readAddress(`?run=miniBatch:2:batchSize=6&data=${points}`)
  expect(complaints).toEqual([])
  expect(read.runners[0].rule).toMatchObject({ batchSize: 6 })
  const { settings: fewer } = readAddress('?run=miniBatch:2:batchSize=6')
  expect(fewer).toEqual(defaults)
})

test('more points than an address holds are left out of it, and batches fit those it stands for', () => {
  const many = Array.from({ length: pointsInAddress + 1 }, (_, i): [number, number] => [i, 0.5])
  expect(writeAddress({ ...defaults, samples: many })).toBe('')
  const { settings: changed } = changeSettings(defaults, {
    samples: many,
    runners: [{ rule: { name: 'miniBatch', batchSize: many.length }, learningRate: 2 }],
  })
  expect(writeAddress(changed)).toBe('?v=1&run=miniBatch:2:batchSize=5')
})

test('each bad value falls back to its default and is named; the good ones are taken', () => {
  const { settings: read, complaints } = readAddress(
    '?v=1&steps=NaN&w=5..-5&grid=128&data=1,2;x&colours=red&loop=0&foo=1',
  )
  expect(read).toEqual({ ...defaults, view: { ...defaults.view, resolution: 128 }, loop: false })
  expect(complaints).toHaveLength(5)
  const named = ['steps', 'view.w', 'samples', 'colours', 'foo']
  named.forEach((name, i) => {
    expect(complaints[i]).toContain(name)
  })
})

test('that the page runs as a kiosk or measures is no setting, and no mistake', () => {
  expect(readWithout('?bench&steps=50')).toEqual(readWithout('?steps=50'))
  expect(readWithout('?kiosk=10&steps=50')).toEqual(readWithout('?steps=50'))
  expect([...readAddress('?kiosk=10&steps=50').given]).toEqual([
    ['steps', '50'],
    ['kiosk', '10'],
  ])
})

test('an address of another version says so', () => {
  expect(readAddress('?v=9&steps=5').complaints).toEqual([
    'The address has version 9; this page reads version 1.',
  ])
})

test('no address breaks reading, and what is read can be written and read again', () => {
  const key = fc.constantFrom(
    'v',
    'data',
    'w',
    'run',
    'steps',
    'pan',
    'pair',
    'loop',
    '__proto__',
    'lens',
  )
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1e999', '-0', '..', ';,', '%', '%E0%A4%A'),
    fc
      .array(
        fc.oneof(
          fc.constantFrom('momentum', 'miniBatch', ':', ';', '=', 'gamma', 'batchSize', 'schedule'),
          fc.constantFrom('step', 'every', 'hidden', '1', '0.5', '1e999', '-0', '__proto__'),
        ),
        { maxLength: 20 },
      )
      .map((words) => words.join('')),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(key, hostile)), (pairs) => {
      const { settings: read } = readAddress(`?${pairs.map((pair) => pair.join('=')).join('&')}`)
      expect(readAddress(writeAddress(read)).complaints).toEqual([])
    }),
    { seed: 2, numRuns: 500 },
  )
})

test('parameters that sites append are passed over; misspelt keys are named', () => {
  const appended =
    'fbclid=IwAR0&utm_source=mail&utm_medium=x&gclid=1&msclkid=2&gbraid=3&mc_eid=4&_ga=5&_gl=6&igshid=7&ref=8&mtm_campaign=9&ttclid=a&twclid=b&yclid=c&_hsenc=d&mkt_tok=e&srsltid=f&si=g&__hstc=h&dclid=i&pk_kwd=j'
  const { settings, complaints } = readAddress(`?start=1,1&${appended}`)
  expect(complaints).toEqual([])
  expect(settings.start).toEqual([1, 1])
  const misspelt = ['etaa', 'learningRate', 'strat', 'Lens', 'mapz', 'sides']
  expect(readAddress(`?${misspelt.map((key) => `${key}=1`).join('&')}`).complaints).toHaveLength(6)
})
