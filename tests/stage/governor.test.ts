/** How much is drawn while it moves, with made-up times of frames. */
import { expect, test } from 'vitest'
import { uniform } from '../../src/model/pcg'
import { type Detail, frameBudget, Governor, wholeDetail } from '../../src/stage/governor'

/** Milliseconds of a frame: a part that nothing changes, trails, and pixels. */
interface Machine {
  base: number
  trails: number
  pixels: number
}

const cost = ({ base, trails, pixels }: Machine, detail: Detail) =>
  base + trails * detail.vertices * detail.trails + pixels * detail.pixels ** 2

/** Frames that take up to `noise` more or less than the machine's time; the details in turn. */
function run(governor: Governor, machine: Machine, frames: number, noise: number, seed = 1) {
  return Array.from({ length: frames }, (_, i) => {
    const { detail } = governor
    governor.took(cost(machine, detail) * (1 + noise * (2 * uniform(seed, i) - 1)))
    return detail
  })
}

/** The shares of a whole picture, one detail after the other. */
const shares = (details: readonly Detail[]) =>
  details.map(({ vertices, trails, pixels }) => vertices * trails * pixels)

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b)

const machines: Record<string, Machine> = {
  'a fast GPU': { base: 1, trails: 3, pixels: 2 },
  'a GPU that just holds the pace': { base: 4, trails: 10, pixels: 15 },
  'a weak GPU with many trails': { base: 4, trails: 300, pixels: 8 },
  'a weak GPU with many pixels': { base: 4, trails: 20, pixels: 80 },
  'a processor that draws': { base: 60, trails: 400, pixels: 300 },
}

test.each(Object.entries(machines))('%s settles, and holds what can be held', (_, machine) => {
  for (const seed of [1, 2, 3]) {
    const governor = new Governor()
    const details = run(governor, machine, 2000, 0.15, seed)
    // Under the same load it never goes up again.
    expect(shares(details)).toEqual(ascending(shares(details)).reverse())
    const settled = run(governor, machine, 2000, 0.15, seed + 10)
    expect(new Set(settled).size).toBe(1)
    const [detail] = settled
    if (detail.pixels > 0.5) expect(cost(machine, detail)).toBeLessThan(frameBudget)
  }
})

test('a machine that is fast enough draws everything', () => {
  const details = run(new Governor(), machines['a fast GPU'], 500, 0.5)
  expect(new Set(details)).toEqual(new Set([wholeDetail]))
})

test('one slow frame changes nothing', () => {
  const governor = new Governor()
  for (let i = 0; i < 50; i++) governor.took(i % 10 === 0 ? 400 : 10)
  expect(governor.detail).toBe(wholeDetail)
})

test('when the load is gone everything comes back, once', () => {
  const governor = new Governor()
  const busy = run(governor, machines['a weak GPU with many trails'], 100, 0.1)
  expect(busy.at(-1)).not.toBe(wholeDetail)
  const light = run(governor, { base: 1, trails: 8, pixels: 2 }, 200, 0.1)
  expect(light.at(-1)).toBe(wholeDetail)
  // Straight up, never down.
  expect(shares(light)).toEqual(ascending(shares(light)))
})
