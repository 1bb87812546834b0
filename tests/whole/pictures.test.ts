/**
 * A few reference pictures of the canvas alone: text is left out, since fonts differ. After a
 * change that is meant to show, `STEEPEST_UPDATE_PICTURES=1 npm test -- tests/whole/pictures` writes
 * them anew; look at each before it is committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { decode, encode } from 'fast-png'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readAddress } from '../../src/settings/address'
import { useBrowser } from '../setup/page'
import { apply, boxOf, settled } from './steepest'

const browser = useBrowser()
const folder = new URL('./pictures/', import.meta.url)

/** No trails of chaotic descents: another version of SwiftShader may round a step differently. */
const scenes = [
  { name: 'surface', query: '?step=0&side=1&trails=0&grid=128', colorScheme: 'dark' },
  { name: 'trails', query: '?step=60&side=8&run=gradientDescent:2&grid=128', colorScheme: 'dark' },
  {
    name: 'linear',
    query: '?step=0&side=6&trails=0&grid=128&height=linear&colours=cividis&contours=0&az=-40',
    colorScheme: 'light',
  },
  {
    name: 'convex',
    query: '?step=80&side=6&loss=crossEntropy&run=gradientDescent:0.5&grid=128&el=90&az=0',
    colorScheme: 'light',
  },
] as const

// One page for all: opening one takes longer than drawing four.
test('the pictures are as they were', async () => {
  const { page, expectQuiet } = await browser.open({
    query: scenes[0].query,
    viewport: { width: 1024, height: 600 },
    context: { deviceScaleFactor: 1 },
  })
  await settled(page)
  for (const { name, query, colorScheme } of scenes) {
    await page.emulateMedia({ colorScheme })
    await apply(page, readAddress(query).settings)
    const found = await canvasOf(page)
    const file = new URL(`${name}.png`, folder)
    if (process.env.STEEPEST_UPDATE_PICTURES === '1') {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, encode(found))
    }
    expectAlike(name, found, decode(readFileSync(file)))
  }
  expectQuiet()
})

/** The canvas area without anything that lies over it. */
async function canvasOf(page: Page) {
  await page.evaluate(() => {
    const canvas = document.getElementById('stage-canvas') as HTMLElement
    document.body.style.visibility = 'hidden'
    canvas.style.visibility = 'visible'
  })
  const picture = decode(await page.screenshot({ clip: await boxOf(page, '#stage-canvas') }))
  expect(picture.channels).toBe(3)
  return picture
}

type Picture = ReturnType<typeof decode>

/** Three bounds at once, in steps of 255: 95 % within 1, the mean below 0.1, none 10 or more. */
function expectAlike(name: string, found: Picture, wanted: Picture): void {
  expect([found.width, found.height], name).toEqual([wanted.width, wanted.height])
  const differences = Uint8Array.from(wanted.data, (value, i) => Math.abs(value - found.data[i]))
  differences.sort()
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  expect
    .soft(differences[Math.floor(differences.length * 0.95)], `${name}: 95th percentile`)
    .toBeLessThanOrEqual(1)
  expect.soft(mean, `${name}: mean`).toBeLessThan(0.1)
  expect.soft(differences[differences.length - 1], `${name}: largest`).toBeLessThan(10)
}
