/** Parts that are loaded when first used, where loading has failed once. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { settled } from './steepest'

const plain = useBrowser('none')

/** Tells what opens each part, what shows that all of it is there, and the way out. */
const parts: Record<
  string,
  { open(page: Page): Promise<void>; leave(page: Page): Promise<void>; sign: string }
> = {
  gallery: {
    open: (page) => page.keyboard.press('g'),
    leave: (page) => page.keyboard.press('Escape'),
    sign: '.gallery .scene',
  },
  starts: {
    open: (page) => page.click('.lenses [data-lens=starts]'),
    // The same tab again is another try as well.
    leave: async () => {},
    sign: '.outcome-name',
  },
  rates: {
    open: (page) => page.click('.lenses [data-lens=rates]'),
    leave: (page) => page.click('.lenses [data-lens=descend]'),
    sign: '.runner-line',
  },
}

test.for(Object.keys(parts))('%s: the next try loads it, with its style sheet', async (name) => {
  const { open, leave, sign } = parts[name]
  const opened = await plain.open({
    query: '?v=1&side=4&grid=64&map=64&steps=40&step=0',
    viewport: { width: 1280, height: 800 },
  })
  const { page, pageErrors } = opened
  await settled(page)
  await page.route('**/assets/**', (route) => route.abort())
  await open(page)
  const notice = page.locator('.notice', { hasText: 'could not be loaded' })
  await notice.waitFor()
  expect(await notice.textContent()).not.toMatch(/http|fetch|module|undefined/i)
  expect(await page.locator(sign).count()).toBe(0)
  await page.unroute('**/assets/**')
  await leave(page)
  await open(page)
  await page.locator(sign).first().waitFor()
  // Without its sheet a list item has a disc, and a line of a list is a block.
  const look = await page
    .locator(sign)
    .first()
    .evaluate((element) => getComputedStyle(element).display)
  expect(['grid', 'flex']).toContain(look)
  expect(pageErrors).toEqual([])
})
