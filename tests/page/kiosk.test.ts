/** The gallery running by itself: who takes over, when it goes on, and that nothing grows. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { scenes } from '../../src/state/scenes'
import { countGpuObjects, createMeter, type Held } from '../setup/growth'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

const browser = useBrowser()
const viewport = { width: 1024, height: 640 }

/** Milliseconds of watching what is held, and how many rounds through the scenes at least. */
const watched = 40_000
const fewestRounds = 3

/** In which nothing plays. */
const stillScene = scenes.find(({ name }) => name === 'stripes')!

/** As a tab that is behind another one. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)

async function open(query: string, reducedMotion: 'reduce' | 'no-preference' = 'reduce') {
  const opened = await browser.open({ viewport, query, context: { reducedMotion } })
  await settled(opened.page)
  await opened.page.locator('.page[data-kiosk]').waitFor()
  return opened
}

const isRunning = (page: Page) =>
  page.evaluate(() => 'kiosk' in document.querySelector<HTMLElement>('.page')!.dataset)
const caption = (page: Page) => page.locator('.caption b')
const sceneShown = async (page: Page) => {
  const title = await caption(page).textContent()
  return scenes.findIndex((scene) => scene.title === title)
}

test('it begins by itself with the first scene, large and without controls', async () => {
  const { page, expectQuiet } = await open('?kiosk')
  expect(await sceneShown(page)).toBe(0)
  for (const hidden of ['.panel', '.views', '.status', '.panel-toggle']) {
    expect(await page.locator(hidden).isVisible(), hidden).toBe(false)
  }
  // Where motion is reduced nothing plays: it is shown where it ends.
  await expect.poll(async () => (await settingsOf(page)).step).toBe(300)
  expectQuiet()
})

test('a touch takes over and does nothing else; left alone, it goes on', async () => {
  const { page, expectQuiet } = await open('?kiosk=10', 'no-preference')
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(0)
  const { start } = await settingsOf(page)
  await page.mouse.click(300, 300)
  expect(await isRunning(page)).toBe(false)
  expect(await caption(page).isVisible()).toBe(false)
  expect(await page.locator('.panel').isVisible()).toBe(true)
  expect((await settingsOf(page)).start).toEqual(start)
  // A reload is to make it a kiosk again.
  expect(new URL(page.url()).search).toBe('?kiosk=10')
  const left = Date.now()
  await expect.poll(() => isRunning(page)).toBe(true)
  expect(Date.now() - left).toBeGreaterThan(4000)
  expectQuiet()
})

test('a key takes over, and does what it always does; that of the full screen does not', async () => {
  const { page, expectQuiet } = await open('?kiosk')
  await page.keyboard.press('f')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  expect(await isRunning(page)).toBe(true)
  await page.keyboard.press('Home')
  await expect.poll(() => isRunning(page)).toBe(false)
  await expect.poll(async () => (await settingsOf(page)).step).toBe(0)
  // As a person has it: over and over.
  expect(await settingsOf(page)).toMatchObject({ loop: true })
  expectQuiet()
})

test('while the page is hidden no scene begins', async () => {
  const { page, expectQuiet } = await open('?kiosk=20')
  await expect.poll(() => sceneShown(page)).toBe(1)
  await hide(page, true)
  const shown = await sceneShown(page)
  await page.waitForTimeout(4000)
  expect(await sceneShown(page)).toBe(shown)
  await hide(page, false)
  await expect.poll(() => sceneShown(page)).not.toBe(shown)
  expectQuiet()
})

test('round after round it holds no more', { timeout: 400_000 }, async () => {
  const { page, expectQuiet } = await browser.open({
    viewport: { width: 400, height: 300 },
    query: '?kiosk=100',
    context: { reducedMotion: 'reduce' },
    before: countGpuObjects,
  })
  const measure = await createMeter(page)
  const begin = Date.now()
  const rounds: Held[] = []
  while (rounds.length < fewestRounds || Date.now() - begin < watched) {
    for (const { title } of [scenes[0], stillScene]) {
      await caption(page).filter({ hasText: title }).waitFor({ timeout: 120_000 })
    }
    // No scene begins meanwhile, and no job is in its middle.
    await hide(page, true)
    await apply(page, {})
    rounds.push(await measure())
    await hide(page, false)
  }
  const [second, last] = [rounds[1], rounds[rounds.length - 1]]
  const found = JSON.stringify(rounds)
  // Compiled code, for the larger part: it levels off after some more rounds.
  expect(last.heap / second.heap, found).toBeLessThan(1.15)
  expect(last.nodes / second.nodes, found).toBeLessThan(1.05)
  expect(last.listeners / second.listeners, found).toBeLessThan(1.02)
  expect(Math.abs(last.buffers - second.buffers), found).toBeLessThan(8)
  expect(Math.abs(last.textures - second.textures), found).toBeLessThan(6)
  expectQuiet()
})
