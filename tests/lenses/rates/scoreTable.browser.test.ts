import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createScoreTable, type ScoreRow } from '../../../src/lenses/rates/race/scoreTable'
import { mount } from '../../setup/mount'

const row = (key: number, changes: Partial<ScoreRow> = {}): ScoreRow => ({
  key,
  name: `runner ${key}`,
  colour: '#e69f00',
  shape: 'disc',
  ending: 'minimum 1',
  arrivalStep: 10 * key,
  finalLoss: 0.024436,
  bestLoss: 0.024436,
  pathLength: 8.5,
  rises: 0,
  ...changes,
})

const three = [
  row(1, { arrivalStep: null, ending: 'moving', finalLoss: 0.3 }),
  row(2, { finalLoss: 0.1, rises: 1200 }),
  row(3, { finalLoss: 0.2, pathLength: 1 / 3 }),
]

function shown(rows: readonly ScoreRow[], stale = false) {
  const container = mount(340, 220)
  container.className = 'card score-card'
  const onCopy = vi.fn()
  const table = createScoreTable(container, onCopy)
  table.show({ rows, stale })
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const texts = (column: number) =>
    [...container.querySelectorAll('tbody tr')].map((each) => each.children[column].textContent)
  const sortBy = (column: number) => userEvent.click(find(`[data-column="${column}"]`))
  const sorts = () => [...container.querySelectorAll('th[scope=col]')].map((head) => head.ariaSort)
  return { container, table, onCopy, find, texts, sortBy, sorts }
}

test('a row for each runner, in their order, with formatted numbers', () => {
  const { texts, container } = shown(three)
  expect(texts(0)).toEqual(['runner 1', 'runner 2', 'runner 3'])
  expect(texts(1)).toEqual(['moving', 'minimum 1', 'minimum 1'])
  expect(texts(2)).toEqual(['–', '20', '30'])
  expect(texts(5)).toEqual(['8.5', '8.5', '0.333'])
  expect(texts(6)).toEqual(['0', '1,200', '0'])
  expect(container.querySelectorAll('tbody svg path[fill="#e69f00"]')).toHaveLength(3)
})

test('an ending that is not known yet comes last, in both directions', async () => {
  const { texts, sortBy } = shown([row(1, { ending: '' }), row(2), row(3, { ending: 'moving' })])
  await sortBy(1)
  expect(texts(0)).toEqual(['runner 2', 'runner 3', 'runner 1'])
  await sortBy(1)
  expect(texts(0)).toEqual(['runner 3', 'runner 2', 'runner 1'])
})

test('a click on a head sorts up, then down, then not; what has no value is last both ways', async () => {
  const { texts, sortBy, sorts } = shown(three)
  await sortBy(2)
  expect(texts(0)).toEqual(['runner 2', 'runner 3', 'runner 1'])
  expect(sorts()[2]).toBe('ascending')
  await sortBy(2)
  expect(texts(0)).toEqual(['runner 3', 'runner 2', 'runner 1'])
  expect(sorts()[2]).toBe('descending')
  await sortBy(2)
  expect(texts(0)).toEqual(['runner 1', 'runner 2', 'runner 3'])
  await sortBy(3)
  expect(texts(0)).toEqual(['runner 2', 'runner 3', 'runner 1'])
  expect(sorts()).toEqual(['none', 'none', 'none', 'ascending', 'none', 'none', 'none'])
})

test('new rows keep the order that was asked for, and the focus its place', async () => {
  const { table, texts, sortBy, find } = shown(three)
  await sortBy(3)
  find('[data-column="3"]').focus()
  table.show({ rows: [...three, row(4, { finalLoss: 0.15 })], stale: false })
  expect(texts(0)).toEqual(['runner 2', 'runner 4', 'runner 3', 'runner 1'])
  expect(document.activeElement).toBe(find('[data-column="3"]'))
})

test('CSV has all digits, quotes what needs it, and the order that is shown', async () => {
  const { onCopy, sortBy, find } = shown([
    row(1, { name: 'a, "b"', finalLoss: 1 / 3 }),
    row(2, { arrivalStep: null, finalLoss: 0.1 }),
  ])
  await sortBy(3)
  await userEvent.click(find('button[title*="CSV"]'))
  expect(onCopy.mock.calls).toEqual([
    [
      'runner,ends,steps to arrive,final loss,best loss,path length,rises\n' +
        'runner 2,minimum 1,,0.1,0.024436,8.5,0\n' +
        '"a, ""b""",minimum 1,10,0.3333333333333333,0.024436,8.5,0\n',
      'CSV',
    ],
  ])
})

test('Markdown is a table, with its pipes escaped', async () => {
  const { onCopy, find } = shown([row(1, { name: 'a|b' })])
  await userEvent.click(find('button[title*="Markdown"]'))
  expect(onCopy.mock.calls).toEqual([
    [
      '| runner | ends | steps to arrive | final loss | best loss | path length | rises |\n' +
        '| --- | --- | ---: | ---: | ---: | ---: | ---: |\n' +
        '| a\\|b | minimum 1 | 10 | 0.0244 | 0.0244 | 8.5 | 0 |\n',
      'Markdown',
    ],
  ])
})

test('scores of older settings are dimmed, and say so by their class', () => {
  const { container, table } = shown(three, true)
  expect(container.classList).toContain('stale')
  table.show({ rows: three, stale: false })
  expect(container.classList).not.toContain('stale')
})
