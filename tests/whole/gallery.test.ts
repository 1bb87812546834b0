/** The gallery, by keys and by the pointer, and the caption of a scene. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { defaultsFor, readAddress } from '../../src/settings/address'
import { scenes } from '../../src/settings/scenes'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

const browser = useBrowser()
/** For what has nothing to do with the pictures of a scene. */
const plain = useBrowser('none')
const viewport = { width: 1280, height: 800 }

const small = '?v=1&grid=64&side=4&step=0'

const open = () => browser.visit({ viewport, query: small })

/** Whether scenes come with their captions is remembered. */
async function openNew() {
  const opened = await browser.open({ viewport, query: small })
  await settled(opened.page)
  return opened
}

async function openPlain(query = small) {
  const opened = await plain.open({ viewport, query })
  await settled(opened.page)
  return opened
}

const sceneNamed = (wanted: string) => scenes.find(({ name }) => name === wanted)!
const link = (page: Page, name: string) => page.locator(`.scene[href="${sceneNamed(name).query}"]`)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())

test('it is opened, walked and used by keys alone, and the focus comes back', async () => {
  const { page, expectQuiet, requests } = await openPlain()
  expect(requests.filter((url) => /gallery|kiosk|webp/.test(url))).toEqual([])
  await page.getByRole('button', { name: 'Gallery' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Gallery' })
  await dialog.waitFor()
  expect(await focused(page)).toContain(scenes[0].title)
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toContain(scenes[1].title)
  await page.keyboard.press('End')
  expect(await focused(page)).toContain(scenes[scenes.length - 1].title)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  const columns = await page.evaluate(() => {
    const tops = [...document.querySelectorAll<HTMLElement>('.scene')].map((card) => card.offsetTop)
    return tops.filter((top) => top === tops[0]).length
  })
  expect(await focused(page)).toContain(scenes[columns].title)
  // Letters are keys of the page below, which has to wait.
  await page.keyboard.press('p')
  expect(await page.locator('.panel').isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await focused(page)).toBe('Gallery')
  const before = await settingsOf(page)
  await page.keyboard.press('g')
  await dialog.waitFor()
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('cards are links to what they show, each with its picture', async () => {
  const { page, expectQuiet } = await openPlain()
  await page.keyboard.press('g')
  await page.locator('.scene').first().waitFor()
  const found = await page.locator('.scene').evaluateAll((cards) =>
    cards.map((card) => ({
      href: card.getAttribute('href'),
      text: [...card.querySelectorAll('b, span')].map(({ textContent }) => textContent),
    })),
  )
  expect(found).toEqual(
    scenes.map(({ query, title, sentence }) => ({ href: query, text: [title, sentence] })),
  )
  const loaded = () =>
    page
      .locator('.scene img')
      .evaluateAll((all) =>
        all.map((image) => [
          (image as HTMLImageElement).naturalWidth,
          (image as HTMLImageElement).naturalHeight,
        ]),
      )
  await expect.poll(loaded).toEqual(scenes.map(() => [320, 200]))
  expectQuiet()
})

test('a click shows the scene in place, and the address follows', async () => {
  const { page, expectQuiet } = await open()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.keyboard.press('g')
  await link(page, 'runaway').click()
  await page.getByRole('dialog', { name: 'Gallery' }).waitFor({ state: 'hidden' })
  const { query, sentence } = sceneNamed('runaway')
  await expect.poll(() => settingsOf(page)).toEqual(readAddress(query).settings)
  await expect.poll(() => new URL(page.url()).search).toBe(query)
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  expect(await page.locator('.notice').allTextContents()).toEqual([
    expect.stringContaining(sentence),
  ])
  // It does not play: the step is part of the scene.
  await page.evaluate('frames(5)')
  expect((await settingsOf(page)).step).toBe(16)
  expectQuiet()
})

test('a scene that plays by itself plays', async () => {
  const { page, expectQuiet } = await open()
  await page.keyboard.press('g')
  await link(page, 'exercise').click()
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(3)
  const { step: _, ...shown } = await settingsOf(page)
  const { step: __, ...wanted } = readAddress(sceneNamed('exercise').query).settings
  expect(shown).toEqual(wanted)
  expectQuiet()
})

test('its caption comes by a key, and goes with what it tells of', async () => {
  const { page, expectQuiet } = await open()
  await page.keyboard.press('c')
  await expect.poll(() => page.locator('.notice').allTextContents()).toHaveLength(1)
  await page.keyboard.press('g')
  await link(page, 'runaway').click()
  await page.keyboard.press('c')
  const caption = page.locator('.caption')
  await caption.waitFor()
  const { title, sentence } = sceneNamed('runaway')
  expect(await caption.textContent()).toBe(`${title} ${sentence}`)
  const size = await caption.evaluate((element) =>
    Number.parseFloat(getComputedStyle(element).fontSize),
  )
  expect(size).toBeCloseTo(0.022 * viewport.width, 1)
  // All of the page above it, and nothing under it.
  const boxes = await page.evaluate(() =>
    ['.page', '.caption'].map((name) => {
      const { top, bottom } = document.querySelector(name)!.getBoundingClientRect()
      return [Math.round(top), Math.round(bottom)]
    }),
  )
  expect(boxes[0][0]).toBe(0)
  expect(boxes[0][1]).toBe(boxes[1][0])
  expect(boxes[1][1]).toBe(viewport.height)
  await apply(page, { camera: { azimuth: 50 } })
  expect(await caption.isVisible()).toBe(true)
  await apply(page, { why: { rate: 0.05 } })
  await caption.waitFor({ state: 'hidden' })
  expectQuiet()
})

test('doing what a caption says leaves it where it is', async () => {
  const { page, expectQuiet } = await openNew()
  await page.keyboard.press('g')
  await link(page, 'stripes').click()
  await page.keyboard.press('c')
  const caption = page.locator('.caption')
  await caption.waitFor()
  const { map } = await settingsOf(page)
  // The map has to be there before it is zoomed.
  await apply(page, {})
  await page.keyboard.press('+')
  await expect.poll(async () => (await settingsOf(page)).map.columns).not.toEqual(map.columns)
  await page.evaluate('frames(3)')
  expect(await caption.isVisible()).toBe(true)
  await apply(page, { map: { axes: 'w,log10Rate' } })
  await caption.waitFor({ state: 'hidden' })
  expectQuiet()
})

test('a page that was opened by the link of a card knows its scene', async () => {
  const { query, title } = sceneNamed('exercise')
  const { page, expectQuiet } = await openPlain(query)
  const notices = await page.locator('.notice').allTextContents()
  await page.keyboard.press('c')
  await page.locator('.caption b', { hasText: title }).waitFor()
  // None has come; on a slow machine the old one has gone.
  const left = await page.locator('.notice').allTextContents()
  expect(notices).toEqual(expect.arrayContaining(left))
  const openGallery = async () => {
    await page.keyboard.press('g')
    await page.locator('.gallery[open]').waitFor()
  }
  await openGallery()
  expect(await page.locator('.scene[aria-current] b').allTextContents()).toEqual([title])
  await page.keyboard.press('Escape')
  await apply(page, { steps: 999 })
  await page.locator('.caption').waitFor({ state: 'hidden' })
  await openGallery()
  expect(await page.locator('.scene[aria-current]').count()).toBe(0)
  // The way back leads to it, too.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await openGallery()
  expect(await page.locator('.scene[aria-current] b').allTextContents()).toEqual([title])
  expectQuiet()
})

test('on a telephone captions are switched on by touch, and stay on from scene to scene', async () => {
  const { page, expectQuiet } = await plain.open({
    query: small,
    viewport: { width: 390, height: 844 },
    context: { hasTouch: true, isMobile: true },
  })
  await settled(page)
  // That there are no graphics here.
  const notices = await page.locator('.notice').allTextContents()
  const gallery = page.getByRole('button', { name: 'Gallery' })
  const captions = page.getByRole('button', { name: 'Captions' })
  const tab = () => page.evaluate(() => document.querySelector<HTMLElement>('.page')!.dataset.tab)
  await gallery.tap()
  await captions.tap()
  expect(await captions.getAttribute('aria-pressed')).toBe('true')
  const buttons = await page.locator('.gallery-head button:visible').evaluateAll((all) =>
    all.map((button) => {
      const { left, right, width, height } = button.getBoundingClientRect()
      return { isInside: left >= 0 && right <= innerWidth, smallest: Math.min(width, height) }
    }),
  )
  expect(buttons).toHaveLength(5)
  for (const { isInside, smallest } of buttons) {
    expect(isInside).toBe(true)
    expect(smallest).toBeGreaterThanOrEqual(44)
  }
  for (const name of ['threeMinima', 'bothLosses']) {
    await link(page, name).tap()
    await page.locator('.caption b', { hasText: sceneNamed(name).title }).waitFor()
    // The subject of the scene, whatever was looked at before.
    await expect.poll(tab).toBe('map')
    await page.locator('[data-tab=data].tab').tap()
    await expect.poll(tab).toBe('data')
    await gallery.tap()
  }
  await captions.tap()
  expect(await captions.getAttribute('aria-pressed')).toBe('false')
  expect(await page.locator('.caption').isVisible()).toBe(false)
  // None has come; on a slow machine the old one has gone.
  const left = await page.locator('.notice').allTextContents()
  expect(notices).toEqual(expect.arrayContaining(left))
  expectQuiet()
})

test('Undo after a scene, or after Reset, restores step and camera, too', async () => {
  const { page, expectQuiet } = await openPlain('?v=1&grid=64&side=4&step=33&az=80&dist=3')
  const before = await settingsOf(page)
  await page.keyboard.press('g')
  await link(page, 'exercise').click()
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(3)
  await page.keyboard.press('Control+z')
  await expect.poll(() => settingsOf(page)).toEqual(before)
  // It does not play on from there.
  await page.evaluate('frames(5)')
  expect(await settingsOf(page)).toEqual(before)
  await page.getByRole('button', { name: 'Reset all' }).click()
  expect(await settingsOf(page)).toEqual(defaultsFor('processor'))
  await page.keyboard.press('Control+z')
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('an ending lit on one map is not lit on that of a scene', async () => {
  const { page, expectQuiet } = await browser.visit({
    viewport,
    query: '?v=1&lens=starts&map=64&grid=64&step=0',
  })
  const lit = page.locator('.outcome-name[aria-pressed=true]')
  await page.locator('.outcome-name').first().click()
  await expect.poll(() => lit.count()).toBe(1)
  await page.keyboard.press('g')
  await link(page, 'threeMinima').click()
  await expect.poll(async () => (await settingsOf(page)).steps).toBe(1000)
  // Resolves when the scene is shown.
  await apply(page, {})
  await page.evaluate('frames(3)')
  expect(await lit.count()).toBe(0)
  expect(await page.locator('.outcome-name', { hasText: '3' }).count()).toBe(1)
  expectQuiet()
})

test('?bench measures the engine of the page, until it is cancelled', async () => {
  const { page, expectQuiet } = await openPlain(`${small}&bench`)
  const dialog = page.getByRole('dialog', { name: 'Benchmark' })
  await dialog.getByRole('row', { name: 'Gradient descent, 5 points' }).waitFor()
  expect(await dialog.textContent()).toMatch(
    /CPU, \d+ workers?\. Mozilla.*512 steps recomputed in 64 bits: within the permitted intervals\s*[\d.]+ [kMG] steps\/s/s,
  )
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('status').filter({ hasText: 'Cancelled.' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  // The engine still serves the page.
  await apply(page, { steps: 20 })
  expectQuiet()
})
