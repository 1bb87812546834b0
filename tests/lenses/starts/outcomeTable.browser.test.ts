import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createMapTools } from '../../../src/lenses/starts/mapTools'
import { createOutcomeTable, type OutcomeRow } from '../../../src/lenses/starts/outcomeTable'
import { mount } from '../../setup/mount'

const swatch = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
const arrives: OutcomeRow = {
  key: 'minimum 0',
  name: 'minimum 1',
  hint: 'Near it.',
  swatch,
  count: 13_824,
  share: 0.2109,
  median: 34,
  ninetieth: 1168,
}
const moving: OutcomeRow = {
  ...arrives,
  key: 'moving ',
  name: 'moving',
  share: 0.7891,
  median: null,
  ninetieth: null,
}
const table = { rows: [arrives, moving], chosen: null, sentence: '65,536 starts.', stale: false }

function createTable() {
  const onChoose = vi.fn()
  const container = mount(300, 300)
  return { container, onChoose, ...createOutcomeTable(container, onChoose) }
}

test('rows are legend, share and steps in one', () => {
  const { container, show } = createTable()
  show(table)
  const texts = [...container.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  expect(texts).toEqual([
    ['minimum 1', '21.1 %', '34', '1,168'],
    ['moving', '78.9 %', '', ''],
  ])
  expect(container.querySelectorAll('img')).toHaveLength(2)
  expect(container.textContent).toContain('65,536 starts.')
})

test('a row is chosen by click and by keyboard, and says so', async () => {
  const { container, onChoose, show } = createTable()
  show(table)
  await userEvent.click(container.querySelector('[data-key="moving "]')!)
  expect(onChoose).toHaveBeenLastCalledWith('moving ')
  show({ ...table, chosen: 'moving ' })
  const pressed = [...container.querySelectorAll('button')].map((button) =>
    button.getAttribute('aria-pressed'),
  )
  expect(pressed).toEqual(['false', 'true'])
  // The new table keeps the focus where it was.
  expect((document.activeElement as HTMLElement).dataset.key).toBe('moving ')
  await userEvent.keyboard('{Enter}')
  expect(onChoose).toHaveBeenCalledTimes(2)
})

test('the tools say what they do, and those without effect are off', async () => {
  const actions = { onZoom: vi.fn(), onBack: vi.fn(), onHome: vi.fn() }
  const container = mount(300, 60)
  const { show } = createMapTools(container, actions)
  show({ text: '64 × 64 starts', canGoBack: false, isHome: true })
  const [closer, farther, back, home] = container.querySelectorAll('button')
  expect([closer, farther, back, home].map((button) => button.disabled)).toEqual([
    false,
    false,
    true,
    true,
  ])
  show({ text: '64 × 64 starts', canGoBack: true, isHome: false })
  for (const button of [closer, farther, back, home]) await userEvent.click(button)
  expect(actions.onZoom.mock.calls).toEqual([[0.5], [2]])
  expect(actions.onBack).toHaveBeenCalledOnce()
  expect(actions.onHome).toHaveBeenCalledOnce()
})
