/** For people who can not see well, who have no mouse, or no keyboard. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Settings } from '../../src/state/settings'
import { useBrowser } from '../setup/page'
import { apply, boxOf, settingsOf, settled } from './steepest'

const browser = useBrowser()

const pair = [
  { rule: { name: 'gradientDescent' }, learningRate: 10 },
  { rule: { name: 'momentum' }, learningRate: 2 },
]

/** Every lens and every part of one. */
const looks: readonly object[] = [
  { lens: 'descend' },
  { lens: 'starts' },
  { lens: 'rates', rates: { part: 'race' }, runners: pair },
  { lens: 'rates', rates: { part: 'sweep' } },
  { lens: 'rates', rates: { part: 'crowd' } },
  { lens: 'why', why: { part: 'step', map: 'first' } },
  { lens: 'why', why: { part: 'angle' } },
  { lens: 'why', why: { part: 'points', lesson: 9 } },
  { lens: 'why', why: { part: 'cubic', lesson: 0 } },
  { lens: 'why', why: { part: 'cubicAndSquare' } },
]

const cheap = '?v=1&grid=64&side=8&map=64&steps=60&step=5'

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )
}

describe.each(['dark', 'light'] as const)('in the %s theme', (colorScheme) => {
  // Axe takes a second for a look; the boxes of a small screen are those of one theme.
  const small = colorScheme === 'light' ? [{ width: 390, height: 844 }] : []
  test.each([{ width: 1280, height: 800 }, ...small])(
    'axe finds nothing in any lens at $width x $height',
    async (viewport) => {
      const { page } = await browser.open({ viewport, query: cheap, context: { colorScheme } })
      await settled(page)
      for (const look of looks) {
        await apply(page, look)
        // What a lens loads is there when its first texts are.
        await page.waitForTimeout(300)
        expect(await violations(page), JSON.stringify(look)).toEqual([])
      }
      await page.locator('body').press('?')
      expect(await violations(page), 'list of keys').toEqual([])
    },
  )
})

const lensOf = async (page: Page): Promise<Settings['lens']> => (await settingsOf(page)).lens

test('by keys alone: all lenses and their parts, the camera, the steps, a setting', async () => {
  const { page, expectQuiet } = await browser.open({
    viewport: { width: 1280, height: 800 },
    query: cheap,
  })
  await settled(page)
  const tabTo = async (selector: string) => {
    for (let i = 0; i < 150; i++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`150 presses of Tab do not reach ${selector}.`)
  }
  for (const key of ['a', 'w', 'e']) await page.keyboard.press(key)
  const { camera } = await settingsOf(page)
  expect(camera).toMatchObject({ azimuth: 30, elevation: 43, distance: 1.89 })
  await page.keyboard.press('l')
  const { pan } = (await settingsOf(page)).camera
  expect(pan[0]).toBeCloseTo(0.0945 * Math.cos(Math.PI / 6), 3)
  expect(pan[1]).toBeCloseTo(0.0945 * Math.sin(Math.PI / 6), 3)
  // Without a pointer the numbers are those of the start.
  const read = (name: string) => page.locator(`[data-name="${name}"]`).textContent()
  expect(await Promise.all(['at', 'w', 'b'].map(read))).toEqual(['start', '−2', '4'])
  expect(await read('gradient')).toMatch(/^\(−?[\d.]+, −?[\d.]+\)$/)
  await page.keyboard.press('ArrowRight')
  expect((await settingsOf(page)).step).toBe(6)
  for (const lens of ['starts', 'rates', 'why'] as const) {
    await tabTo('.lenses [aria-selected=true]')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => lensOf(page)).toBe(lens)
    await page.evaluate('frames(2)')
    if (lens !== 'starts') continue
    // What becomes of the start is said, and the map is moved where it can be zoomed.
    await expect
      .poll(() => page.locator('.readout-ending').textContent())
      .toMatch(/ · final loss [\d.]+$/)
    for (const key of ['+', 'l', 'i']) await page.keyboard.press(key)
    const { map, camera: still } = await settingsOf(page)
    expect([map.columns, map.rows]).toEqual([
      [-1.2, 6.8],
      [-3.2, 4.8],
    ])
    expect(still.pan).toEqual(pan)
  }
  await tabTo('.why-parts [aria-selected=true]')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await settingsOf(page)).why.part).toBe('cubicAndSquare')
  await page.evaluate('frames(2)')
  // f = w³ + b² at its own start.
  await expect.poll(() => read('loss')).toBe('2.73')
  expect(await Promise.all(['w', 'b', 'gradient'].map(read))).toEqual(['1.2', '1', '(4.32, 2)'])
  await tabTo('.lenses [aria-selected=true]')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => lensOf(page)).toBe('rates')
  await page.evaluate('frames(2)')
  await tabTo('.rates-parts [aria-selected=true]')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).rates.part).toBe('sweep')
  // Where the focus is can be seen.
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  expect(outline).toBe(true)
  await tabTo('.lil-gui input[type=range]')
  const before = await settingsOf(page)
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).start[0]).not.toBe(before.start[0])
  expectQuiet()
})

