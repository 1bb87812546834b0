/** A step in numbers: the promise of each of Taylor's terms, the result, and the remainder. */
import { formatShort } from '../../display/numbers'

export interface StepBar {
  name: string
  /** The formula of the term, as MathML or text. */
  formula: string
  value: number
  /** The order that gives the bar its colours on dark and light backgrounds; null for none. */
  order: { onDark: string; onLight: string } | null
}

export function createStepBars(container: HTMLElement) {
  const table = document.createElement('table')
  table.className = 'step-bars'
  table.setAttribute('aria-label', 'Change of the loss by the step')
  container.append(table)
  let rows: { name: HTMLElement; formula: HTMLElement; bar: HTMLElement; value: HTMLElement }[] = []

  const createRow = ({ order }: StepBar) => {
    const row = table.insertRow()
    if (order) {
      row.dataset.order = ''
      row.style.setProperty('--on-dark', order.onDark)
      row.style.setProperty('--on-light', order.onLight)
    }
    row.innerHTML =
      '<th scope="row"><span class="step-name"></span> <span class="step-formula"></span></th>' +
      '<td class="step-bar" aria-hidden="true"><span></span></td><td class="step-value"></td>'
    const find = (selector: string) => row.querySelector<HTMLElement>(selector)!
    return {
      name: find('.step-name'),
      formula: find('.step-formula'),
      bar: find('.step-bar span'),
      value: find('.step-value'),
    }
  }

  return {
    show(bars: readonly StepBar[], stale: boolean) {
      table.classList.toggle('stale', stale)
      if (rows.length !== bars.length) {
        table.replaceChildren()
        rows = bars.map(createRow)
      }
      // Bars go to the left of the middle if the loss falls.
      const longest = Math.max(...bars.map(({ value }) => Math.abs(value)))
      bars.forEach(({ name, formula, value }, i) => {
        const row = rows[i]
        row.name.textContent = name
        row.formula.textContent = formula
        row.value.textContent = formatShort(value)
        const share = longest > 0 && Number.isFinite(value) ? Math.abs(value) / longest : 0
        row.bar.style.setProperty('--length', `${share * 50}%`)
        row.bar.classList.toggle('falls', value < 0)
      })
    },
  }
}
