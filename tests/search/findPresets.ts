/**
 * Looks for data sets with something to see: two to four minima in one view, each with a basin, or
 * wide plateaus. Seeded, so that what src/settings/presets.ts names can be found again.
 */
import { parseArgs } from 'node:util'
import type { Sample } from '../../src/model/objective'
import type { StationaryPoint } from '../../src/model/outcomes/stationaryPoints'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { uniform } from '../../src/model/pcg'
import type { Range } from '../../src/model/starts'
import { outcomeShares, type Shown } from './shares'

/** A minimum farther out than this would stretch the view. */
const farthest = 18
const steps = 1000
/** A minimum that fewer starts find is not worth a preset. */
const leastShare = 0.06
/** The ratio of the Hessian's eigenvalues, smaller over larger: flatter valleys take too many steps. */
const leastRatio = 0.01

interface Found extends Shown {
  seed: number
  minima: readonly StationaryPoint[]
  rates: readonly [calm: number, wild: number]
  shares: readonly Map<string, number>[]
}

/** Four to six points as one would type them. */
function samplesOf(seed: number): Sample[] {
  const count = 4 + Math.floor(3 * uniform(seed, 0))
  return Array.from({ length: count }, (_, i) => [
    Number((6 * uniform(seed, 2 * i + 1) - 3).toFixed(1)),
    Number(uniform(seed, 2 * i + 2).toFixed(2)),
  ])
}

/** All points, with as much again around them, in whole numbers. */
function viewOf(points: readonly StationaryPoint[]): { w: Range; b: Range } {
  const around = (values: number[]): Range => {
    const [min, max] = [Math.min(...values), Math.max(...values)]
    const margin = Math.max(4, (max - min) / 2)
    return [Math.floor(min - margin), Math.ceil(max + margin)]
  }
  return { w: around(points.map(({ w }) => w)), b: around(points.map(({ b }) => b)) }
}

function tried(seed: number): Found | null {
  const samples = samplesOf(seed)
  const { minima } = findStationaryPoints({ kind: 'neuron', samples, loss: 'mean' })
  if (minima.length < 2 || minima.length > 4) return null
  if (minima.some(({ w, b }) => Math.max(Math.abs(w), Math.abs(b)) > farthest)) return null
  if (minima.some(({ eigenvalues: [least, most] }) => least < leastRatio * most)) return null
  const sharpest = Math.max(...minima.map(({ eigenvalues }) => eigenvalues[1]))
  const rates = [0.5, 1.6].map((share) => Number(((2 * share) / sharpest).toPrecision(2)))
  const shown = { samples, loss: 'mean', view: viewOf(minima), steps } as const
  const calm = outcomeShares(shown, rates[0])
  if (minima.some((_, k) => (calm.get(`minimum ${k + 1}`) ?? 0) < leastShare)) return null
  const shares = [calm, outcomeShares(shown, rates[1])]
  return { ...shown, seed, minima, rates: [rates[0], rates[1]], shares }
}

function told({ seed, samples, view, minima, rates, shares }: Found): string {
  const place = ({ w, b, loss, eigenvalues }: StationaryPoint, k: number) =>
    `  ${k + 1}: (${w.toFixed(2)}, ${b.toFixed(2)}) loss ${loss.toFixed(4)}, rate < ${(2 / eigenvalues[1]).toFixed(1)}`
  const said = rates.map(
    (rate, i) =>
      `  at ${rate}: ${[...shares[i]].map(([name, share]) => `${name} ${(100 * share).toFixed(0)} %`).join(', ')}`,
  )
  return [
    `seed ${seed}: ${JSON.stringify(samples)}, w ${view.w}, b ${view.b}`,
    ...minima.map(place),
    ...said,
  ].join('\n')
}

export function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { seeds: { type: 'string', default: '3000' } } })
  const seeds = Number(values.seeds)
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new Error(`--seeds is '${values.seeds}'; it must be a whole number from 1.`)
  }
  for (let seed = 1; seed <= seeds; seed++) {
    const found = tried(seed)
    if (found) console.log(`${told(found)}\n`)
  }
}
