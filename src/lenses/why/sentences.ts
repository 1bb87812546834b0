/** Sentences about one step. */
import { formatCount, formatNumber } from '../../display/numbers'
import type { LossName } from '../../model/loss'
import type { Magnified } from '../../model/step/magnifier'
import type { Run } from '../../results/jobsOf'
import type { Settings } from '../../settings/settings'
import { ranAwayBelow } from '../../settings/shown'

/** The factor of the sum; the source text's two ways of writing the loss differ in it. */
export function factorText(loss: LossName, count: number): string {
  if (loss === 'half') return 'the sum times 1, as L = 1/2 Σ (f − y)²'
  if (loss === 'mean') return `the sum times 2/${count}, as L = 1/${count} Σ (f − y)²`
  return `the sum times 1/${count}, as L is the mean over ${count}`
}

/** Compares the step with its promise, and gives the largest rate that still works. */
export function stepSentence({ step, largest, angle }: Magnified): string {
  const { actual, firstOrder } = step
  // Far out on a plateau the gradient is not quite 0, but its square is.
  if (actual === 0 && firstOrder === 0) {
    return 'The gradient is as good as zero here: the step changes nothing.'
  }
  const share = actual / firstOrder
  const happens = `The loss ${actual < 0 ? 'falls' : 'rises'} by ${formatNumber(Math.abs(actual))}`
  const promise = Number.isFinite(share)
    ? `${happens}, ${formatNumber(share)} times what the first order says.`
    : `${happens}; the first order says nothing.`
  const towards = angle === 180 ? 'against the gradient' : 'this way'
  if (largest === null) return `${promise} Every step ${towards} up to η = 10⁶ lowers the loss.`
  if (largest === 0) return `${promise} Short steps this way do not lower the loss.`
  return `${promise} The largest η that still lowers it ${towards}: ${formatNumber(largest)}.`
}

/** Names the best direction, and compares it with the choice of the first order. */
export function angleSentence({ byAngle, learningRate, step }: Magnified): string {
  const { best, change } = byAngle
  if (best === null) return 'The gradient is zero here: no direction is steeper than another.'
  const size = formatNumber(Math.hypot(...step.gradient))
  const rate = formatNumber(learningRate)
  const of = `Of all directions with |u| = |g| = ${size}, at η = ${rate}`
  const found = change[Math.round((best * change.length) / 360) % change.length]
  const against = change[change.length / 2]
  if (found >= 0) {
    return `${of}, none lowers the loss; ${formatNumber(best)}° raises it least, by ${formatNumber(found)}.`
  }
  if (best === 180) return `${of}, 180° lowers the loss most: straight against the gradient.`
  const instead =
    against < 0 ? `180° by ${formatNumber(-against)}` : `180° raises it by ${formatNumber(against)}`
  return `${of}, ${formatNumber(best)}° lowers the loss most, by ${formatNumber(-found)}; ${instead}.`
}

/** Names the data point with the largest share. */
export function pointsSentence({ step: { terms } }: Magnified): string {
  const sizes = terms.map(({ dw, db }) => Math.hypot(dw, db))
  const largest = sizes.indexOf(Math.max(...sizes))
  const { x, error, slope } = terms[largest]
  return `Point at a row: its arrow is on the map, tip to tail with the others. The point at x = ${formatNumber(x)} has the largest share: error ${formatNumber(error)}, slope ${formatNumber(slope)}.`
}

/** Says how a descent on w³ + b² ends, and why. */
export function warmUpSentence({ why, steps }: Settings, { path, losses }: Run): string {
  const [startW] = why.place
  const [w, b] = path.subarray(path.length - 2)
  const rate = formatNumber(why.rate)
  const start =
    startW < 0 ? `It starts at w = ${formatNumber(startW)}` : 'Too long a step takes it past w = 0'
  if (w < ranAwayBelow) {
    return `${start}, where w³ only falls to the left: at η = ${rate} it has run away after ${formatCount(losses.length - 1)} steps, towards minus infinity. There is no minimum.`
  }
  const after = `After ${formatCount(steps)} steps`
  if (w < 0) {
    return `${start}, where w³ only falls to the left: ${after.toLowerCase()} it is at w = ${formatNumber(w)}, going ever faster towards minus infinity. There is no minimum.`
  }
  if (w === 0 && b === 0)
    return 'It stays at (0, 0), where the gradient vanishes, although this is not a minimum.'
  if (Math.abs(1 - 2 * why.rate) === 1 && b !== 0) {
    return `b jumps from side to side, because η = ${rate} times its curvature of 2 is 2: ${after.toLowerCase()} it is at ${formatNumber(b)}.`
  }
  return `It creeps towards (0, 0), where the gradient vanishes, although this is not a minimum: to the left the function falls for ever. ${after} the value is ${formatNumber(losses[losses.length - 1])}.`
}
