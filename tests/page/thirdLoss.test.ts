/** Losing the graphics device three times within a minute. */
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { settingsOf, settled } from './steepest'

const browser = useBrowser()

test('after the third loss in a minute the processor takes over, and says so', async () => {
  const { page, pageErrors } = await browser.open({
    viewport: { width: 800, height: 600 },
    query: '?grid=64&side=8&step=100',
    before: () => {
      // Every device can be lost on demand: a browser crashes its GPU process only once.
      const { requestDevice } = GPUAdapter.prototype
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await requestDevice.apply(this, args)
        Object.assign(window, { loseDevice: () => device.destroy() })
        return device
      }
    },
  })
  await settled(page)
  const before = await settingsOf(page)
  for (const kind of ['gpu', 'gpu', 'cpu'] as const) {
    await page.evaluate(() => (window as unknown as { loseDevice(): void }).loseDevice())
    await expect
      .poll(
        () => page.evaluate(() => window.steepest.apply({}).then(() => window.steepest.engine)),
        {
          timeout: 20_000,
        },
      )
      .toMatchObject({ kind })
  }
  const notices = await page.locator('.notice').allTextContents()
  expect(notices.some((text) => text.includes('the processor takes over'))).toBe(true)
  expect(await settingsOf(page)).toEqual({ ...before, engine: 'cpu' })
  expect(pageErrors).toEqual([])
})