test('by touch alone: one finger orbits, two come nearer, a long press starts; all lenses', async () => {
  const { page, expectQuiet } = await browser.open({
    viewport: { width: 390, height: 844 },
    query: cheap,
    context: { hasTouch: true },
  })
  await settled(page)
  const client = await page.context().newCDPSession(page)
  const touch = (type: string, touchPoints: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints })
  const stage = await boxOf(page, '.stage')
  const at = (u: number, v: number) => ({
    x: stage.x + u * stage.width,
    y: stage.y + v * stage.height,
  })
  const { camera, start } = await settingsOf(page)
  // One finger.
  await touch('touchStart', [at(0.5, 0.8)])
  for (const u of [0.55, 0.6, 0.7]) await touch('touchMove', [at(u, 0.8)])
  await touch('touchEnd', [])
  await expect.poll(async () => (await settingsOf(page)).camera.azimuth).not.toBe(camera.azimuth)
  // Two fingers, apart.
  await touch('touchStart', [at(0.45, 0.8), at(0.55, 0.8)])
  for (const gap of [0.1, 0.2, 0.3])
    await touch('touchMove', [at(0.5 - gap, 0.8), at(0.5 + gap, 0.8)])
  await touch('touchEnd', [])
  await expect
    .poll(async () => (await settingsOf(page)).camera.distance)
    .toBeLessThan(camera.distance)
  await apply(page, { camera })
  // A tap points, and changes nothing.
  await touch('touchStart', [at(0.5, 0.5)])
  await touch('touchEnd', [])
  await page.waitForTimeout(300)
  expect((await settingsOf(page)).start).toEqual(start)
  // A long press.
  await touch('touchStart', [at(0.5, 0.5)])
  await page.waitForTimeout(700)
  await touch('touchEnd', [])
  await expect.poll(async () => (await settingsOf(page)).start).not.toEqual(start)
  for (const lens of ['starts', 'rates', 'why', 'descend'] as const) {
    await page.locator(`[data-lens=${lens}].tab`).tap()
    await expect.poll(() => lensOf(page)).toBe(lens)
  }
  await page.locator('.panel-toggle').tap()
  await page.locator('.panel').waitFor()
  expectQuiet()
})

test('a wheel over the panel scrolls it, and does not zoom the stage', async () => {
  const { page } = await browser.open({ viewport: { width: 1280, height: 800 }, query: cheap })
  await settled(page)
  const { camera } = await settingsOf(page)
  const panel = await boxOf(page, '.panel')
  await page.mouse.move(panel.x + panel.width / 2, panel.y + 200)
  await page.mouse.wheel(0, 300)
  await expect
    .poll(() => page.locator('.panel').evaluate((element) => element.scrollTop))
    .toBeGreaterThan(0)
  expect((await settingsOf(page)).camera).toEqual(camera)
  const stage = await boxOf(page, '.stage')
  await page.mouse.move(stage.x + 200, stage.y + 300)
  await page.mouse.wheel(0, 300)
  await expect
    .poll(async () => (await settingsOf(page)).camera.distance)
    .toBeGreaterThan(camera.distance)
})

test('what the pictures show is said in words, in every lens', async () => {
  const { page } = await browser.open({ viewport: { width: 960, height: 640 }, query: cheap })
  await settled(page)
  const words = () => page.locator('#stage-text').textContent()
  for (const [look, told] of [
    [{ lens: 'descend' }, /64 descents run down it.*Minimum 1 at \(0\.57.*after 5 of 60 steps/],
    [{ lens: 'starts' }, /minimum 1/],
    [{ lens: 'rates', runners: pair }, /momentum, η = 2: is at .* after 5 of 60 steps/],
    [{ lens: 'why', runners: [pair[0]] }, /The loss (falls|rises) by/],
    [{ why: { part: 'cubicAndSquare' } }, /The surface of w³ \+ b²/],
  ] as const) {
    await apply(page, look)
    await expect.poll(words, { message: JSON.stringify(look) }).toMatch(told)
  }
})
