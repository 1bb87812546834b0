/**
 * Makes the pictures of the gallery from the scenes' own addresses, in the built page. Ends with an
 * error where a scene does not show without complaint, or its picture is too large.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type {} from '../../src/app/pageApi'
import { readAddress } from '../../src/settings/address'
import { type Scene, scenes } from '../../src/settings/scenes'
import { withBrowser, withServed } from '../bench/browser'
import { largestPicture, pictureFolder, pictureSize } from './size'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Small enough for text and lines to be seen when the picture is reduced. */
const viewport = { width: 1024, height: 640 }
const tall = { width: 1024, height: 900 }
const large = { width: 1280, height: 900 }

interface Frame {
  /** The part that is cut out of the page. */
  selector: string
  /** Share of the largest cut with the picture's proportions, and where its middle is. */
  share?: number
  at?: readonly [x: number, y: number]
  /** The step that is shown where the scene plays. */
  step?: number
  /** Texts over the stage stay. */
  labels?: boolean
  /** CSS pixels of the page, and how many of its own make one of them. */
  viewport?: { width: number; height: number }
  scale?: number
}

/** The plane without its ticks. */
const map = { selector: '.large-hole', share: 0.79, at: [0.53, 0.47] } as const

const stage = { selector: '.stage', share: 0.92, at: [0.5, 0.52] } as const

const frames: Readonly<Record<string, Frame>> = {
  million: { ...stage, share: 0.72, step: 30 },
  slow: { ...stage, step: 70 },
  fast: { ...stage, step: 14 },
  stripes: map,
  limits: map,
  bothLosses: {
    selector: '.outcome-maps',
    at: [0.5, 1],
    labels: true,
    viewport: { width: 1024, height: 700 },
  },
  threeMinima: { ...map, share: 0.88, at: [0.5, 0.45] },
  separable: { ...stage, step: 300 },
  exercise: { ...stage, step: 300 },
  momentum: { ...stage, step: 110 },
  race: { ...stage, step: 300 },
  crowd: { selector: '.small-maps-grid', viewport: tall },
  sweep: { selector: '.sweep-plots', at: [0.5, 1], viewport: tall },
  direction: { selector: '.dial-host', viewport: large, scale: 2 },
  trust: { selector: '.map-hole', share: 0.78, at: [0.57, 0.45], viewport: large, scale: 2 },
  bowl: { ...stage },
  runaway: { ...stage },
  lesson: { selector: '.lesson', at: [0.5, 0], viewport: large, scale: 2 },
}

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } })
  const wanted = values.only?.split(',') ?? scenes.map(({ name }) => name)
  const outDir = join(root, 'node_modules', '.cache', 'steepest-pictures')
  await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  mkdirSync(pictureFolder, { recursive: true })
  await withServed(root, outDir, (address) =>
    withBrowser(async (browser) => {
      for (const scene of scenes.filter(({ name }) => wanted.includes(name))) {
        const picture = await pictureOf(browser, address, scene)
        writeFileSync(new URL(`${scene.name}.webp`, pictureFolder), picture)
        console.log(`${scene.name.padEnd(14)} ${picture.length} bytes`)
      }
    }),
  )
}

async function pictureOf(browser: Browser, address: string, scene: Scene): Promise<Buffer> {
  const frame = frames[scene.name] ?? stage
  const context = await browser.newContext({
    viewport: frame.viewport ?? viewport,
    deviceScaleFactor: frame.scale ?? 1,
    colorScheme: 'dark',
    // So that it stands still at the step that is asked for.
    reducedMotion: 'reduce',
  })
  try {
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(address + scene.query)
    await page.waitForFunction(() => 'steepest' in window)
    await page.evaluate(() => window.steepest.ready)
    await prepare(page, frame)
    problems.push(...(await page.locator('.notice-error').allTextContents()))
    problems.push(...readAddress(scene.query).complaints)
    if (problems.length > 0) throw new Error(`The scene ${scene.name}: ${problems.join(' ')}`)
    return await reduced(page, await page.screenshot({ clip: await cut(page, frame) }), scene.name)
  } finally {
    await context.close()
  }
}

async function prepare(page: Page, { step, labels, selector }: Frame): Promise<void> {
  const css = `.readout, .legend, .notices, .rates-parts, .map-tools${labels ? '' : ', #labels'} { visibility: hidden }`
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)
  // The panel's place is the stage's.
  if (selector !== '.lesson') await page.keyboard.press('p')
  await page.locator(selector).first().waitFor()
  await page.waitForTimeout(500)
  await page.evaluate(
    (shown) => window.steepest.apply(shown === undefined ? {} : { step: shown }),
    step,
  )
  await page.waitForTimeout(500)
}

/** The largest rectangle of the picture's proportions in the box, times `share`. */
async function cut(page: Page, { selector, share = 1, at = [0.5, 0.5] }: Frame) {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`There is no ${selector} to be seen.`)
  const [columns, rows] = pictureSize
  const width = share * Math.min(box.width, (box.height * columns) / rows)
  const height = (width * rows) / columns
  const between = (low: number, size: number, part: number, middle: number) =>
    low + Math.min(Math.max(middle * size - part / 2, 0), Math.max(size - part, 0))
  return {
    x: between(box.x, box.width, width, at[0]),
    y: between(box.y, box.height, height, at[1]),
    width,
    height,
  }
}

/** Encodes as WebP, in the best quality that is small enough. */
async function reduced(page: Page, png: Buffer, name: string): Promise<Buffer> {
  const source = `data:image/png;base64,${png.toString('base64')}`
  for (const quality of [0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5]) {
    const bytes = await page.evaluate(
      async ([text, size, wanted]) => {
        const image = new Image()
        image.src = text
        await image.decode()
        // Halved as often as possible: one step over more pixels than two would leave some out.
        const drawn = (from: CanvasImageSource, width: number) => {
          const canvas = new OffscreenCanvas(width, Math.round((width * size[1]) / size[0]))
          const context = canvas.getContext('2d', { alpha: false })!
          context.imageSmoothingQuality = 'high'
          context.drawImage(from, 0, 0, canvas.width, canvas.height)
          return canvas
        }
        let canvas = drawn(image, Math.max(size[0], Math.ceil(image.width / 2)))
        while (canvas.width > size[0]) {
          canvas = drawn(canvas, Math.max(size[0], Math.ceil(canvas.width / 2)))
        }
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality: wanted })
        return [...new Uint8Array(await blob.arrayBuffer())]
      },
      [source, pictureSize, quality] as const,
    )
    if (bytes.length <= largestPicture) return Buffer.from(bytes)
  }
  throw new Error(`The picture of ${name} is larger than ${largestPicture} bytes in any quality.`)
}
