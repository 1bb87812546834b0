/** Minima and saddles as the page shows them. */
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

const browsers = { gpu: useBrowser(), cpu: useBrowser('none') }
const viewport = { width: 1024, height: 640 }

async function open(query: string, kind: keyof typeof browsers = 'cpu') {
  const opened = await browsers[kind].visit({ viewport, query: `?grid=64&side=8&step=0&${query}` })
  await settled(opened.page)
  const { page } = opened
  const names = () => page.locator('.stationary tbody th').allTextContents()
  return { ...opened, names, summary: page.locator('.stationary summary') }
}

test.for(['gpu', 'cpu'] as const)('the table follows data and view, %s engine', async (kind) => {
  const { page, names, summary, expectQuiet } = await open('', kind)
  expect(await summary.textContent()).toBe('2 minima, 1 saddle')
  expect(await names()).toEqual(['1', '2', 'S1'])
  await apply(page, { view: { w: [-1, 2] } })
  expect(await names()).toEqual(['1', '2 →', 'S1'])
  await apply(page, { loss: 'crossEntropy' })
  expect(await summary.textContent()).toBe('1 minimum, no saddles')
  expectQuiet()
})

test('labels that a step separates: the limit is named in words', async () => {
  const { page, summary } = await open('data=-1,0;1,1')
  expect(await summary.textContent()).toBe('no minima, no saddles')
  expect(await page.locator('.stationary p').textContent()).toBe(
    'The loss has no minimum: it falls for ever towards 0 in the direction (w, b) = (1, 0), ' +
      'where the neuron becomes a step from 0 to 1 between x = -1 and x = 1.',
  )
})

test('one x alone: the minima are a line', async () => {
  const { page } = await open('data=2,0.3')
  expect(await page.locator('.stationary p').textContent()).toMatch(
    /^All x are equal, so the minima form a line: through \(w, b\) = \(−0.339, −0.169\) along/,
  )
})

test('heights in cm: found, fitted, standardised, and all of it undone', async () => {
  const query = 'data=300,0.2;400,0.8&w=-0.1..0.1&b=-15..-5'
  const { page, summary, expectQuiet } = await open(query)
  expect(await summary.textContent()).toBe('1 minimum, no saddles')
  const before = await settingsOf(page)
  const { minima } = await page.evaluate(() => window.steepest.stationaryPoints())
  expect(minima[0].w).toBeCloseTo(0.0277259, 7)
  const hint = page.locator('.scale-hint p')
  expect(await hint.textContent()).toMatch(/below 0.000312; with x standardised, below 39.1/)

  await page.locator('.scale-hint button').first().click()
  await settled(page)
  const { view, start } = await settingsOf(page)
  expect(view.w[0]).toBeLessThan(start[0])
  expect(view.b[1]).toBeGreaterThan(start[1])

  await page.getByRole('button', { name: 'Standardise x' }).click()
  await expect.poll(() => hint.isVisible()).toBe(false)
  expect((await settingsOf(page)).samples).toEqual([
    [-1, 0.2],
    [1, 0.8],
  ])
  await page.locator('[data-action="undo"]').click()
  expect((await settingsOf(page)).view).toEqual(view)
  await page.locator('[data-action="undo"]').click()
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})
