/** The data of the sweep over learning rates, and the sentences about it. */
import type { ColourMap } from '../../../display/colours'
import { endingName } from '../../../display/endings'
import { counted, threeDigits } from '../../../display/numbers'
import { noArrival, noMinimum, outcomeNames } from '../../../model/outcomes/outcome'

export interface SweepPicture {
  /** Ascending, evenly spaced in their logarithm. The lists below have one value for each. */
  rates: Float32Array
  finalLoss: Float32Array
  /** noArrival if there is none. */
  arrivalStep: Uint32Array
  /** One of outcomeCodes. */
  outcome: Uint8Array
  /** noMinimum if there is none. */
  minimum: Uint8Array
  /** losses[k * rates.length + i] = loss at steps[k] under rates[i]; null until it is there. */
  heat: { losses: Float32Array; steps: Uint32Array } | null
  /** The number of steps of each descent. */
  steps: number
  colours: ColourMap
  /** The present rate. */
  rate: number
  /** The rate with the lowest final loss. */
  best: number | null
  /** Rates above which a minimum can hold nothing; `label` names it: "minimum 1". */
  limits: readonly { rate: number; label: string }[]
  stale: boolean
}

/** The place of a rate along the axis: 0 for the first of the rates, 1 for the last. */
export function shareOfRate(rates: Float32Array, rate: number): number {
  const [first, last] = [rates[0], rates[rates.length - 1]]
  return last > first ? Math.log(rate / first) / Math.log(last / first) : 0
}

/** The rate at a share of the axis; the inverse of shareOfRate. */
export function rateAtShare(rates: Float32Array, share: number): number {
  const [first, last] = [rates[0], rates[rates.length - 1]]
  return first * (last / first) ** Math.min(1, Math.max(0, share))
}

/** The index of the nearest rate. */
export function nearestRate(rates: Float32Array, rate: number): number {
  const last = rates.length - 1
  return Math.min(last, Math.max(0, Math.round(shareOfRate(rates, rate) * last)))
}

export function roundRate(rate: number): number {
  return Number(rate.toPrecision(3))
}

/** Rate i in the fewest digits, three or more, that tell it from its neighbours. */
export function writtenRate(rates: Float32Array, i: number): number {
  for (let digits = 3; digits < 8; digits++) {
    const rounded = Number(rates[i].toPrecision(digits))
    if (nearestRate(rates, rounded) === i) return rounded
  }
  return rates[i]
}

/** "rate 12.3: final loss 0.0244, minimum 2 after 31 steps" */
export function readingText(picture: SweepPicture, rate: number): string {
  const { rates, finalLoss } = picture
  if (rates.length === 0) return `rate ${threeDigits(rate)}`
  const share = shareOfRate(rates, rate)
  // The ends are f32.
  if (share < -1e-6 || share > 1 + 1e-6) return `rate ${threeDigits(rate)} is outside of the sweep`
  const i = nearestRate(rates, rate)
  return `rate ${threeDigits(rate)}: final loss ${threeDigits(finalLoss[i])}, ${endingText(picture, i)}`
}

function endingText({ arrivalStep, outcome, minimum }: SweepPicture, i: number): string {
  const name = endingName(outcomeNames[outcome[i]], minimum[i])
  return arrivalStep[i] === noArrival ? name : `${name} after ${counted(arrivalStep[i], 'step')}`
}

/** "Best rate 12.3: final loss 0.0244, arrives after 31 steps. Above 18.0 minimum 1 can hold nothing." */
export function summaryText(picture: SweepPicture): string {
  const { rates, best } = picture
  if (rates.length === 0) return ''
  const sentences = visibleLimits(picture).map(
    ({ rate, label }) => `Above ${threeDigits(rate)} ${label} can hold nothing.`,
  )
  return [...(best === null ? [] : [bestText(picture, best)]), ...sentences].join(' ')
}

function bestText({ rates, finalLoss, arrivalStep, outcome, minimum }: SweepPicture, best: number) {
  const i = nearestRate(rates, best)
  const arrives = arrivalStep[i] !== noArrival
  const ending = arrives
    ? `arrives after ${counted(arrivalStep[i], 'step')}`
    : `does not arrive: ${endingName(outcomeNames[outcome[i]], minimum[i])}`
  return `Best rate ${threeDigits(best)}: final loss ${threeDigits(finalLoss[i])}, ${ending}.`
}

/** The limits within the axis. */
export function visibleLimits({ rates, limits }: SweepPicture): SweepPicture['limits'] {
  return limits.filter(({ rate }) => rate >= rates[0] && rate <= rates[rates.length - 1])
}

/** The endings that occur; minima first, in their order. */
export function endingsOf({ outcome, minimum }: SweepPicture) {
  const found = new Map<number, { code: number; minimum: number }>()
  outcome.forEach((code, i) => {
    const key = minimum[i] === noMinimum ? noMinimum + code : minimum[i]
    found.set(key, { code, minimum: minimum[i] })
  })
  return [...found].sort(([a], [b]) => a - b).map(([, ending]) => ending)
}
