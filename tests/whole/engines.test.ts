/** Without WebGPU, without WebGL2, and with the processor asked for. */
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { noAdapterMessage, useBrowser } from '../setup/page'
import { boxOf, pointerRead, settingsOf, settled } from './steepest'

const viewport = { width: 1024, height: 640 }

const reasons = {
  'no-adapter': 'WebGPU found no graphics adapter it can use.',
  webgl: 'This browser does not offer WebGPU.',
  none: 'This browser does not offer WebGPU.',
} as const

for (const graphics of ['no-adapter', 'webgl', 'none'] as const) {
  const browser = useBrowser(graphics)
  test(`${graphics}: the processor computes, says so in one sentence, and all works`, async () => {
    const { page, expectQuiet } = await browser.open({ viewport, query: '?step=50' })
    // It goes after ten seconds, which a busy machine may take to settle.
    const notice = page.locator('.notice', { hasText: reasons[graphics] })
    await notice.waitFor()
    expect(await notice.count()).toBe(1)
    await settled(page)
    expect(await page.evaluate(() => window.steepest.engine)).toEqual({
      kind: 'cpu',
      name: expect.stringMatching(/^\d+ workers?$/),
    })
    // Smaller defaults.
    const { starts, view } = await settingsOf(page)
    expect([starts.perSide, view.resolution]).toEqual([16, 256])
    const before = (await settingsOf(page)).start
    const { x, y, width, height } = await boxOf(page, '.map-hole')
    await page.mouse.move(x + width * 0.6, y + height * 0.4)
    await pointerRead(page)
    await page.mouse.down()
    await page.mouse.up()
    await expect.poll(async () => (await settingsOf(page)).start).not.toEqual(before)
    expect(await page.locator('.status-line').textContent()).toContain('CPU')
    // WebGL2 by software tells on the console that a read-back waits.
    expectQuiet([noAdapterMessage])
  })
}

test('without any graphics the stage says why it is empty, and the map is drawn', async () => {
  const { page } = await none.open({ viewport, query: '?step=50' })
  await settled(page)
  expect(await page.locator('.stage-message').textContent()).toMatch(
    /^The stage is empty: .+ Map, timeline and numbers work without it\.$/,
  )
  const { data, channels } = decode(await page.screenshot({ clip: await boxOf(page, '.map-hole') }))
  const colours = new Set<number>()
  for (let i = 0; i < data.length; i += channels) {
    colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
  }
  expect(colours.size).toBeGreaterThan(50)
})
const none = useBrowser('none')

const webgpu = useBrowser('webgpu')
test('?engine=cpu takes the processor although there is a GPU', async () => {
  const { page, expectQuiet } = await webgpu.open({ viewport, query: '?engine=cpu&step=50' })
  await settled(page)
  expect((await page.evaluate(() => window.steepest.engine))?.kind).toBe('cpu')
  expect(await page.locator('.notice').count()).toBe(0)
  await page.evaluate(() => window.steepest.apply({ engine: 'gpu' }))
  expect((await page.evaluate(() => window.steepest.engine))?.kind).toBe('gpu')
  expectQuiet()
})

test('without any graphics the lens of starts has its map, its numbers and its zoom', async () => {
  const { page, expectQuiet } = await none.open({
    viewport,
    query: '?lens=starts&map=64&step=0&grid=64',
  })
  await settled(page)
  await page.locator('.outcome-name').first().waitFor()
  const canvas = page.locator('.large-hole canvas')
  const colours = await canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
    const hues = { orange: 0, blue: 0 }
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] > 1.3 * data[i + 1] && data[i + 2] < 40) hues.orange++
      if (data[i + 2] > 1.2 * data[i + 1] && data[i] < data[i + 1]) hues.blue++
    }
    return { orange: hues.orange / (data.length / 4), blue: hues.blue / (data.length / 4) }
  })
  // Both minima, with the shares that the table says, less the margins of the axes.
  expect(colours.orange).toBeGreaterThan(0.1)
  expect(colours.blue).toBeGreaterThan(0.3)
  await canvas.hover({ position: { x: 200, y: 150 } })
  await page.mouse.wheel(0, -100)
  await expect.poll(() => page.evaluate(() => window.steepest.settings.map.columns)).not.toBeNull()
  expectQuiet()
})
