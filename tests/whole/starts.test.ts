/** The lens of starts as a person uses it. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type OpenedPage, useBrowser } from '../setup/page'
import { apply, boxOf, pointerRead, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const viewport = { width: 1100, height: 680 }

const small = '?v=1&lens=starts&grid=64&side=8&step=0&map=64'

async function open(query = '', on = browser) {
  return shown(await on.visit({ viewport, query: small + query }))
}

/** A new page, which needs a context of its own. */
async function openNew(context: BrowserContextOptions) {
  const opened = await browser.open({ viewport, query: small, context })
  await settled(opened.page)
  return shown(opened)
}

async function shown(opened: OpenedPage): Promise<OpenedPage> {
  await opened.page.locator('.outcome-name').first().waitFor()
  return opened
}

/** A pixel of the large map at shares of its box; the margins of the axes are left out. */
async function pixelOf(page: Page, u: number, v: number): Promise<[x: number, y: number]> {
  const { x, y, width, height } = await boxOf(page, '.large-hole:first-child')
  return [x + 44 + u * (width - 58), y + 22 + (1 - v) * (height - 60)]
}

const endings = (page: Page) =>
  page
    .locator('.outcome-table tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))

const ending = (page: Page) => page.locator('.readout-ending').textContent()

test('the shares of the table are those of classify', async () => {
  const { page, expectQuiet } = await open()
  const shown = await endings(page)
  const { outcome, minimum } = await page.evaluate(async () => {
    const found = await window.steepest.classify({
      w: [-6, 10, 64],
      b: [-8, 8, 64],
      learningRate: 10,
      steps: 300,
    })
    return { outcome: [...found.outcome], minimum: [...found.minimum] }
  })
  const share = (wanted: (code: number, index: number) => boolean) =>
    outcome.filter((code, i) => wanted(code, minimum[i])).length / outcome.length
  const first = share((code, index) => code === 0 && index === 0)
  expect(shown[0][0]).toBe('minimum 1')
  expect(Number.parseFloat(shown[0][1] ?? '')).toBeCloseTo(first * 100, 0)
  const moving = shown.find(([name]) => name === 'moving')
  expect(Number.parseFloat(moving?.[1] ?? '')).toBeCloseTo(share((code) => code === 3) * 100, 0)
  expectQuiet()
})

test('the lens is a tab, by click and by keyboard, and stands in the address', async () => {
  const { page } = await plain.open({ viewport, query: '?grid=64&side=8&step=0&map=64' })
  await settled(page)
  await page.locator('[role=tab][data-lens=starts]').click()
  await expect.poll(() => page.url()).toContain('lens=starts')
  await page.locator('.outcome-name').first().waitFor()
  const { width } = await boxOf(page, '.large-hole:first-child')
  expect(width).toBeGreaterThan((await boxOf(page, '.map-hole')).width)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await settingsOf(page)).lens).toBe('descend')
})

test('hover says how it ends; a click runs that start on stage and timeline', async () => {
  const { page, expectQuiet } = await open()
  const [x, y] = await pixelOf(page, 0.41, 0.49)
  await page.mouse.move(x, y)
  await expect.poll(() => ending(page)).toMatch(/^minimum 1 · after \d+ steps · final loss 0.0244$/)
  await page.mouse.click(x, y)
  await expect.poll(async () => (await settingsOf(page)).start).not.toEqual([-2, 4])
  const { start } = await settingsOf(page)
  expect(start[0]).toBeCloseTo(-6 + 0.41 * 16, 0)
  // The timeline's own number, of the run from there.
  await page.keyboard.press('End')
  await expect.poll(() => page.locator('.timeline').textContent()).toContain('loss 0.0244')
  expectQuiet()
})

test('a cycle is told with its period, and a place of the stage is none of a map of rates', async () => {
  const { page } = await open('&axes=w,log10Rate&run=gradientDescent:40')
  // Between the limits 18 and 39 of both minima the sharp one has cycles around it.
  const [x, y] = await pixelOf(page, 0.41, (Math.log10(60) + 2) / 5)
  await page.mouse.move(x, y)
  await expect.poll(() => ending(page)).toMatch(/^oscillating · (period \d|no period up to 8) · /)
  const stage = await boxOf(page, '.map-hole')
  await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2)
  await expect.poll(() => ending(page)).toBe('')
})

