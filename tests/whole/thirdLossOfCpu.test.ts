/** Losing what computes and draws without a GPU three times within a minute. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { refusal, settled } from './steepest'

const browser = useBrowser('webgl')
const viewport = { width: 480, height: 320 }
const query = '?engine=cpu&grid=64&side=4&step=0'

/** Each time the canvas is another one. */
async function loseThreeTimes(page: Page): Promise<void> {
  for (const loss of [1, 2, 3]) {
    if (loss > 1) expect(await refusal(page, 'apply', {})).toBe('It was not refused.')
    await page
      .locator('#stage-canvas')
      .evaluate((canvas) => canvas.dispatchEvent(new Event('webglcontextlost')))
  }
}

test('after the third loss of the processor what is asked for is refused in a sentence', async () => {
  const { page, pageErrors } = await browser.open({ viewport, query })
  await settled(page)
  await loseThreeTimes(page)
  const sentence = expect.stringMatching(/number 3 within a minute: nothing can compute any more\./)
  expect(await refusal(page, 'apply', { contours: false })).toEqual(sentence)
  expect(await refusal(page, 'evaluateGrid', { w: [0, 1, 2], b: [0, 1, 2] })).toEqual(sentence)
  expect(await page.locator('.notice').allTextContents()).toContainEqual(sentence)
  expect(pageErrors).toEqual([])
})

test('a kiosk loads itself again', async () => {
  const { page, pageErrors } = await browser.open({ viewport, query: '?kiosk&engine=cpu&v=1' })
  await settled(page)
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await loseThreeTimes(page)
  await expect.poll(() => page.evaluate(() => 'isSamePage' in window).catch(() => true)).toBe(false)
  await page.locator('.page[data-kiosk]').waitFor()
  expect(pageErrors).toEqual([])
})
