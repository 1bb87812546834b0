/** For people who cannot see well, who have no mouse, or no keyboard. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Settings } from '../../src/settings/settings'
import { useBrowser } from '../setup/page'
import { apply, boxOf, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')

const pair = [
  { rule: { name: 'gradientDescent' }, learningRate: 10 },
  { rule: { name: 'momentum' }, learningRate: 2 },
]

/** Every lens and every part of one, with something that only it shows. */
const looks: readonly (readonly [settings: object, shown: string])[] = [
  [{ lens: 'descend' }, '.data-card .point'],
  [{ lens: 'starts' }, '.outcome-name'],
  [{ lens: 'rates', rates: { part: 'race' }, runners: pair }, '.score-card tbody tr'],
  [{ lens: 'rates', rates: { part: 'sweep' } }, '.sweep-strip'],
  [{ lens: 'rates', rates: { part: 'crowd' } }, '.small-maps [role=img]'],
  [{ lens: 'why', why: { part: 'step', map: 'first' } }, '.step-bars tr'],
  [{ lens: 'why', why: { part: 'angle' } }, '.angle-host [role=slider]'],
  [{ lens: 'why', why: { part: 'points', lesson: 9 } }, '.point-table [data-point]'],
  [{ lens: 'why', why: { part: 'cubic', lesson: 0 } }, '.cubic-host [role=slider]'],
  [{ lens: 'why', why: { part: 'cubicAndSquare' } }, '.slice'],
]

const cheap = '?v=1&grid=64&side=8&map=64&steps=60&step=5'

/** @param rules default all */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // Colours on their way from one theme to the other have the contrast of neither.
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
  // Otherwise it opens a second page for each look, to gather what is in frames; there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  axe.options({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
  const found = await axe.analyze()
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )
}

const large = { width: 1280, height: 800 }
const small = { width: 390, height: 844 }

const schemes = ['dark', 'light'] as const
const rulesOfColours = ['color-contrast', 'link-in-text-block']

test('axe finds nothing in any lens, in either theme', async () => {
  const { page } = await browser.visit({ viewport: large, query: cheap })
  await settled(page)
  for (const [look, shown] of looks) {
    await apply(page, look)
    await page.locator(shown).first().waitFor()
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate('frames(2)')
      // The other theme has the same elements in other colours.
      const found = await violations(page, colorScheme === 'dark' ? undefined : rulesOfColours)
      expect(found, `${colorScheme}: ${JSON.stringify(look)}`).toEqual([])
    }
  }
})

test('at 400 % everything can be scrolled into sight, and axe finds nothing', async () => {
  const viewport = { width: 320, height: 256 }
  const { page } = await plain.open({ viewport, query: cheap })
  await settled(page)
  for (const [look, shown] of looks) {
    await apply(page, look)
    for (const name of ['surface', 'map', 'data', 'numbers']) {
      const tab = page.locator(`.tab-list [data-tab="${name}"]`)
      if (!(await tab.isVisible())) continue
      await tab.click()
      await page.evaluate('frames(2)')
      const { width, height, field } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        height: document.documentElement.scrollHeight,
        field: document.querySelector('.field')!.getBoundingClientRect().height,
      }))
      expect(width, JSON.stringify(look)).toBe(320)
      expect(height).toBeGreaterThan(500)
      expect(field).toBeGreaterThanOrEqual(320)
    }
    const part = page.locator(shown).first()
    if (await part.isVisible()) await part.scrollIntoViewIfNeeded()
    expect(await violations(page), JSON.stringify(look)).toEqual([])
  }
  const toggle = page.locator('.panel-toggle')
  // The lesson has opened the sheet.
  await toggle.click()
  await toggle.click()
  const panel = await boxOf(page, '.panel')
  expect(panel.y).toBeLessThan(256)
})

// The boxes of one size in one theme, those of the other in the other: a look takes a second.
test.each(schemes)('nor in a dialog, in the %s theme', async (colorScheme) => {
  const viewport = colorScheme === 'dark' ? large : small
  const { page } = await plain.open({ viewport, query: cheap, context: { colorScheme } })
  await settled(page)
  for (const [name, open] of Object.entries(dialogs)) {
    await open(page)
    expect(await violations(page), name).toEqual([])
  }
})

/** Each begins where the one before it is left. */
const dialogs: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'list of keys'(page) {
    await page.locator('body').press('?')
    await page.locator('.keys[open]').waitFor()
  },
  async gallery(page) {
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.locator('.gallery[open]').waitFor()
  },
  async caption(page) {
    // Only a scene has one.
    await page.locator('.scene[href*="why=angle&eta=40"]').click()
    await page.locator('body').press('c')
    await page.locator('.caption').waitFor()
  },
  async save(page) {
    await page.locator('[data-action=save]').click()
    await page.locator('.save[open]').waitFor()
  },
  async benchmark(page) {
    await page.keyboard.press('Escape')
    await page.locator('body').press('g')
    await page.locator('.gallery [data-act=benchmark]').click()
    await page.locator('.benchmark [data-act=close]').click()
    await page.locator('.benchmark-status', { hasText: 'Cancelled' }).waitFor()
  },
  async editor(page) {
    await page.keyboard.press('Escape')
    await apply(page, { lens: 'descend' })
    // On a small screen the data have a tab.
    await page.evaluate(() => document.querySelector<HTMLElement>('.edit-button')?.click())
    await page.locator('.data-editor[open] [data-point="0"]').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('.data-editor [aria-selected=true]').waitFor()
  },
  async 'report of the editor'(page) {
    await page.evaluate(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'x;y\n1;0,5\n2;abc\n')
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      document.activeElement?.dispatchEvent(event)
    })
    await page.locator('.editor-report').waitFor()
  },
}

