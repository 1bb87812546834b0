/** Tests what a site or a browser does around the page. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, settled } from './steepest'

const plain = useBrowser('none')
const viewport = { width: 1280, height: 800 }
const query = '?grid=64&side=8&map=64&steps=60&step=60&run=gradientDescent:10;momentum:2'

const boxes = (page: Page) =>
  page.evaluate(() =>
    ['.flat-map', '.map-hole', '.panel', '.data-card'].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector)!.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )

test('written from right to left around it, the page stays where it is', async () => {
  const usual = await plain.open({ viewport, query })
  await settled(usual.page)
  const turned = await plain.open({
    viewport,
    query,
    before: () =>
      addEventListener('DOMContentLoaded', () => {
        document.documentElement.dir = 'rtl'
      }),
  })
  await settled(turned.page)
  expect(await boxes(turned.page)).toEqual(await boxes(usual.page))
})

test('text for screen readers alone is inside of what is clipped', async () => {
  const { page } = await plain.open({ viewport, query })
  await settled(page)
  const looks = [{ lens: 'starts' }, { lens: 'rates', rates: { part: 'crowd' } }]
  for (const look of looks) {
    await apply(page, look)
    await page.locator('.unseen caption').first().waitFor({ state: 'attached' })
    // Firefox does not clip the caption of a table that is clipped itself.
    const clipping = await page
      .locator('.unseen caption')
      .evaluateAll((captions) => captions.map((caption) => caption.closest('.unseen')?.tagName))
    expect(new Set(clipping)).toEqual(new Set(['DIV']))
  }
})
