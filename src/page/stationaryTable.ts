/** Minima and saddles as a table, and what there is instead where there is no minimum. */
import { formatNumber } from '../display/numbers'

export interface StationaryRow {
  /** As on the map: 1, 2, ... are minima, S1, ... saddles. */
  name: string
  w: number
  b: number
  loss: number
  eigenvalues: readonly [smaller: number, larger: number]
  isMinimum: boolean
  /** The rate below which the rule holds there; null for a saddle, and for rules without a limit. */
  largestRate: number | null
  /** An arrow towards what is out of view, else empty. */
  arrow: string
}

export interface StationaryTable {
  rows: readonly StationaryRow[]
  /** On a line of minima or on a limit at infinity; null where there is nothing to say. */
  sentence: string | null
  stale: boolean
}

const columns = ['', 'w', 'b', 'loss', 'η <', 'λ₁', 'λ₂']

export function createStationaryTable(container: HTMLElement) {
  container.innerHTML = `
    <details class="stationary">
      <summary></summary>
      <p></p>
      <div class="stationary-scroll" tabindex="0" role="group" aria-label="Minima and saddles">
      <table>
        <thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
        <tbody></tbody>
      </table>
      </div>
    </details>`
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const [summary, sentence, table, body] = ['summary', 'p', 'table', 'tbody'].map(find)
  table.title =
    'w and b in the plane, eigenvalues λ of the Hessian, and the learning rate η below which ' +
    'the rule holds at a minimum, where it has such a limit'

  return {
    show(shown: StationaryTable) {
      const saddles = shown.rows.filter(({ isMinimum }) => !isMinimum).length
      const minima = shown.rows.length - saddles
      summary.textContent = `${count(minima, 'minimum', 'minima')}, ${count(saddles, 'saddle', 'saddles')}`
      container.classList.toggle('stale', shown.stale)
      sentence.hidden = shown.sentence === null
      sentence.textContent = shown.sentence
      table.hidden = shown.rows.length === 0
      body.replaceChildren(...shown.rows.map(rowElement))
    },
  }
}

function count(many: number, one: string, more: string): string {
  return `${many || 'no'} ${many === 1 ? one : more}`
}

function rowElement({ name, arrow, w, b, loss, eigenvalues, largestRate }: StationaryRow) {
  const row = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  head.textContent = arrow ? `${name} ${arrow}` : name
  if (arrow) head.title = 'out of view, in this direction'
  const cells = [
    ...[w, b, loss].map((value) => formatNumber(value)),
    largestRate === null ? '–' : formatNumber(largestRate),
    ...eigenvalues.map((value) => formatNumber(value, 2)),
  ].map((text) => {
    const cell = document.createElement('td')
    cell.textContent = text
    return cell
  })
  row.append(head, ...cells)
  return row
}
