/** Losing the graphics device three times within a minute. */
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

declare global {
  /** In the page of this test alone. */
  interface Window {
    made: GPUDevice[]
  }
}

const browser = useBrowser()

test('after the third loss in a minute the processor takes over, and says so', async () => {
  const { page, pageErrors } = await browser.open({
    viewport: { width: 800, height: 600 },
    query: '?grid=64&side=8&step=100',
    before: () => {
      // Every device can be lost on demand: a browser crashes its GPU process only once.
      const made: GPUDevice[] = []
      Object.assign(window, { made })
      const { requestDevice } = GPUAdapter.prototype
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await requestDevice.apply(this, args)
        made.push(device)
        return device
      }
    },
  })
  await settled(page)
  const before = await settingsOf(page)
  const devices = () => page.evaluate(() => window.made.length)
  const lose = () => page.evaluate(() => window.made.at(-1)?.destroy())
  for (const made of [1, 2]) {
    expect(await devices()).toBe(made)
    await lose()
    await expect.poll(devices).toBe(made + 1)
    await apply(page, {})
    expect((await page.evaluate(() => window.steepest.engine))?.kind).toBe('gpu')
  }
  await lose()
  await expect.poll(() => page.evaluate(() => window.steepest.engine?.kind)).toBe('cpu')
  const notices = await page.locator('.notice').allTextContents()
  expect(notices.some((text) => text.includes('the processor takes over'))).toBe(true)
  expect(await settingsOf(page)).toEqual({ ...before, engine: 'cpu' })
  expect(pageErrors).toEqual([])
})
