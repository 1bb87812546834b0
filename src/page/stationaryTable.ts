/** Minima and saddles as a table, with a sentence if the minima are not points. */
import { formatNumber } from '../display/numbers'
import { type Decisive, largestRate } from '../model/outcomes/stability'
import type { StationaryPoint, StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Range } from '../model/starts'
import type { Settings } from '../settings/settings'
import { arrowTo } from '../stage/stationaryLabels'
import { fitViewTitle } from './scaleHint'

export interface StationaryRow {
  /** The name on the map: 1, 2, ... are minima, S1, ... saddles. */
  name: string
  w: number
  b: number
  loss: number
  eigenvalues: readonly [smaller: number, larger: number]
  isMinimum: boolean
  /** The rate below which the minimum is stable; null for saddles and for rules without a limit. */
  largestRate: number | null
  /** An arrow towards a point that is out of view, else empty. */
  arrow: string
}

export interface StationaryTable {
  rows: readonly StationaryRow[]
  /** About a line of minima, a limit at infinity, or the points that lie in the view. */
  sentence: string
  stale: boolean
}

const columns = ['', 'w', 'b', 'loss', 'η <', 'λ₁', 'λ₂']

export function createStationaryTable(container: HTMLElement, fitView: () => void) {
  container.innerHTML = `
    <details class="stationary">
      <summary></summary>
      <p></p>
      <div class="stationary-scroll" tabindex="0" role="group" aria-label="Minima and saddles">
      <table class="numbers-table">
        <thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
        <tbody></tbody>
      </table>
      </div>
    </details>
    <button type="button" class="button" title="${fitViewTitle}">Fit view</button>`
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const [summary, sentence, table, body] = ['summary', 'p', 'table', 'tbody'].map(find)
  find('button').addEventListener('click', fitView)
  table.title =
    'w and b in the plane, eigenvalues λ of the Hessian, and the learning rate η below which ' +
    'the rule stays at a minimum, if it has such a limit'

  return {
    show(shown: StationaryTable) {
      const saddles = shown.rows.filter(({ isMinimum }) => !isMinimum).length
      const minima = shown.rows.length - saddles
      summary.textContent = `${count(minima, 'minimum', 'minima')}, ${count(saddles, 'saddle', 'saddles')}`
      container.classList.toggle('stale', shown.stale)
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

/** Names are the same as on the marks of stage and map. */
export function stationaryTable(
  points: StationaryPoints,
  job: Decisive,
  view: Pick<Settings['view'], 'w' | 'b'>,
  stale: boolean,
): StationaryTable {
  const [[minW, maxW], [minB, maxB]] = [view.w, view.b]
  const beyond = (value: number, min: number, max: number) =>
    value < min ? -1 : value > max ? 1 : 0
  const row = (name: string, { w, b, loss, eigenvalues }: StationaryPoint) => {
    const away = [beyond(w, minW, maxW), beyond(b, minB, maxB)]
    return {
      name,
      w,
      b,
      loss,
      eigenvalues,
      isMinimum: eigenvalues[0] > 0,
      largestRate: eigenvalues[0] > 0 ? largestRate(job, eigenvalues[1]) : null,
      arrow: away[0] === 0 && away[1] === 0 ? '' : arrowTo(away[0], away[1]),
    }
  }
  const rows = [
    ...points.minima.map((point, i) => row(String(i + 1), point)),
    ...points.saddles.map((point, i) => row(`S${i + 1}`, point)),
  ]
  return { rows, sentence: stationarySentence(points) ?? viewSentence(rows, view), stale }
}

/** Says which points lie in the view. */
function viewSentence(
  rows: readonly StationaryRow[],
  { w, b }: Pick<Settings['view'], 'w' | 'b'>,
): string {
  const to = (range: Range) => range.map((end) => formatNumber(end)).join(' to ')
  const shown = `the view, w ${to(w)} and b ${to(b)}`
  const names = (of: readonly StationaryRow[]) => of.map(({ name }) => name).join(', ')
  const outside = rows.filter(({ arrow }) => arrow)
  if (outside.length === 0) return `All lie in ${shown}.`
  if (outside.length === rows.length) return `None lies in ${shown}.`
  const inside = rows.filter(({ arrow }) => !arrow)
  return `In ${shown}: ${names(inside)}. Outside: ${names(outside)}.`
}

/** Says what there is if the minima are not points. */
export function stationarySentence({
  minima,
  line,
  limits,
  fallsForEver,
}: StationaryPoints): string | null {
  if (line) {
    const { point, direction } = line
    const place = `(${formatNumber(point.w)}, ${formatNumber(point.b)})`
    const along = `(${direction.map((part) => formatNumber(part)).join(', ')})`
    return `All x are equal, so the minima form a line: through (w, b) = ${place} along ${along}.`
  }
  const [limit] = limits
  if (!fallsForEver || !limit) return minima.length === 0 ? 'No minimum was found.' : null
  const towards = `(${limit.direction.map((part) => formatNumber(part)).join(', ')})`
  const falls = Number.isFinite(limit.loss)
    ? `falls for ever towards ${formatNumber(limit.loss)}`
    : 'falls without end, because labels lie outside 0 to 1,'
  return (
    `The loss has no minimum: it ${falls} in the ` +
    `direction (w, b) = ${towards}, where the neuron becomes ${limit.words}.`
  )
}
