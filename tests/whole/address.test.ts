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