test('wheel, rectangle, back and home; the address has the part', async () => {
  // At half a pixel for a CSS pixel the browser's protocol doubles what a wheel turns.
  const { page, expectQuiet } = await openNew({ deviceScaleFactor: 1 })
  const [x, y] = await pixelOf(page, 0.5, 0.5)
  await page.mouse.move(x, y)
  await page.mouse.wheel(0, -240)
  await expect.poll(async () => (await settingsOf(page)).map.columns).not.toBeNull()
  const wheeled = (await settingsOf(page)).map
  expect((wheeled.columns?.[1] ?? 0) - (wheeled.columns?.[0] ?? 0)).toBeCloseTo(8, 1)
  await page.waitForTimeout(700)

  const [x0, y0] = await pixelOf(page, 0.25, 0.25)
  const [x1, y1] = await pixelOf(page, 0.75, 0.5)
  await page.mouse.move(x0, y0)
  await page.mouse.down()
  await page.mouse.move(x1, y1, { steps: 3 })
  await page.mouse.up()
  await expect
    .poll(async () => {
      const { columns } = (await settingsOf(page)).map
      return (columns?.[1] ?? 0) - (columns?.[0] ?? 0)
    })
    .toBeCloseTo(4, 1)
  expect(page.url()).toMatch(/mapx=-?[\d.]+&mapy=/)

  await page.locator('[aria-label=Back]').click()
  await expect.poll(async () => (await settingsOf(page)).map).toEqual(wheeled)
  await page.locator('[aria-label=Home]').click()
  await expect.poll(async () => (await settingsOf(page)).map.columns).toBeNull()
  expectQuiet()
})

test('the zoom stops where neighbours are 8 steps of f32 apart, and says why', async () => {
  const { page } = await open()
  const [x, y] = await pixelOf(page, 0.5, 0.5)
  await page.mouse.move(x, y)
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -1200)
  await page.getByText('The zoom ends here').first().waitFor()
  const { columns } = (await settingsOf(page)).map
  const [min, max] = columns ?? [0, 0]
  const step = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(min), Math.abs(max)))) - 23)
  expect((max - min) / 63 / step).toBeCloseTo(8, 1)
})

test('at any zoom a click takes the place under the pointer', async () => {
  const { page } = await open('&mapx=-2.001..-2&mapy=4..4.001')
  const [x, y] = await pixelOf(page, 0.25, 0.75)
  await page.mouse.click(x, y)
  await expect.poll(async () => (await settingsOf(page)).start).not.toEqual([-2, 4])
  const { start } = await settingsOf(page)
  expect(start[0]).toBeCloseTo(-2.00075, 5)
  expect(start[1]).toBeCloseTo(4.00075, 5)
})

test('there is no way back into the part of another map', async () => {
  const { page } = await open('&mapx=-1..1&mapy=-1..1', plain)
  await page.locator('[aria-label=Home]').click()
  const back = page.locator('[aria-label=Back]')
  await expect.poll(() => back.isEnabled()).toBe(true)
  await apply(page, { map: { axes: 'w,log10Rate' } })
  await expect.poll(() => back.isEnabled()).toBe(false)
})

test('two fingers on the map come nearer to what is between them, and take it along', async () => {
  const { page } = await openNew({ hasTouch: true })
  const [x, y] = await pixelOf(page, 0.5, 0.5)
  const client = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', gap: number, shift = 0) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [
              { x: x + shift - gap, y, id: 0 },
              { x: x + shift + gap, y, id: 1 },
            ],
    })
  await touch('touchStart', 40)
  await touch('touchMove', 60)
  await touch('touchMove', 80)
  await touch('touchEnd', 80)
  await expect
    .poll(async () => {
      const { columns } = (await settingsOf(page)).map
      return (columns?.[1] ?? 0) - (columns?.[0] ?? 0)
    })
    .toBeCloseTo(8, 0)
  // The middle of the map was between them, and stays where it was.
  const { columns } = (await settingsOf(page)).map
  expect(((columns?.[0] ?? 0) + (columns?.[1] ?? 0)) / 2).toBeCloseTo(2, 0)
  // Together they take the map along: an eighth of its width to the right.
  const [quarter] = await pixelOf(page, 0.25, 0.5)
  await touch('touchStart', 40)
  for (const share of [0.25, 0.5]) await touch('touchMove', 40, share * (x - quarter))
  await touch('touchEnd', 40)
  await expect
    .poll(async () => (await settingsOf(page)).map.columns?.[0])
    .toBeCloseTo((columns?.[0] ?? 0) - 1, 1)
  const moved = (await settingsOf(page)).map.columns
  expect((moved?.[1] ?? 0) - (moved?.[0] ?? 0)).toBeCloseTo(8, 0)
  expect((await settingsOf(page)).start).toEqual([-2, 4])
})

