/** The stage's numbers: the runs, and the values under the pointer or at the chosen start. */
import { counted, formatCount, formatNumber } from '../display/numbers'
import { createObjective } from '../model/objective'
import type { Settings } from '../settings/settings'
import { shownDescents } from '../settings/shown'
import type { Place } from '../stage/picture'

/** Values at a place of the (w, b) plane. */
export interface Pointed {
  w: number
  b: number
  loss: number
  gradient: readonly [dw: number, db: number]
}

export interface Running {
  descents: number
  /** Name of the update rule, for people. */
  rule: string
  learningRate: number
  step: number
}

/** A block of two lines; it keeps its height when it is empty, so that nothing jumps. */
export function createReadout(container: HTMLElement) {
  container.innerHTML = `
    <p class="readout-running"></p>
    <dl class="readout-pointer">
      ${['at', 'w', 'b', 'loss', 'gradient']
        .map((name) => `<div><dt>${name}</dt><dd data-name="${name}">–</dd></div>`)
        .join('')}
    </dl>
    <p class="readout-ending"></p>`
  const running = container.querySelector('.readout-running')!
  const ending = container.querySelector('.readout-ending')!
  const value = (name: string) => container.querySelector(`[data-name="${name}"]`)!
  const [at, w, b, loss, gradient] = ['at', 'w', 'b', 'loss', 'gradient'].map(value)

  return {
    /**
     * @param place whether the values are those at the pointer or, without one, at the chosen start
     * @param name of the value, which is not always a loss
     */
    show(pointed: Pointed | null, place: 'pointer' | 'start', name: string) {
      at.textContent = place
      loss.previousElementSibling!.textContent = name
      w.textContent = pointed ? formatNumber(pointed.w) : '–'
      b.textContent = pointed ? formatNumber(pointed.b) : '–'
      loss.textContent = pointed ? formatNumber(pointed.loss) : '–'
      gradient.textContent = pointed
        ? `(${pointed.gradient.map((component) => formatNumber(component)).join(', ')})`
        : '–'
    },
    /** Says where the descent from there ends, if that is known; one line for each map. */
    showEnding(text: string) {
      if (ending.textContent !== text) ending.textContent = text
    },
    /** For example "1,024 descents · gradient descent, η = 10 · step 120". */
    showRunning(what: Running | null) {
      running.textContent = what
        ? `${counted(what.descents, 'descent')} · ` +
          `${what.rule}, η = ${formatNumber(what.learningRate)} · step ${formatCount(what.step)}`
        : ''
    },
  }
}

/** Value and gradient of the function on the stage at a place, by the model. */
export function pointed(settings: Settings, [w, b]: Place): Pointed {
  const objective = createObjective(shownDescents(settings).objective)
  const gradient = new Float64Array(2)
  objective.gradient(w, b, gradient)
  return { w, b, loss: objective.loss(w, b), gradient: [gradient[0], gradient[1]] }
}
