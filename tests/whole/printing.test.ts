/** Printing: as on the screen, on one sheet. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Graphics, useBrowser } from '../setup/page'
import { settled } from './steepest'

const browsers: Partial<Record<Graphics, ReturnType<typeof useBrowser>>> = {
  webgpu: useBrowser(),
  webgl: useBrowser('webgl'),
}
const viewport = { width: 1280, height: 800 }
const query = '?step=150&grid=64&side=8'

const boxes = (page: Page) =>
  page.evaluate(() =>
    ['.stage', '.map-hole', '.data-card', '.panel', '.timeline'].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector)!.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )

/** The number of colours in a part of the copied stage; an empty one has a single colour. */
const coloursOf = (page: Page, selector: string) =>
  page.evaluate((part) => {
    const copy = document.querySelector<HTMLCanvasElement>('.printed-stage')!
    const [whole, box] = [copy, document.querySelector(part)!].map((e) => e.getBoundingClientRect())
    const scale = copy.width / whole.width
    const { data } = copy
      .getContext('2d')!
      .getImageData((box.x - whole.x) * scale, (box.y - whole.y) * scale, 200, 100)
    return new Set(new Uint32Array(data.buffer)).size
  }, selector)

test.for(['webgpu', 'webgl'] as const)('surface and map stand on the paper, %s', async (kind) => {
  const { page, expectQuiet } = await browsers[kind]!.open({ viewport, query })
  await settled(page)
  const before = await boxes(page)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  // A browser asks for the width of the paper in place of the window's.
  await page.setViewportSize({ width: 760, height: 1000 })
  expect(await boxes(page)).toEqual(before)
  for (const part of ['.stage', '.map-hole']) {
    expect(await coloursOf(page, part), part).toBeGreaterThan(100)
  }
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize(viewport)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  expect(await boxes(page)).toEqual(before)
  expect(await page.locator('.printed-stage').count()).toBe(0)
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  // Its own readings of the copy above.
  expectQuiet([/willReadFrequently/])
})
