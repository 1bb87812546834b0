import { expect, test } from 'vitest'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import type { Range } from '../../src/model/starts'
import {
  createStationaryTable,
  type StationaryRow,
  stationaryTable,
} from '../../src/page/stationaryTable'
import { defaults } from '../../src/settings/settings'
import { mount } from '../setup/mount'

const minimum: StationaryRow = {
  name: '1',
  w: 0.57046,
  b: -0.23352,
  loss: 0.024436,
  eigenvalues: [0.078572, 0.111183],
  isMinimum: true,
  largestRate: 17.98836,
  arrow: '',
}
const saddle: StationaryRow = {
  ...minimum,
  name: 'S1',
  eigenvalues: [-0.017226, 0.071024],
  isMinimum: false,
  largestRate: null,
  arrow: '↗',
}

function shown(rows: readonly StationaryRow[], sentence = '', stale = false) {
  const container = mount(240, 300)
  const pressed: string[] = []
  createStationaryTable(container, () => pressed.push('fit')).show({ rows, sentence, stale })
  container.querySelector('details')?.setAttribute('open', '')
  const texts = [...container.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  return {
    container,
    pressed,
    texts,
    text: (selector: string) => container.querySelector(selector)?.textContent,
  }
}

test('a row for each point: place, loss, largest rate, eigenvalues', () => {
  const { texts, text, container } = shown([minimum, saddle])
  expect(text('summary')).toBe('1 minimum, 1 saddle')
  expect(texts).toEqual([
    ['1', '0.57', '−0.234', '0.0244', '18', '0.079', '0.11'],
    ['S1 ↗', '0.57', '−0.234', '0.0244', '–', '−0.017', '0.071'],
  ])
  expect([...container.querySelectorAll('thead th')]).toHaveLength(7)
})

test('a sentence says which points lie in the view', () => {
  const { samples, loss, steps, outcomes: thresholds } = defaults
  const objective = { kind: 'neuron', samples, loss } as const
  const job = { objective, runner: defaults.runners[0], steps, thresholds }
  const sentence = (w: Range) =>
    stationaryTable(findStationaryPoints(objective), job, { w, b: [-8, 8] }, false).sentence
  expect(sentence([-6, 10])).toBe('All lie in the view, w −6 to 10 and b −8 to 8.')
  expect(sentence([1, 10])).toBe('In the view, w 1 to 10 and b −8 to 8: 2, S1. Outside: 1.')
  expect(sentence([20, 30])).toBe('None lies in the view, w 20 to 30 and b −8 to 8.')
})

test('without points the sentence says what there is', () => {
  const { container, text } = shown([], 'The loss falls for ever.')
  expect(text('summary')).toBe('no minima, no saddles')
  expect(text('p')).toBe('The loss falls for ever.')
  expect(container.querySelector('table')?.checkVisibility()).toBe(false)
})

test('the view can be fitted', () => {
  const { container, pressed } = shown([minimum])
  container.querySelector('button')?.click()
  expect(pressed).toEqual(['fit'])
})

test('stale rows are dimmed, and wide ones scroll inside', () => {
  const { container } = shown([minimum, saddle], '', true)
  expect(container.classList.contains('stale')).toBe(true)
  container.className = 'stationary-section stale'
  expect(Number(getComputedStyle(container).opacity)).toBeLessThan(1)
  expect(container.scrollWidth).toBeLessThanOrEqual(container.clientWidth)
})
