/** Finds the length at which a step no longer lowers the loss. */
import { type NeuronSpec, roundSamples, type Sample } from '../objective'
import { type Aim, type Directional, lookAlong, type Place } from './direction'
import { createLossChange } from './lossChange'

/** The start of the scan (unless the loss turns earlier), its end, and its steps of 1 %. */
const leastRate = 1e-4
const mostRate = 1e6
const ratio = 1.01

/**
 * The first eta, to the last digits, at which the loss along theta + eta u is back at its value at
 * theta; there can be several. A rise between two neighbours of the scan is missed.
 *
 * @param given direction u, rounded to f32; -g if it is undefined
 * @returns 0 if u does not descend to begin with, null if the loss stays below its starting value
 * up to eta = 1e6
 */
export function largestDecrease(spec: NeuronSpec, place: Place, aim?: Aim): number | null {
  const along = lookAlong(spec, place, aim)
  const { slope, curvature, direction } = along
  if (slope > 0 || (slope === 0 && curvature >= 0)) return 0
  const changeBy = createLossChange(spec, place.w, place.b)
  const isBelow = (eta: number) => changeBy(eta * direction[0], eta * direction[1]) < 0
  let below = 0
  for (const eta of scan(roundSamples(spec.samples), place, along)) {
    if (!isBelow(eta)) return firstOutside(isBelow, below, eta)
    below = eta
  }
  return null
}

/**
 * Rates from well below the first turn to 1e6, ascending: a logarithmic grid, and the rates at
 * which z = 0 for one of the samples. Far out the loss changes only there, by steps narrower than
 * the grid, and is level in between, so the middles are added too.
 */
function scan(samples: readonly Sample[], place: Place, along: Directional): number[] {
  const { slope, curvature } = along
  const [u, v] = along.direction
  const [w, b] = [Math.fround(place.w), Math.fround(place.b)]
  const risePerRate = samples.map(([x]) => u * x + v)
  const fastest = risePerRate.reduce((most, rise) => Math.max(most, Math.abs(rise)), 0)
  const quadraticTurn = curvature > 0 ? (-2 * slope) / curvature : Infinity
  const start = Math.min(leastRate, 0.01 / fastest, 0.01 * quadraticTurn)
  const rates = [mostRate]
  for (let eta = start; eta < mostRate; eta *= ratio) rates.push(eta)
  const zeros = samples
    .map(([x], i) => -(w * x + b) / risePerRate[i])
    .filter((eta) => eta > start && eta < mostRate)
    .sort((one, other) => one - other)
  const middles = zeros.slice(1).map((eta, i) => (zeros[i] + eta) / 2)
  return rates.concat(zeros, middles).sort((one, other) => one - other)
}

/** Bisects until no number lies between: inside at `low` (or low = 0), outside at `high`. */
function firstOutside(isInside: (eta: number) => boolean, low: number, high: number): number {
  const middle = (low + high) / 2
  if (middle <= low || middle >= high) return high
  return isInside(middle)
    ? firstOutside(isInside, middle, high)
    : firstOutside(isInside, low, middle)
}
