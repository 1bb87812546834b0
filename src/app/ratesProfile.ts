/** The share of starts that has arrived under each runner, as the chart of the lens of rates takes it. */
import { type DataProfile, dataProfile, gradientsOf } from '../model/profile'
import { categories } from '../state/colours'
import type { Settings } from '../state/settings'
import type { RunnerMap } from './computeRates'
import { runnerName } from './pictures'

/** Kept by their maps: each further map, and each change of the unit, asks for all again. */
const profiles = new WeakMap<Float32Array, DataProfile>()

function profileOf(cells: Float32Array): DataProfile {
  const known = profiles.get(cells)
  if (known) return known
  const arrivals = Float32Array.from({ length: cells.length / 4 }, (_, i) => cells[i * 4 + 2])
  const profile = dataProfile(arrivals)
  profiles.set(cells, profile)
  return profile
}

/** One curve; runner and colour are those of the map. */
export function seriesOf(
  { index, runner, cells, job }: RunnerMap,
  unit: Settings['rates']['unit'],
  sampleCount: number,
) {
  const { steps, shares } = profileOf(cells)
  const cost = (step: number) =>
    unit === 'steps' ? step : gradientsOf(runner.rule, sampleCount, step)
  // To the end of the descents, so that a curve goes on where nothing more arrives.
  const last = steps.at(-1) === job.steps ? [] : [job.steps]
  return {
    label: runnerName(runner),
    colour: categories[index],
    x: Float64Array.from([...steps, ...last], cost),
    share: Float32Array.from([...shares, ...last.map(() => shares.at(-1) ?? 0)]),
  }
}
