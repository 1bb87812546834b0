/** Losing the graphics device. */
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

const browser = useBrowser('webgpu', { own: true })
const plain = useBrowser('webgl')

test('after a true loss the page goes on with a new device, the same settings, map and numbers', async () => {
  const { page, pageErrors } = await browser.open({
    viewport: { width: 1100, height: 680 },
    query: '?lens=starts&map=64&grid=64&side=8&step=100&w=-5..9&mapx=-1..3&mapy=-2..2',
  })
  await settled(page)
  await page.locator('.outcome-name').first().waitFor()
  const rows = () => page.locator('.outcome-table tbody').textContent()
  const [before, counted] = [await settingsOf(page), await rows()]
  await browser.crashGpu()
  await expect
    .poll(() => page.locator('.notice').allTextContents())
    .toContainEqual(expect.stringContaining('all settings are kept'))
  await apply(page, { map: { perSide: 65 } })
  await apply(page, { map: { perSide: 64 } })
  expect(await settingsOf(page)).toEqual(before)
  expect(await rows()).toBe(counted)
  expect(await page.locator('.outcome-card.stale').count()).toBe(0)
  expect((await page.evaluate(() => window.steepest.engine))?.kind).toBe('gpu')
  const losses = await page.evaluate(async () => {
    const { loss } = await window.steepest.evaluateGrid({ w: [0, 1, 2], b: [0, 1, 2] })
    return [...loss]
  })
  expect(losses.every((loss) => loss > 0 && loss < 1)).toBe(true)
  await apply(page, { lens: 'descend', steps: 200 })
  expect(await settingsOf(page)).toEqual({ ...before, lens: 'descend', steps: 200 })
  // Chromium itself reports the crash on the console; the page must not add an exception.
  expect(pageErrors).toEqual([])
})

test('after WebGL has lost its context the stage is drawn anew, with the same settings', async () => {
  const { page, pageErrors } = await plain.open({
    viewport: { width: 800, height: 600 },
    query: '?grid=64&side=8&step=100&w=-5..9&engine=cpu',
  })
  await settled(page)
  const before = await settingsOf(page)
  await page.locator('#stage-canvas').evaluate((canvas: HTMLCanvasElement) => {
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
  })
  await expect
    .poll(() => page.locator('.notice').allTextContents())
    .toContainEqual(expect.stringContaining('all settings are kept'))
  await apply(page, { contours: false })
  expect(await settingsOf(page)).toEqual({ ...before, contours: false })
  const isLost = await page
    .locator('#stage-canvas')
    .evaluate((canvas: HTMLCanvasElement) => canvas.getContext('webgl2')?.isContextLost())
  expect(isLost).toBe(false)
  expect(pageErrors).toEqual([])
})
