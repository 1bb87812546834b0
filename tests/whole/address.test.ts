/** Settings in the address. */
import { expect, test } from 'vitest'
import { changeSettings } from '../../src/settings/change'
import { defaults } from '../../src/settings/settings'
import { useBrowser } from '../setup/page'
import { apply, settingsOf, settled } from './steepest'

const browser = useBrowser('none')
const viewport = { width: 800, height: 600 }
const quick = { view: { resolution: 64 }, starts: { perSide: 8 }, step: 40 }

test('a change is in the address, and another page opens with it', async () => {
  const { page, expectQuiet } = await browser.open({ viewport, query: '?step=1' })
  await settled(page)
  const history = await page.evaluate(() => window.history.length)
  const change = {
    ...quick,
    samples: [
      [0.5, 0.2],
      [2.5, 0.9],
    ],
    loss: 'half',
    start: [-2, -2],
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: 1 }],
    camera: { azimuth: 20, elevation: 50 },
    height: 'log',
  }
  await apply(page, change)
  const wanted = changeSettings(defaults, change).settings
  expect(await settingsOf(page)).toEqual(wanted)
  await expect.poll(() => page.url()).toContain('data=0.5,0.2;2.5,0.9&loss=half')
  expect(await page.evaluate(() => window.history.length)).toBe(history)
  const other = await browser.open({ viewport, query: new URL(page.url()).search })
  await settled(other.page)
  expect(await settingsOf(other.page)).toEqual(wanted)
  expectQuiet()
  other.expectQuiet()
})

test('bad values fall back to their defaults, and one notice names them', async () => {
  const query = '?v=1&steps=0&w=5..-5&data=%00&grid=64&side=8&evil=<script>alert(1)</script>&step=0'
  const { page, expectQuiet } = await browser.open({ viewport, query })
  await settled(page)
  expect(await settingsOf(page)).toEqual(
    changeSettings(defaults, { view: { resolution: 64 }, starts: { perSide: 8 } }).settings,
  )
  const notices = page.locator('.notice-error')
  expect(await notices.count()).toBe(1)
  const text = await notices.textContent()
  for (const name of ['steps', 'view.w', 'samples', 'evil']) expect(text).toContain(name)
  expectQuiet()
})

const many = Array.from({ length: 70 }, (_, i) => [i / 10 - 3.5, ((i * 7) % 10) / 10])

test('more points than a link holds: it says so, with the way that keeps them', async () => {
  const { page, expectQuiet } = await browser.open({ viewport, query: '?step=1&grid=64&side=8' })
  await settled(page)
  const copied: string[] = []
  await page.exposeFunction('copied', (text: string) => copied.push(text))
  await page.evaluate(() => {
    const writeText = (text: string) => Promise.resolve(Reflect.get(window, 'copied')(text))
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } })
  })
  await apply(page, { samples: many })
  await page.locator('[data-action="copyLink"]').click()
  await expect
    .poll(() => page.locator('.notice p').allTextContents())
    .toContain(
      'The link was copied. It leaves out the 70 points, because a link holds 64 at most; ' +
        'Save… puts all of them into a file of settings.',
    )
  expect(copied[0]).not.toContain('data=')
  expectQuiet()
})

test('a reload brings all settings back, also those that no address holds', async () => {
  const { page, expectQuiet } = await browser.open({ viewport, query: '?step=1&grid=64&side=8' })
  await settled(page)
  const rule = { name: 'miniBatch', batchSize: 60, order: 'given', seed: 1 }
  await apply(page, { samples: many, runners: [{ rule, learningRate: 1 }] })
  await expect
    .poll(() => page.locator('.notice p').allTextContents())
    .toContain(
      'The address leaves out the 70 points, because it holds 64 at most. A reload of this tab brings ' +
        'them back; Save… keeps them in a file.',
    )
  // The address follows after a moment, for which nobody waits.
  await apply(page, { step: 7 })
  const wanted = await settingsOf(page)
  await page.reload()
  await settled(page)
  expect(await settingsOf(page)).toEqual(wanted)
  // A link that somebody follows means what it says.
  await page.goto(page.url())
  await settled(page)
  expect((await settingsOf(page)).samples).toEqual(defaults.samples)
  expectQuiet()
})