test.each(['dark', 'light'] as const)(
  'where more contrast is asked for, in the %s theme, texts and lines have more of it',
  async (colorScheme) => {
    const { page } = await plain.open({ query: cheap, context: { colorScheme } })
    await settled(page)
    const ratios = async (contrast: 'more' | 'no-preference') => {
      await page.emulateMedia({ contrast })
      await page.evaluate('frames(2)')
      if (contrast === 'more') expect(await violations(page)).toEqual([])
      const { muted, border } = await page.evaluate(() => {
        const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector)!)
        return {
          muted: [styleOf('.status').color, styleOf('.header').backgroundColor],
          border: [styleOf('.header').borderBottomColor, styleOf('.header').backgroundColor],
        }
      })
      return [contrastOf(muted), contrastOf(border)]
    }
    const [before, after] = [await ratios('no-preference'), await ratios('more')]
    expect(after[0]).toBeGreaterThan(Math.max(12, before[0] * 1.5))
    expect(after[1]).toBeGreaterThan(Math.max(3, before[1] * 1.5))
  },
)

/** The contrast of two colours as rgb(...), by WCAG 2. */
function contrastOf(colours: readonly string[]): number {
  const [dark, bright] = colours
    .map((colour) => {
      const [red, green, blue] = colour.match(/\d+/g)!.map((part) => {
        const share = Number(part) / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    })
    .sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

test('under forced colours what is chosen is told by colours of the system', async () => {
  const context = { forcedColors: 'active' } as const
  const viewport = { width: 1280, height: 800 }
  const { page, expectQuiet } = await plain.open({ query: cheap, viewport, context })
  await settled(page)
  const look = (selector: string) =>
    page.evaluate((wanted) => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector(wanted)!)
      return `${color} on ${backgroundColor}`
    }, selector)
  const chosen = await page.evaluate(() => {
    const probe = document.createElement('p')
    probe.style.cssText = 'color: HighlightText; background: Highlight; forced-color-adjust: none'
    document.body.append(probe)
    const { color, backgroundColor } = getComputedStyle(probe)
    probe.remove()
    return `${color} on ${backgroundColor}`
  })
  const pairs = async (selectors: readonly (readonly [chosen: string, other: string])[]) => {
    for (const [is, isNot] of selectors) {
      await expect.poll(() => look(is), { message: is }).toBe(chosen)
      expect(await look(isNot), isNot).not.toBe(chosen)
    }
  }
  await pairs([
    ['.lenses [aria-selected=true]', '.lenses [aria-selected=false]'],
    ['.loop[aria-pressed=true]', '.transport [data-do=on]'],
  ])
  await page.locator('.edit-button').click()
  await page.locator('.data-editor[open] [data-point="0"]').waitFor()
  for (const key of ['ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
  await pairs([
    ['.data-table [data-point="1"] td', '.data-table [data-point="4"] td'],
    ['.data-table [data-point="2"] td', '.data-table [data-point="4"] td'],
  ])
  const outline = await page
    .locator('.data-table td.at')
    .evaluate((cell) => getComputedStyle(cell).outlineStyle)
  expect(outline).toBe('solid')
  await page.keyboard.press('Escape')
  await apply(page, { lens: 'why', why: { part: 'points' } })
  await page.locator('.point-table [data-point="1"]').focus()
  await pairs([
    ['.why-parts [aria-selected=true]', '.why-parts [aria-selected=false]'],
    ['.point-table .lit', '.point-table [data-point="0"]'],
  ])
  // An icon has the colour of the words beside it, a line of data its own.
  expect(
    await page.evaluate(() => {
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector)!)
      return {
        icon: styleOf('.play svg').color === styleOf('.play').color,
        line: styleOf('.data-svg .curve').stroke,
      }
    }),
  ).toEqual({ icon: true, line: 'rgb(10, 95, 192)' })
  expectQuiet()
})

const lensOf = async (page: Page): Promise<Settings['lens']> => (await settingsOf(page)).lens

test('by keys alone: all lenses and their parts, the camera, the steps, a setting', async () => {
  const { page, expectQuiet } = await browser.visit({
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
    // The page says what becomes of the start, and moves a map that can be zoomed.
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
  // One sees where the focus is.
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

test('by touch alone: one finger orbits, two fingers zoom, a long press sets the start; all lenses', async () => {
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
  const numbers = () => page.locator('.readout-pointer dd').allTextContents()
  const [at0, ...ofStart] = await numbers()
  expect([at0, ...ofStart.slice(0, 2)]).toEqual(['start', '−2', '4'])
  await touch('touchStart', [at(0.5, 0.5)])
  await touch('touchEnd', [])
  await expect.poll(async () => (await numbers())[0]).not.toBe('start')
  // The finger is gone, and its numbers stay to be read.
  await page.evaluate('frames(5)')
  const [, ...ofTap] = await numbers()
  expect(ofTap.filter((text) => /\d/.test(text))).toHaveLength(4)
  expect(ofTap.filter((text, i) => text === ofStart[i])).toEqual([])
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
  const { page } = await browser.visit({ viewport: { width: 1280, height: 800 }, query: cheap })
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

test('the contents of the pictures are described in words, in every lens', async () => {
  const { page } = await browser.visit({ viewport: { width: 960, height: 640 }, query: cheap })
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
