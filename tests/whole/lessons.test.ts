/** The guided path, walked with the keyboard alone. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { lessons } from '../../src/lenses/why/lessons/lessons'
import { readAddress } from '../../src/settings/address'
import { useBrowser } from '../setup/page'
import { settingsOf, settled } from './steepest'

const browser = useBrowser('none')
const viewport = { width: 1280, height: 800 }

async function open(query: string) {
  const opened = await browser.open({ viewport, query: `?v=1&lens=why&grid=64&side=8${query}` })
  await settled(opened.page)
  await opened.page.locator('.lesson-begin, .lesson-title').first().waitFor({ state: 'attached' })
  return opened
}

const status = (page: Page) => page.locator('.lesson-status').textContent()

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`120 presses of Tab do not reach ${selector}.`)
}

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

/** Presses a key, and lets the page show what comes of it, until the lesson has noticed. */
async function pressUntilDone(page: Page, key: string, most: number): Promise<void> {
  for (let i = 0; i < most && (await status(page)) === ''; i++) {
    await page.keyboard.press(key)
    await page.evaluate('frames(2)')
  }
}

/** In the select of the panel with this name. */
async function choose(page: Page, name: string, key: string): Promise<void> {
  const id = await page
    .locator('.lil-controller', { has: page.getByText(name, { exact: true }) })
    .locator('select')
    .first()
    .getAttribute('aria-labelledby')
  await tabTo(page, `select[aria-labelledby="${id}"]`)
  await press(page, key)
}

/** Does what each lesson asks for, by keys. */
const acts: readonly ((page: Page) => Promise<void>)[] = [
  async (page) => {
    await tabTo(page, '.angle-slider input[type=range]')
    await press(page, 'Home')
  },
  async (page) => {
    await tabTo(page, '.cubic-host [role=slider]')
    await press(page, 'Tab')
    await pressUntilDone(page, 'ArrowLeft', 60)
  },
  (page) => choose(page, 'on surface', 'q'),
  async (page) => {
    await tabTo(page, '.rate-slider input[type=range]')
    await press(page, 'Home')
  },
  async (page) => {
    await tabTo(page, '.angle-slider input[type=range]')
    await press(page, 'Shift+ArrowLeft', 9)
  },
  async (page) => {
    await tabTo(page, '.rate-slider input[type=text]')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('100')
    await press(page, 'Enter')
  },
  (page) => press(page, 'ArrowRight', 3),
  (page) => choose(page, 'loss', 'ArrowDown'),
  async (page) => {
    await tabTo(page, '.point-table [data-point]')
    await pressUntilDone(page, 'ArrowDown', 5)
  },
  async (page) => {
    await tabTo(page, '.rate-slider input[type=range]')
    await pressUntilDone(page, 'ArrowRight', 200)
  },
]

test('ten lessons: each is opened, done and left by keys, and notices what was done', async () => {
  const { page, expectQuiet } = await open('')
  await tabTo(page, '.lesson-begin')
  await press(page, 'Enter')
  for (const [i, act] of acts.entries()) {
    await expect
      .poll(() => page.locator('.lesson-count').textContent())
      .toBe(`Lesson ${i + 1} of ${lessons.length}`)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className))
      .toBe('lesson-title')
    expect(await page.locator('.lesson-title').textContent()).toBe(lessons[i].title)
    // Long enough for a step of the last lesson to be taken for one of this.
    await page.waitForTimeout(300)
    expect(await status(page), lessons[i].title).toBe('')
    const height = await page
      .locator('.lesson-formula math')
      .first()
      .evaluate((formula) => formula.getBoundingClientRect().height)
    expect(height).toBeGreaterThan(10)
    await act(page)
    await expect.poll(() => status(page), { message: lessons[i].title }).toMatch(/^Done\. /)
    await tabTo(page, '.lesson-next')
    await press(page, 'Enter')
  }
  await expect.poll(async () => (await settingsOf(page)).why.lesson).toBe(0)
  await expect.poll(() => page.locator('.lesson').isVisible()).toBe(false)
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.classList.contains('lesson-begin')))
    .toBe(true)
  expectQuiet()
})

test('each lesson is a permalink: what it had set and what was done are there again', async () => {
  const { page } = await open('')
  for (const [i, lesson] of lessons.entries()) {
    if (i === 0) await page.locator('.lesson-begin').click()
    else await page.locator('.lesson-next').click()
    await expect.poll(async () => (await settingsOf(page)).why.lesson).toBe(i + 1)
    await expect.poll(() => page.url()).toMatch(new RegExp(`lesson=${i + 1}(&|$)`))
    const wanted = await settingsOf(page)
    const { settings, complaints } = readAddress(new URL(page.url()).search)
    expect({ settings, complaints }).toEqual({ settings: wanted, complaints: [] })
    // A page takes two seconds to open: the first, one in between, and the last.
    if (![0, 4, lessons.length - 1].includes(i)) continue
    // Small, as drawing in software costs by the pixel.
    const small = { width: 640, height: 480 }
    const again = await browser.open({ viewport: small, query: new URL(page.url()).search })
    await settled(again.page)
    await expect.poll(() => again.page.locator('.lesson-title').textContent()).toBe(lesson.title)
    expect(await settingsOf(again.page)).toEqual(wanted)
    await expect
      .poll(() => again.page.locator('.lesson-text').textContent())
      .toBe(await page.locator('.lesson-text').textContent())
    expect(await again.page.locator('.lesson-formula').textContent()).toBe(
      await page.locator('.lesson-formula').textContent(),
    )
    again.expectQuiet()
    await again.close()
  }
  await page.locator('.lesson-back').click()
  await expect.poll(async () => (await settingsOf(page)).why.lesson).toBe(lessons.length - 1)
  await page.locator('.lesson-leave').click()
  await expect.poll(() => page.url()).not.toContain('lesson=')
})

test('on a telephone a lesson opens the sheet, and the part that it looks at is above it', async () => {
  const { page } = await browser.open({
    viewport: { width: 390, height: 844 },
    query: '?v=1&lens=why&grid=64&side=8&lesson=9&why=points',
    context: { hasTouch: true },
  })
  await settled(page)
  await page.locator('.lesson-title').waitFor()
  const [table, title, next] = await Promise.all(
    ['.point-table', '.lesson-title', '.lesson-next'].map((selector) =>
      page.locator(selector).boundingBox(),
    ),
  )
  expect(table!.y).toBeLessThan(title!.y)
  expect(next!.y + next!.height).toBeLessThanOrEqual(860)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
