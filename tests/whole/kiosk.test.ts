/** The gallery running by itself: who takes over, when it goes on, and that nothing grows. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readAddress } from '../../src/settings/address'
import { scenes } from '../../src/settings/scenes'
import { countGpuObjects, createMeter, type Held } from '../setup/growth'
import { type OpenOptions, useBrowser } from '../setup/page'
import { apply, boxOf, settingsOf, settled } from './steepest'

/** All that it does by itself has nothing to do with graphics, but for what it holds of them. */
declare global {
  interface Window {
    /** Classes of what has been clicked. */
    clicked: string[]
    /** Wake locks that the page has asked for. */
    locks: { released: boolean }[]
  }
}

const browser = useBrowser('none')
const withGpu = useBrowser()
const viewport = { width: 1024, height: 640 }

/** Rounds through the scenes: what the second holds, the last has to. */
const watchedRounds = 3

/** In which nothing plays. */
const stillScene = scenes.find(({ name }) => name === 'stripes')!

/** Hides the page as a tab behind another one. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)

async function open(
  query: string,
  reducedMotion: 'reduce' | 'no-preference' = 'reduce',
  options: OpenOptions = {},
) {
  const { context, ...rest } = options
  const opened = await browser.open({
    viewport,
    query,
    context: { reducedMotion, ...context },
    ...rest,
  })
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
  // Nothing plays if motion is reduced: it is shown where it ends.
  await expect.poll(async () => (await settingsOf(page)).step).toBe(300)
  expectQuiet()
})

test('a touch takes over and does nothing else; left alone, it goes on', async () => {
  const touch = { context: { hasTouch: true } }
  const { page, expectQuiet } = await open('?kiosk=10', 'no-preference', touch)
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(0)
  const taken = await settingsOf(page)
  await page.evaluate(() => {
    const clicked: string[] = []
    Object.assign(window, { clicked })
    const note = ({ target }: Event) => clicked.push((target as Element).className)
    addEventListener('click', note, true)
  })
  const clicked = () => page.evaluate(() => window.clicked)
  // On the button of another lens, which is only covered.
  const { x, y, width, height } = await boxOf(page, '.tab[data-lens=why]')
  await page.touchscreen.tap(x + width / 2, y + height / 2)
  expect(await isRunning(page)).toBe(false)
  expect(await caption(page).isVisible()).toBe(false)
  expect(await page.locator('.panel').isVisible()).toBe(true)
  // Its click comes after its end, and would be the button's if that were not covered for a while.
  await expect.poll(clicked).toEqual(['kiosk-cover'])
  await page.locator('.kiosk-cover').waitFor({ state: 'hidden' })
  expect(await settingsOf(page)).toMatchObject({ start: taken.start, lens: taken.lens })
  // The next touch is one of the page.
  await page.touchscreen.tap(x + width / 2, y + height / 2)
  await expect.poll(async () => (await settingsOf(page)).lens).toBe('why')
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
  // A person has it like this: over and over.
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

const scene = (index: number) => readAddress(scenes[index].query).settings

test('?kiosk=3 is three times as fast', async () => {
  const { page, expectQuiet } = await open('?kiosk=3')
  // The next scene may have begun by then.
  const factor = async () => (await settingsOf(page)).speed / scene(await sceneShown(page)).speed
  await expect.poll(factor).toBe(3)
  expectQuiet()
})

test('however many scenes it has shown, one Undo leads back to what was there before', async () => {
  // Grid and side as the processor has them, unless they are asked for.
  const own = 'v=1&steps=77&step=33&az=80&speed=12&grid=256&side=16'
  const { page, expectQuiet } = await open(`?kiosk=8&${own}`)
  const undo = page.locator('[data-action=undo]')
  await expect.poll(() => sceneShown(page)).toBe(1)
  // It has made the scene its own.
  await expect.poll(async () => (await settingsOf(page)).loop).toBe(false)
  await page.keyboard.press('Control+z')
  expect(await isRunning(page)).toBe(false)
  await expect.poll(() => settingsOf(page)).toEqual(readAddress(own).settings)
  expect(await undo.isDisabled()).toBe(true)
  // And one leads to the scene again, as a person has it.
  await page.keyboard.press('Control+y')
  expect(await settingsOf(page)).toMatchObject({ runners: scene(1).runners, loop: true, speed: 30 })
  expectQuiet()
})

test('a file that is dragged over the page takes over, and other keys with Ctrl do not', async () => {
  const { page, expectQuiet } = await open('?kiosk')
  for (const key of ['F11', 'Control+c', 'Shift']) await page.keyboard.press(key)
  expect(await isRunning(page)).toBe(true)
  await page.locator('.kiosk-cover').dispatchEvent('dragenter')
  expect(await isRunning(page)).toBe(false)
  expectQuiet()
})

test('it does not go on while a dialog works for somebody', async () => {
  const { page, expectQuiet } = await open('?kiosk=20')
  const dialog = page.locator('dialog[open]')
  // At once: the kiosk may go on between two calls.
  await page.evaluate(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }))
    const works = document.createElement('dialog')
    works.dataset.busy = ''
    document.body.append(works)
    works.showModal()
  })
  // Longer than what the kiosk waits for, 60 s / 20.
  await page.waitForTimeout(4500)
  expect([await isRunning(page), await dialog.isVisible()]).toEqual([false, true])
  await dialog.evaluate((element) => {
    delete element.dataset.busy
  })
  await expect.poll(() => isRunning(page)).toBe(true)
  expect(await dialog.count()).toBe(0)
  expectQuiet()
})

test('while it runs the screen stays on, and no longer', async () => {
  const { page, expectQuiet } = await open('?kiosk=20', 'reduce', {
    before: () => {
      const locks: { released: boolean }[] = []
      const request = async () => {
        const lock = {
          released: false,
          async release() {
            lock.released = true
          },
        }
        locks.push(lock)
        return lock
      }
      Object.assign(window, { locks })
      Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    },
  })
  const locks = () => page.evaluate(() => window.locks.map(({ released }) => released))
  await expect.poll(locks).toEqual([false])
  // A browser releases it when the page is hidden.
  await hide(page, true)
  await page.evaluate(() => {
    window.locks[0].released = true
  })
  expect(await locks()).toEqual([true])
  await hide(page, false)
  await expect.poll(locks).toEqual([true, false])
  await page.keyboard.press('Home')
  // It goes on after 3 s, and asks anew only for what it has given back.
  await expect.poll(locks).toEqual([true, true, false])
  expectQuiet()
})

test('on a small screen the panel stays closed when the window changes its size', async () => {
  const { page, expectQuiet } = await open('?kiosk')
  const panel = page.locator('.panel')
  await page.setViewportSize({ width: 800, height: 640 })
  await page.setViewportSize(viewport)
  await page.evaluate('frames(2)')
  expect(await panel.isVisible()).toBe(false)
  await page.keyboard.press('Home')
  expect(await panel.isVisible()).toBe(true)
  expectQuiet()
})

test('round after round it holds no more', async () => {
  const { page, expectQuiet } = await withGpu.open({
    viewport: { width: 400, height: 300 },
    query: '?kiosk=100',
    context: { reducedMotion: 'no-preference' },
    before: countGpuObjects,
  })
  const measure = await createMeter(page)
  const rounds: Held[] = []
  while (rounds.length < watchedRounds) {
    for (const { title } of [scenes[0], stillScene]) {
      await caption(page).filter({ hasText: title }).waitFor({ timeout: 120_000 })
    }
    // No scene begins meanwhile, and no job is in its middle.
    await hide(page, true)
    await apply(page, {})
    rounds.push(await measure())
    await hide(page, false)
    // Left alone, it goes on after less than a second.
    await page.keyboard.press('Home')
    await expect.poll(() => isRunning(page)).toBe(true)
  }
  // Each time that somebody took over has been remembered.
  expect(await page.locator('[data-action=undo]').isEnabled()).toBe(true)
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
