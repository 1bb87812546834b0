/** The Taylor expansion of x^3 as a table; its rows are the legend of the plot, too. */
import type { CubicPicture } from './cubicPlot'
import { written } from './dataPicture'
import { threeDigits } from './endingText'
import { paintOrder } from './orderLook'

const formulas = ['x³', '3x² dx', '3x dx²', 'dx³']

/** Share of the largest term below which a sum is nothing but rounding. */
const rounding = 1e-12

const markup = `
  <p class="cubic-value"></p>
  <table class="cubic-table">
    <thead>
      <tr><th scope="col">order</th><th scope="col">term</th><th scope="col">sum</th>
        <th scope="col">remainder</th></tr>
    </thead>
    <tbody></tbody>
  </table>
  <p class="cubic-note">Order 3 is the curve itself. Zero: nothing is left.</p>`

export function createCubicTable(container: HTMLElement) {
  container.innerHTML = markup
  const value = container.querySelector<HTMLElement>('.cubic-value')!
  const rows = formulas.map(createRow)
  container.querySelector('tbody')!.append(...rows)
  return {
    show({ x, dx, taylor }: CubicPicture) {
      value.textContent = `f(x + dx) = ${bracketed(x + dx)}³ = ${threeDigits(taylor.value)}`
      const sums = sumsOf(taylor.terms)
      rows.forEach((row, order) => {
        const cells = [taylor.terms[order], sums[order], taylor.remainders[order]]
        row.querySelectorAll('td').forEach((cell, k) => {
          cell.textContent = threeDigits(cells[k])
        })
      })
    },
  }
}

function createRow(formula: string, order: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.innerHTML = `
    <th scope="row"><svg class="line-swatch" aria-hidden="true"><path d="M0 6h22" /></svg>
      ${order} <span class="cubic-formula">${formula}</span></th><td></td><td></td><td></td>`
  const line = row.querySelector('path')!
  if (order < 3) paintOrder(line, order, 'line')
  else line.classList.add('plot-curve')
  return row
}

function bracketed(value: number): string {
  return value < 0 ? `(${written(value)})` : written(value)
}

/** The sum of the terms up to each order. */
function sumsOf(terms: readonly number[]): number[] {
  const largest = Math.max(...terms.map(Math.abs))
  let sum = 0
  return terms.map((term) => {
    sum += term
    return Math.abs(sum) <= rounding * largest ? 0 : sum
  })
}
