import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createHistogram } from '../../../src/lenses/starts/histogram'
import { mount } from '../../setup/mount'

const histogram = { edges: [0, 1, 2, 4, 8], counts: [3, 0, 12, 5] }

function create() {
  const onChoose = vi.fn()
  const container = mount(320, 140)
  container.className = 'histogram'
  const chart = createHistogram(container, 'steps to arrive', onChoose)
  chart.resize()
  chart.show({ histogram, chosen: null, stale: false })
  const host = container.querySelector<HTMLElement>('.histogram-chart')!
  return { ...chart, onChoose, container, host }
}

test('the text names the largest bar, then the chosen one', () => {
  const { container, host, show } = create()
  expect(container.textContent).toContain('Most: 2 to 4.')
  show({ histogram, chosen: 3, stale: false })
  expect(container.textContent).toContain('5 starts: 4 to 8.')
  expect(host.getAttribute('aria-valuetext')).toBe('5 starts: 4 to 8.')
  expect(host.getAttribute('aria-valuenow')).toBe('4')
})

test('all bars stand in a table, too', () => {
  const { container } = create()
  const rows = [...container.querySelectorAll('tr')].map((row) => row.textContent)
  expect(rows).toEqual(['0 to 13', '1 to 20', '2 to 412', '4 to 85'])
})

test('a click on a bar chooses it, another one takes the choice back', async () => {
  const { container, onChoose, show } = create()
  const over = container.querySelector<HTMLElement>('.u-over')!
  // uPlot sizes itself a microtask later.
  await expect.poll(() => over.getBoundingClientRect().width).toBeGreaterThan(0)
  const { width, height } = over.getBoundingClientRect()
  // The third of four bars, whose axis runs from -0.6 to 3.6.
  const position = { x: (width * 2.6) / 4.2, y: height / 2 }
  await userEvent.click(over, { position })
  expect(onChoose).toHaveBeenLastCalledWith(2)
  show({ histogram, chosen: 2, stale: false })
  await userEvent.click(over, { position })
  expect(onChoose).toHaveBeenLastCalledWith(null)
})

test('arrow keys go from bar to bar and stop at the ends; Escape takes the choice back', async () => {
  const { host, onChoose, show } = create()
  host.focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(onChoose).toHaveBeenLastCalledWith(0)
  show({ histogram, chosen: 2, stale: false })
  await userEvent.keyboard('{ArrowRight}')
  expect(onChoose).toHaveBeenLastCalledWith(3)
  show({ histogram, chosen: 3, stale: false })
  await userEvent.keyboard('{ArrowRight}{ArrowUp}')
  show({ histogram, chosen: 0, stale: false })
  await userEvent.keyboard('{ArrowLeft}{ArrowDown}')
  expect(onChoose).toHaveBeenCalledTimes(2)
  await userEvent.keyboard('{Escape}')
  expect(onChoose).toHaveBeenLastCalledWith(null)
})

test('an empty histogram says so, and has no bar to choose', async () => {
  const { container, host, onChoose, show } = create()
  show({ histogram: { edges: [], counts: [] }, chosen: null, stale: false })
  expect(container.textContent).toContain('Nothing to count: steps to arrive.')
  host.focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(onChoose).not.toHaveBeenCalled()
})
