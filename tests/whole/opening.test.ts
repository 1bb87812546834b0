/** Tests what a person finds on opening the page. */
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { boxOf, settled } from './steepest'

declare global {
  /** In the page of this test alone. */
  interface Window {
    submits: number
  }
}

const browser = useBrowser()
const small = { viewport: { width: 1024, height: 600 } }

test('the page opens, computes on the GPU, is ready, starts are running, and are checked live', async () => {
  const { page, expectQuiet } = await browser.open(small)
  await settled(page)
  const engine = await page.evaluate(() => window.steepest.engine)
  expect(engine?.kind).toBe('gpu')
  expect(engine?.name).toMatch(/\w/)
  const step = await page.evaluate(() => window.steepest.settings.step)
  await page.waitForFunction((before) => window.steepest.settings.step > before + 5, step)
  const status = page.locator('.status-line')
  await expect.poll(() => status.textContent()).toMatch(/oracle \d\.\d\d of permitted error ✓/)
  await expect.poll(() => status.textContent()).toMatch(/GPU · .+ steps\/s/)
  expectQuiet()
})

test('stage and map show a surface: many colours, not one', async () => {
  const { page, expectQuiet } = await browser.visit({ ...small, query: '?step=100&side=8' })
  for (const selector of ['.stage', '.map-hole']) {
    const { data, channels } = decode(await page.screenshot({ clip: await boxOf(page, selector) }))
    const colours = new Set<number>()
    for (let i = 0; i < data.length; i += channels) {
      colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
    }
    // A blank canvas has one colour; text and lines on it some tens.
    expect(colours.size, selector).toBeGreaterThan(500)
  }
  expectQuiet()
})

test('with reduced motion nothing moves, and the last step is shown', async () => {
  const { page, expectQuiet } = await browser.open({
    ...small,
    context: { reducedMotion: 'reduce' },
  })
  await settled(page)
  await expect.poll(() => page.evaluate(() => window.steepest.settings.step)).toBe(300)
  expect(await page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1)
  expectQuiet()
})

test('a page that is not playing draws nothing', async () => {
  const { page } = await browser.open({
    ...small,
    query: '?step=100',
    before: () => {
      window.submits = 0
      const { submit } = GPUQueue.prototype
      GPUQueue.prototype.submit = function (buffers) {
        window.submits++
        return submit.call(this, buffers)
      }
    },
  })
  await settled(page)
  const submits = () => page.evaluate(() => window.submits)
  // The live check and the frames that follow it come last; then nothing.
  await expect.poll(() => page.locator('.status-line').textContent()).toMatch(/oracle/)
  await page.evaluate(() => frames(10))
  const before = await submits()
  expect(before).toBeGreaterThan(0)
  await page.evaluate(() => frames(30))
  expect(await submits()).toBe(before)
  const waited = await page.evaluate(async () => {
    const seen = window.submits
    document.querySelector<HTMLInputElement>('.settings [type=checkbox]')!.click()
    let count = 0
    do {
      await new Promise(requestAnimationFrame)
      count++
    } while (window.submits === seen)
    return count
  })
  expect(waited, 'frames from a change to its drawing').toBe(1)
})

declare function frames(count: number): Promise<void>
