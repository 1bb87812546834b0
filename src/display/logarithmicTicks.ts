/** The ticks of a logarithmic axis. */
import { linearTicks } from './heightScale'

/** 1, 2 and 5 of each decade; fewer over many decades, evenly spaced numbers in a small range. */
export function logarithmicTicks(min: number, max: number, count: number): number[] {
  const lowest = Math.floor(Math.log10(min))
  const highest = Math.ceil(Math.log10(max))
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = []
    for (let decade = lowest; decade <= highest; decade++) {
      for (const factor of factors) ticks.push(Number(`${factor}e${decade}`))
    }
    const inside = ticks.filter((tick) => tick >= min && tick <= max)
    if (inside.length < 3 && factors.length === 3) {
      return linearTicks([min, max], count).map(({ value }) => value)
    }
    if (inside.length <= count) return inside
  }
  const stride = Math.ceil((highest - lowest) / Math.max(count, 1))
  const ticks: number[] = []
  for (let decade = lowest; decade <= highest; decade += stride) ticks.push(Number(`1e${decade}`))
  return ticks.filter((tick) => tick >= min && tick <= max)
}
