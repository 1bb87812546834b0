/** Figures of the built page in headless Chromium: opening it, its size, its frames. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type {} from '../../src/app/pageApi'
import { firstLoad } from '../setup/firstLoad.mjs'
import { withBrowser, withServed } from './browser'
import { type Measurement, measurement } from './contest'
import { pageShares } from './pageShare'
import { below, type Verdict } from './targets'

/** How long playing is observed, after as long to settle. */
const observedMilliseconds = 3000

export interface PageFigures {
  measurements: Measurement[]
  verdicts: Verdict[]
}

/** Opens the page in a fresh context for each round; the best round counts. */
export async function pageFigures(root: string, rounds: number): Promise<PageFigures> {
  const outDir = join(root, 'node_modules', '.cache', 'steepest-bench', 'page')
  await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  return withServed(root, outDir, (address) =>
    withBrowser(async (browser) => {
      let ready = Number.POSITIVE_INFINITY
      for (let round = 0; round < rounds; round++) {
        ready = Math.min(ready, await inFreshPage(browser, (page) => openPage(page, address)))
      }
      const { engine, frames, seconds } = await inFreshPage(browser, async (page) => {
        await openPage(page, address)
        return observePlaying(page)
      })
      const follow = await inFreshPage(browser, (page) => followRate(page, address))
      const crowd = await inFreshPage(browser, (page) => computeCrowd(page, address))
      const shares = await pageShares((use) => inFreshPage(browser, use), address)
      const adapter = `${engine}, Chromium ${browser.version()}`
      const job = (name: string, work: number) => ({ name, adapter, work })
      return {
        measurements: [
          measurement(job('page: opening to ready', 1), 'page', ready),
          measurement(job('page: main thread, frames', frames), 'page', seconds),
          measurement(job('page: rate to map, 128 x 128 x 500', 1), 'page', follow),
          measurement(
            job('page: 8 runners x 16384 x 500', 8 * 16_384 * 500),
            'page',
            crowd.seconds,
          ),
        ],
        verdicts: [
          ...shares,
          below('page: seconds from opening to ready', ready, 4),
          below('page: seconds from a rate to its map, 128 x 128 x 500', follow, 1),
          below('page: longest task in ms, 8 runners x 16384 x 500', crowd.longestTask, 50),
          below('page: first load, kB gzip', firstLoadOf(outDir), 330),
          below('page: main-thread ms of a frame', (1000 * seconds) / frames, 4),
        ],
      }
    }),
  )
}

async function inFreshPage<Result>(
  browser: Browser,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

/** @returns seconds from the beginning of the navigation until the first frame with data */
async function openPage(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'steepest' in window)
  return page.evaluate(async () => {
    await window.steepest.ready
    return performance.now() / 1000
  })
}

/**
 * Main-thread time and number of drawn frames while playing. It is the thread's own processor time, as
 * SwiftShader takes the cores away from it; presenting a frame in software is not in it.
 */
async function observePlaying(page: Page) {
  await keepPlaying(page)
  await page.waitForTimeout(observedMilliseconds)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await busy()
  const frames = await page.evaluate(countDrawnFrames, observedMilliseconds)
  const seconds = (await busy()) - before
  const engine = await page.evaluate(() => window.steepest.engine?.name ?? 'no engine')
  return { engine, frames, seconds }
}

/** Animation frames in which the stage was drawn; runs in the page. */
function countDrawnFrames(milliseconds: number): Promise<number> {
  const { prototype } = GPUCanvasContext
  const { getCurrentTexture } = prototype
  let isDrawn = false
  prototype.getCurrentTexture = function () {
    isDrawn = true
    return getCurrentTexture.call(this)
  }
  return new Promise((resolve) => {
    let frames = 0
    const end = performance.now() + milliseconds
    const count = () => {
      if (isDrawn) frames++
      isDrawn = false
      if (performance.now() < end) {
        requestAnimationFrame(count)
        return
      }
      prototype.getCurrentTexture = getCurrentTexture
      resolve(frames)
    }
    requestAnimationFrame(count)
  })
}

/** The page plays by itself after opening; only where it does not, the space bar starts it. */
async function keepPlaying(page: Page): Promise<void> {
  if (await isPlaying(page)) return
  await page.keyboard.press('Space')
  if (await isPlaying(page)) return
  throw new Error('The page does not play: its step stands still after the space bar was pressed.')
}

/** Ten seconds at most: on a busy machine a frame may take one, and the space bar would pause. */
async function isPlaying(page: Page): Promise<boolean> {
  const step = () => page.evaluate(() => window.steepest.settings.step)
  const first = await step()
  for (let tenth = 0; tenth < 100; tenth++) {
    await page.waitForTimeout(100)
    if ((await step()) !== first) return true
  }
  return false
}

/** kB (1000 bytes) that a page with a GPU loads first, as .size-limit.mjs counts them. */
function firstLoadOf(outDir: string): number {
  const bytes = firstLoad(outDir, 'gpu').map((path) => gzipSync(readFileSync(path)).length)
  return bytes.reduce((sum, size) => sum + size, 0) / 1000
}

/** @returns seconds from a change of the rate until its map of 128 x 128 starts x 500 steps is shown */
async function followRate(page: Page, address: string): Promise<number> {
  await page.goto(`${address}?lens=starts&map=128&steps=500&step=0`, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'steepest' in window)
  return page.evaluate(async () => {
    await window.steepest.ready
    const runner = (learningRate: number) => ({
      runners: [{ rule: { name: 'gradientDescent' }, learningRate }],
    })
    let best = Number.POSITIVE_INFINITY
    for (const rate of [5, 6, 7, 8]) {
      const begin = performance.now()
      await window.steepest.apply(runner(rate))
      best = Math.min(best, (performance.now() - begin) / 1000)
    }
    return best
  })
}

const eightRunners =
  'gradientDescent:10;momentum:2;nesterov:2;adagrad:0.5;rmsprop:0.05;adam:0.1;stochastic:2;newton:1'

/**
 * The maps of eight runners, once their programs are compiled.
 *
 * @returns seconds from the request until all are shown, and the milliseconds of the longest task of
 *   the main thread meanwhile; the browser reports those of 50 and more
 */
async function computeCrowd(page: Page, address: string) {
  const query = `?lens=rates&part=crowd&map=256&steps=500&step=0&run=${eightRunners}`
  await page.goto(address + query, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'steepest' in window)
  return page.evaluate(async () => {
    await window.steepest.ready
    let longestTask = 0
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration)
    })
    observer.observe({ type: 'longtask' })
    const begin = performance.now()
    // Another threshold of the classes: all maps are computed anew.
    await window.steepest.apply({ outcomes: { stay: 17 } })
    const seconds = (performance.now() - begin) / 1000
    await new Promise((resolve) => setTimeout(resolve, 200))
    observer.disconnect()
    return { seconds, longestTask }
  })
}
