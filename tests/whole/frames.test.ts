/** The page in frames that forbid things: it works, or says why not. */
import type { Frame } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { useBrowser } from '../setup/page'

const browser = useBrowser()
const viewport = { width: 1280, height: 800 }

/** @param foreign lets scripts be loaded by other origins, as some hosts do */
async function openFrame(sandbox: string, query: string, foreign = false): Promise<Frame> {
  const { page } = await browser.open({ viewport, query: 'licences.txt' })
  if (foreign) {
    await page.route('**/assets/**', async (route) => {
      // The test may end while a part is still being loaded, which then needs no answer.
      const response = await route.fetch().catch(() => null)
      if (!response) return
      const headers = { ...response.headers(), 'access-control-allow-origin': '*' }
      await route.fulfill({ response, headers }).catch(() => {})
    })
  }
  const src = `${inject('pageAddress')}?grid=64&side=8&step=20&map=64&steps=60&${query}`
  await page.setContent(
    `<iframe sandbox="${sandbox}" style="width: 1260px; height: 760px" src="${src}"></iframe>`,
  )
  await expect.poll(() => page.frames().length).toBe(2)
  return page.frames()[1]
}

const isReady = (frame: Frame) =>
  frame.waitForFunction(() => window.steepest?.ready.then(() => true))

const noticeOf = (frame: Frame) =>
  expect.poll(() =>
    frame
      .locator('.notice p')
      .allTextContents()
      .then((texts) => texts.join(' ')),
  )

test('without leave for forms, downloads, windows and the clipboard', async () => {
  const frame = await openFrame('allow-scripts allow-same-origin', 'engine=cpu')
  await isReady(frame)
  await frame.locator('[data-action="save"]').click()
  await frame.locator('.save-do').click()
  await noticeOf(frame).toMatch(/^Saved steepest-stage.png .* the frame around this page forbids/)
  await frame.locator('[data-action="copyLink"]').click()
  await noticeOf(frame).toMatch(/This page cannot use the clipboard. The link is http/)
  await frame.locator('.about a').click()
  await noticeOf(frame).toMatch(/opens no windows. The licences are at http.*licences.txt/)
})

test('of a foreign origin: minima are found without workers, and maps are drawn', async () => {
  const frame = await openFrame('allow-scripts', 'lens=starts', true)
  await isReady(frame)
  expect(await frame.evaluate(() => window.steepest.engine?.kind)).toBe('gpu')
  await expect.poll(() => frame.locator('.outcome-name').count()).toBeGreaterThan(1)
  expect(await frame.locator('.notice').count()).toBe(0)
})

test('of a foreign origin, by the processor: it says why it cannot', async () => {
  const frame = await openFrame('allow-scripts', 'engine=cpu', true)
  await noticeOf(frame).toMatch(/^This frame or browser forbids the page its workers/)
  await expect.poll(() => frame.locator('.status').textContent()).toContain('No engine')
})

test('where not even scripts may be loaded, a sentence stands in their place', async () => {
  const frame = await openFrame('allow-scripts', '')
  expect(await frame.locator('.starting').textContent()).toMatch(/open it in a window of its own/)
  await frame.locator('.starting').waitFor()
})
