/** A hint for x that is not of size one: what standardising it would do to the learning rate. */
import { formatCount, formatNumber } from '../display/numbers'
import type { NeuronSpec } from '../model/objective'
import { type Decisive, largestRate } from '../model/outcomes/stability'
import { type StationaryPoints, standardisedEigenvalues } from '../model/outcomes/stationaryPoints'
import { isIllScaled } from '../settings/fitting'

export const fitViewTitle = 'Show all minima and saddles; a start that lies outside moves in'

const markup = `
  <p></p>
  <div class="scale-buttons">
    <button type="button" class="button" title="${fitViewTitle}">Fit view</button>
    <button type="button" class="button" title="Replace x by (x − mean) / spread; Undo brings it back">Standardise x</button>
  </div>`

export function createScaleHint(
  container: HTMLElement,
  actions: { fitView(): void; standardiseX(): void },
) {
  container.innerHTML = markup
  const text = container.querySelector('p')!
  const [fitButton, standardiseButton] = container.querySelectorAll('button')
  fitButton.addEventListener('click', actions.fitView)
  standardiseButton.addEventListener('click', actions.standardiseX)
  return {
    /** Null hides it. */
    show(hint: string | null) {
      container.hidden = hint === null
      text.textContent = hint
    },
  }
}

/** Null if x is of size one already. */
export function scaleHint(
  points: StationaryPoints,
  job: Decisive & { objective: NeuronSpec },
): string | null {
  const { scale, minima } = points
  if (!isIllScaled(scale)) return null
  const { mean, spread } = scale
  const x = `x has mean ${formatNumber(mean)} and spread ${formatNumber(spread)}.`
  if (minima.length === 0) {
    return `${x} Standardised to mean 0 and spread 1, w and b would be of one size.`
  }
  const [lowest] = minima
  const better = standardisedEigenvalues(job.objective, lowest, scale)
  const [now, then] = [lowest.eigenvalues, better].map(([smaller, larger]) => ({
    rate: largestRate(job, larger),
    ratio: formatCount(Number((larger / smaller).toPrecision(3))),
  }))
  const rates =
    now.rate === null || then.rate === null
      ? ''
      : ` At minimum 1 the rate must stay below ${formatNumber(now.rate)}; with x standardised, below ${formatNumber(then.rate)}.`
  return (
    `${x}${rates} The loss there is ${now.ratio} times as curved along its steepest direction as ` +
    `along its flattest; with x standardised, ${then.ratio} times.`
  )
}
