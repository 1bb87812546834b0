/** The kiosk at ten times its speed: what the page holds after each round through the scenes. */
import { join } from 'node:path'
import { build } from 'vite'
import type {} from '../../src/app/pageApi'
import { scenes } from '../../src/settings/scenes'
import { countGpuObjects, createMeter, type Held } from '../setup/growth'
import { withBrowser, withServed } from './browser'
import { atMost, type Verdict } from './targets'

/** Rounds in which things are compiled and filled for good: that is no growth. */
const roundsToSettle = 2

/**
 * Interpreted alone: V8 compiles on for many rounds, ever less, and its code is in the heap. Of what
 * it held after 14 rounds more than after 9 nothing else was above 30 kB.
 */
const withoutCompiler = ['--js-flags=--no-opt --no-maglev --no-sparkplug']

/** Prints a line for each round as it ends. */
export async function kioskGrowth(root: string, minutes: number): Promise<Verdict[]> {
  const outDir = join(root, 'node_modules', '.cache', 'steepest-bench', 'page')
  await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  return withServed(root, outDir, (address) =>
    withBrowser(async (browser) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
      await page.addInitScript(countGpuObjects)
      const begin = performance.now()
      await page.goto(`${address}?kiosk=10`)
      await page.locator('.page[data-kiosk]').waitFor({ timeout: 60_000 })
      const measure = await createMeter(page)
      const rounds: Held[] = []
      const caption = (title: string) =>
        page.locator('.caption b', { hasText: title }).waitFor({ timeout: 300_000 })
      console.log(line(['seconds', 'heap kB', 'nodes', 'listeners', 'buffers', 'textures', 'MB']))
      while (performance.now() - begin < minutes * 60_000) {
        await caption(scenes[0].title)
        // In this one nothing plays, and once it is shown no job is in its middle.
        await caption(scenes[3].title)
        await page.evaluate(() => window.steepest.apply({}))
        const held = await measure()
        rounds.push(held)
        const { heap, nodes, listeners, buffers, textures, bytes } = held
        const seconds = ((performance.now() - begin) / 1000).toFixed(0)
        const megabytes = (bytes / 1e6).toFixed(1)
        console.log(
          line([seconds, (heap / 1000).toFixed(0), nodes, listeners, buffers, textures, megabytes]),
        )
      }
      return verdicts(rounds.slice(roundsToSettle))
    }, withoutCompiler),
  )
}

/** Compares the last third of the rounds with the first third: one round may meet a job in its middle. */
function verdicts(rounds: readonly Held[]): Verdict[] {
  const third = Math.max(1, Math.floor(rounds.length / 3))
  const growth = (name: keyof Held) => {
    const values = rounds.map((round) => round[name])
    return median(values.slice(-third)) / median(values.slice(0, third))
  }
  return [
    atMost('kiosk: growth of the heap', growth('heap'), 1.05),
    atMost('kiosk: growth of nodes', growth('nodes'), 1.05),
    atMost('kiosk: growth of listeners', growth('listeners'), 1.02),
    atMost('kiosk: growth of GPU buffers', growth('buffers'), 1.05),
    atMost('kiosk: growth of GPU textures', growth('textures'), 1.15),
  ]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

const line = (cells: readonly (string | number)[]) =>
  cells.map((cell) => String(cell).padStart(10)).join('')
