/** How much work a try does, on a machine with a made-up speed. */
import { expect, test } from 'vitest'
import { fastest } from '../../src/benchmark/benchmark'

/** A machine that does `speed` in a millisecond, after `wait` milliseconds; the first try compiles. */
function machine(speed: number, wait = 0) {
  let time = 0
  const tries: number[] = []
  return {
    tries,
    now: () => time,
    run: async (amount: number) => {
      time += wait + amount / speed + (tries.length === 0 ? 5000 : 0)
      tries.push(amount)
      return amount
    },
  }
}

test.each([1, 10, 1e3, 1e6])(
  'it grows to tries that can be believed: %s in a ms',
  async (speed) => {
    const { run, now, tries } = machine(speed, 1)
    const { work, seconds } = await fastest(run, { least: 4, most: 1e12 }, now)
    expect(work / seconds / 1000).toBeGreaterThan(0.99 * speed)
    expect(seconds).toBeGreaterThan(0.2)
    expect(seconds).toBeLessThan(1)
    // The first is for compilers; the last ones are of one size.
    expect(tries.slice(0, 2)).toEqual([4, 4])
    expect(new Set(tries.slice(-2)).size).toBe(1)
  },
)

test('a slow machine does no more than the least; no machine more than the most', async () => {
  const slow = machine(0.001)
  expect(await fastest(slow.run, { least: 4, most: 100 }, slow.now)).toEqual({
    work: 4,
    seconds: 4,
  })
  expect(slow.tries).toEqual([4, 4])
  const fast = machine(1e6)
  await fastest(fast.run, { least: 4, most: 1e8 }, fast.now)
  expect(Math.max(...fast.tries)).toBe(1e8)
})