test('a map of rates: a click takes start and rate, and the limit is marked', async () => {
  const { page, expectQuiet } = await open('&axes=w,log10Rate')
  await page.getByText('limit of 1').waitFor()
  const [x, y] = await pixelOf(page, 0.25, 0.5)
  await page.mouse.click(x, y)
  await expect.poll(async () => (await settingsOf(page)).start[0]).toBeCloseTo(-2, 0)
  const { start, runners } = await settingsOf(page)
  expect(start[1]).toBe(4)
  expect(Math.log10(runners[0].learningRate)).toBeCloseTo(0.5, 1)
  expectQuiet()
})

test('both losses side by side: two basins against one, with linked cursors', async () => {
  const { page, expectQuiet } = await open('&both=1&run=gradientDescent:1&steps=1000')
  const names = page.locator('#labels span')
  await names.filter({ hasText: 'cross-entropy' }).waitFor()
  expect(await page.locator('.large-hole').count()).toBe(2)
  const [first, second] = await page.locator('.large-hole').all()
  expect((await first.boundingBox())?.x).toBeLessThan((await second.boundingBox())?.x ?? 0)
  // The place under the pointer is one for both.
  const box = await second.boundingBox()
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100)
  await pointerRead(page)
  await expect
    .poll(() => ending(page))
    .toMatch(/^squared error: .+ final loss [\d.]+\ncross-entropy: minimum 1 · .+ loss [\d.]+$/)
  // Convex: there is one basin, and what is not there yet is on its way.
  const sentence = page.locator('.outcome-sentence')
  await expect.poll(() => sentence.textContent()).toMatch(/Under cross-entropy: minimum 1 \d/)
  expect(await sentence.textContent()).not.toMatch(/cross-entropy: .*minimum 2/)
  expectQuiet()
})

test('a chosen bar and a chosen row say so, and a change of the rate follows', async () => {
  const { page, expectQuiet } = await open('', plain)
  const row = page.locator('[data-key^="minimum 0"]')
  await row.click()
  await expect.poll(() => row.getAttribute('aria-pressed')).toBe('true')
  const chart = page.locator('.histogram-chart').first()
  await chart.focus()
  await page.keyboard.press('ArrowRight')
  const text = page.locator('.histogram p').first()
  await expect.poll(() => text.textContent()).toMatch(/starts?: 0 to 1\./)
  expect(await row.getAttribute('aria-pressed')).toBe('false')
  await apply(page, {
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: 30 }],
  })
  // Above the limit of 18 the sharp minimum takes no start.
  await expect.poll(async () => (await endings(page))[0][0]).toBe('minimum 2')
  expectQuiet()
})

test('the processor computes the same lens', async () => {
  const { page, expectQuiet } = await open('', plain)
  expect((await endings(page))[0][0]).toBe('minimum 1')
  expectQuiet()
})

test('everything of the lens comes back from its address', async () => {
  const query =
    '&axes=log10Rate,b&mapx=0..1&mapy=-1..1&over=0&both=1&near=0.02&stay=8&window=32&rise=0.0001&flat=0.001&low=0.25'
  const { page } = await open(query, plain)
  const settings = await settingsOf(page)
  expect(settings.map).toEqual({
    axes: 'log10Rate,b',
    columns: [0, 1],
    rows: [-1, 1],
    perSide: 64,
    onSurface: false,
    bothLosses: true,
  })
  expect(settings.outcomes).toEqual({
    radius: 0.02,
    stay: 8,
    window: 32,
    rise: 0.0001,
    plateau: 0.001,
    receding: 0.25,
  })
})
