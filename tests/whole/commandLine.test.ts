/** The command line against the page API: one job, two runtimes, the same numbers as far as they go. */
import { beforeAll, expect, test } from 'vitest'
import { checkSurface } from '../gpu/oracle'
import { compareMaps } from '../gpu/outcomeChecks'
import { buildCli, steepest, wordsOf } from '../setup/cliCommand'
import { useBrowser } from '../setup/page'
import { settled } from './steepest'

const browsers = { gpu: useBrowser(), cpu: useBrowser('none') }
const axes = { w: [-6, 10, 64], b: [-8, 8, 64] }

beforeAll(buildCli)

async function ask(line: string) {
  const { code, out, err } = await steepest(wordsOf(line))
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

/** Lists side by side, as the engines have them in cells of four. */
function cellsOf(...lists: number[][]): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: lists[0].length * 4 }, (_, i) => lists[i % 4]?.[i >> 2] ?? 0)
}

test.each(['cpu', 'gpu'] as const)(
  '%s: grid within the permitted intervals, classify by class',
  async (kind) => {
    const { page } = await browsers[kind].visit({
      viewport: { width: 800, height: 600 },
      query: '?grid=64&side=8&step=0',
    })
    await settled(page)
    expect(await page.evaluate(() => window.steepest.engine?.kind)).toBe(kind)
    const found = await page.evaluate(async (plane) => {
      const grid = await window.steepest.evaluateGrid(plane)
      const map = await window.steepest.classify({ ...plane, learningRate: 2, steps: 200 })
      const list = (values: ArrayLike<number>) => Array.from(values)
      return {
        grid: [grid.loss, grid.dLdw, grid.dLdb].map(list),
        map: [map.outcome, map.minimum, map.arrivalStep, map.finalLoss].map(list),
      }
    }, axes)
    const plane = '--w -6,10,64 --b -8,8,64'
    const grid = await ask(`grid ${plane} --engine ${kind}`)
    const { loss, dLdw, dLdb } = grid.data
    for (const lists of [found.grid, [loss, dLdw, dLdb]]) {
      const readRows = async () => cellsOf(...lists)
      expect((await checkSurface({ job: grid.job, readRows })).count).toBe(16384)
    }
    const { data } = await ask(`classify ${plane} --learningRate 2 --steps 200 --engine ${kind}`)
    const map = [data.outcome, data.minimum, data.arrivalStep, data.finalLoss]
    const arrived = (lists: number[][]) =>
      cellsOf(...lists.map((list, k) => (k === 2 ? list.map((s) => (s > 1e6 ? -1 : s)) : list)))
    const { disagreeing } = compareMaps(arrived(found.map), arrived(map))
    expect(disagreeing).toBeLessThan(0.01 * 64 * 64)
  },
)
