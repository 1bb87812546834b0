/** Does what a person does with pointer and keyboard. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, boxOf, pointerRead, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const options = { viewport: { width: 1024, height: 640 }, query: '?grid=64&side=8&step=100' }

async function open(on = browser) {
  const opened = await on.visit(options)
  await settled(opened.page)
  return opened
}

async function clickMiddle(page: Page, selector: string): Promise<void> {
  const { x, y, width, height } = await boxOf(page, selector)
  await page.mouse.move(x + width * 0.52, y + height * 0.52)
  // The place under the pointer is found by a small read-back; a hand is slower than that.
  await pointerRead(page)
  await page.mouse.down()
  await page.mouse.up()
}

test.for(['.stage', '.map-hole'])(
  'a click on %s sets the start to the place shown',
  async (selector) => {
    const { page, expectQuiet } = await open()
    const before = (await settingsOf(page)).start
    await clickMiddle(page, selector)
    await expect.poll(async () => (await settingsOf(page)).start).not.toEqual(before)
    const { start } = await settingsOf(page)
    const shown = await page.locator('[data-name="w"]').textContent()
    expect(Number(shown?.replace('−', '-'))).toBeCloseTo(start[0], 1)
    expectQuiet()
  },
)

test('pointing at the map shows w, b, loss and gradient there', async () => {
  const { page } = await open()
  const { x, y, width, height } = await boxOf(page, '.map-hole')
  await page.mouse.move(x + width / 2, y + height / 2)
  await pointerRead(page)
  for (const name of ['w', 'b', 'loss', 'gradient']) {
    await expect.poll(() => page.locator(`[data-name="${name}"]`).textContent()).toMatch(/\d/)
  }
})

test('dragging on the timeline scrubs, and the keyboard steps', async () => {
  const { page, expectQuiet } = await open(plain)
  const { x, y, width, height } = await boxOf(page, '.timeline-chart .u-over')
  await page.mouse.move(x + 5, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.abs((await settingsOf(page)).step - 150)).toBeLessThan(3)
  const { step } = await settingsOf(page)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).step).toBe(step + 1)
  await page.keyboard.press('Home')
  await expect.poll(async () => (await settingsOf(page)).step).toBe(0)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(2)
  expectQuiet()
})

test('a typed value that is none is refused in a notice, and the old one stays', async () => {
  const { page, expectQuiet } = await open(plain)
  const steps = page.getByRole('textbox', { name: 'steps', exact: true })
  await steps.fill('banana')
  await steps.press('Enter')
  await expect
    .poll(() => page.locator('.notice-error').textContent())
    .toContain('The setting steps is "banana"')
  expect((await settingsOf(page)).steps).toBe(300)
  await expect.poll(() => steps.inputValue()).toBe('300')
  expectQuiet()
})

test('a descent that runs away leaves the view, and nothing breaks', async () => {
  const { page, expectQuiet } = await open(plain)
  await apply(page, {
    samples: [
      [1000, 5],
      [-1000, -4],
    ],
    loss: 'crossEntropy',
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: 1000 }],
    step: 300,
  })
  const [w] = await page.evaluate(async () => {
    const { positions } = await window.steepest.descend({
      starts: [[0, 0]],
      learningRate: 1000,
      steps: 300,
      stride: 300,
    })
    return [...positions].slice(2)
  })
  expect(Number.isFinite(w)).toBe(true)
  expect(Math.abs(w)).toBeGreaterThan(1e6)
  expectQuiet()
})
