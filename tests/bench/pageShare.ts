/**
 * The time that the page takes for a change, request to shown, over what its engine takes for it alone. Both
 * in one page, and less the two frames that a change may have to wait for: the one that is being
 * drawn when it is asked for, and the one that shows it.
 */
import type { Page } from 'playwright-core'
import type {} from '../../src/app/pageApi'
import { below, type Verdict } from './targets'

interface Case {
  name: string
  query: string
  /** Whether it plays while the change is made. */
  isPlaying?: boolean
  /** In the page: asks for the results anew, by number `i`. */
  change: (i: number) => Promise<void>
  /** In the page: the same work of the engine, nothing drawn. */
  alone: () => Promise<void>
}

const crowdOf = (perSide: number, playing: boolean): Case => ({
  name: `page: ${perSide ** 2} x 300, ${playing ? 'playing' : 'paused'} / engine alone`,
  query: `?v=1&starts=random&side=${perSide}&step=60`,
  isPlaying: playing,
  change: (i) => window.steepest.apply({ starts: { seed: 100 + i } }),
  alone: async () => {
    const { starts, view, steps } = window.steepest.settings
    const at = ([min, max]: readonly [number, number], share: number) => min + (max - min) * share
    const places = Array.from({ length: starts.perSide ** 2 }, (_, i) => [
      at(view.w, (i * 0.618034) % 1),
      at(view.b, (i * 0.754878) % 1),
    ])
    // Keeps as many records as the page.
    const stride = Math.ceil((steps * places.length) / 2 ** 24)
    await window.steepest.descend({ starts: places, learningRate: 10, steps, stride })
  },
})

/** An address holds that many: with five, two frames take longer than the computing. */
const manyPoints = Array.from({ length: 64 }, (_, i) => `${i / 16},${(i % 8) / 8}`).join(';')

const cases: readonly Case[] = [
  ...[128, 256].flatMap((perSide) => [crowdOf(perSide, false), crowdOf(perSide, true)]),
  {
    name: 'page: map of 256 x 256 x 300, paused / engine alone',
    query: '?v=1&lens=starts&step=60',
    change: (i) =>
      window.steepest.apply({
        runners: [{ rule: { name: 'gradientDescent' }, learningRate: 9 + i / 10 }],
      }),
    alone: async () => {
      const { view, map, steps } = window.steepest.settings
      const axis = ([min, max]: readonly [number, number]) => [min, max, map.perSide]
      const [w, b] = [axis(view.w), axis(view.b)]
      await window.steepest.classify({ w, b, learningRate: 9.5, steps })
    },
  },
  {
    name: 'page: sweep of 1024 x 5000, paused / engine alone',
    query: '?v=1&lens=rates&part=sweep&steps=5000&step=60',
    change: (i) => window.steepest.apply({ start: [-2, 4 - i / 10] }),
    // How each rate ends, and all losses on the way.
    alone: async () => {
      const [rule, steps] = [{ name: 'gradientDescent' }, 5000]
      const rates = Array.from({ length: 1024 }, (_, i) => 10 ** (-2 + (4 * i) / 1023))
      await window.steepest.sweep({ start: [-2, 4], rates, steps, rule })
      const starts = rates.map((_, i) => [-2, 4 + i / 1e4])
      const stride = Math.ceil(steps / 256)
      await window.steepest.descend({ starts, learningRate: 10, steps, stride, rule })
    },
  },
  {
    name: 'page: two crowds of 256 x 256 x 300, paused / engine alone',
    query: '?v=1&lens=rates&part=crowd&run=gradientDescent:10;momentum:2&map=512&side=4&step=60',
    change: (i) =>
      window.steepest.apply({
        runners: [
          { rule: { name: 'gradientDescent' }, learningRate: 9 + i / 10 },
          { rule: { name: 'momentum', gamma: 0.9 }, learningRate: 2 + i / 10 },
        ],
      }),
    alone: async () => {
      const runners = [
        { rule: { name: 'gradientDescent' }, learningRate: 9.5 },
        { rule: { name: 'momentum', gamma: 0.9 }, learningRate: 2.5 },
      ]
      for (const { rule, learningRate } of runners) {
        const [w, b] = [
          [-6, 10, 256],
          [-8, 8, 256],
        ]
        await window.steepest.classify({ w, b, learningRate, steps: 300, rule })
      }
    },
  },
  {
    name: 'page: trust, 1024 x 1024 nodes, 64 points, paused / engine alone, with its read-back',
    query: `?v=1&lens=why&trust=first&eta=30&grid=1024&side=4&step=60&data=${manyPoints}`,
    change: (i) => window.steepest.apply({ why: { learningRate: 30 + i } }),
    alone: async () => {
      const [w, b] = [
        [-6, 10, 1024],
        [-8, 8, 1024],
      ]
      await window.steepest.evaluateGrid({ w, b, learningRate: 30 })
    },
  },
]

export async function pageShares(
  inFreshPage: <Result>(use: (page: Page) => Promise<Result>) => Promise<Result>,
  address: string,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const { name, query, isPlaying, change, alone } of cases) {
    const share = await inFreshPage(async (page) => {
      await page.addInitScript(keepQueue)
      await page.goto(address + query, { waitUntil: 'commit' })
      await page.waitForFunction(() => 'steepest' in window)
      await page.evaluate(() => window.steepest.ready.then(() => undefined))
      await page.evaluate(change, 0)
      const frame = await timed(async (i) => {
        await page.evaluate((on) => window.steepest.apply({ contours: on }), i % 2 === 1)
        await page.evaluate(() => window.keptQueue?.onSubmittedWorkDone())
      })
      const engine = await timed(() => page.evaluate(alone))
      if (isPlaying) await page.keyboard.press('Space')
      const whole = await timed((i) => page.evaluate(change, i))
      return Math.max(0, whole - 2 * frame) / engine
    })
    verdicts.push(below(name, share, 2))
  }
  return verdicts
}

declare global {
  interface Window {
    keptQueue?: GPUQueue
  }
}

/** Runs in the page before its scripts: nothing else tells when a frame has left the GPU. */
function keepQueue(): void {
  const { prototype } = GPUQueue
  const { submit } = prototype
  prototype.submit = function (buffers) {
    window.keptQueue = this
    return submit.call(this, buffers)
  }
}

/** The median of five times in milliseconds; before them, programs are compiled once. */
async function timed(run: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 6; i++) {
    const begin = performance.now()
    await run(i)
    if (i > 0) times.push(performance.now() - begin)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  return times.sort((a, b) => a - b)[2]
}
