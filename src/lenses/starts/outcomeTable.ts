/** The endings of a map as a table with legend, shares and steps, and a sentence about them. */
import { formatCount, percentText } from '../../display/numbers'

export interface OutcomeRow {
  /** Identifies the ending across updates. */
  key: string
  name: string
  /** Explains the class, for those who want to know. */
  hint: string
  /** An image of its look on the map. */
  swatch: string
  count: number
  share: number
  median: number | null
  ninetieth: number | null
}

export interface OutcomeTable {
  rows: readonly OutcomeRow[]
  /** The row whose pixels are lit, by its key. */
  chosen: string | null
  sentence: string
  stale: boolean
}

const columns = [
  { text: 'ends', hint: 'Choose a row to light up its pixels' },
  { text: 'share', hint: 'Share of all starts' },
  { text: '½', hint: 'Steps in which half of them arrive' },
  { text: '90 %', hint: 'Steps in which nine tenths of them arrive' },
]

export function createOutcomeTable(container: HTMLElement, onChoose: (key: string) => void) {
  container.innerHTML = `
    <h2 class="card-title">Where descents end</h2>
    <div class="outcome-scroll">
      <table class="outcome-table numbers-table">
        <thead><tr>${columns
          .map(({ text, hint }) => `<th scope="col" title="${hint}">${text}</th>`)
          .join('')}</tr></thead>
        <tbody></tbody>
      </table>
      <p class="outcome-sentence"></p>
    </div>`
  const body = container.querySelector('tbody')!
  const sentence = container.querySelector('.outcome-sentence')!
  body.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-key]')
    if (button) onChoose(button.dataset.key!)
  })
  return {
    show(table: OutcomeTable) {
      container.classList.toggle('stale', table.stale)
      sentence.textContent = table.sentence
      const held = (document.activeElement as HTMLElement | null)?.dataset.key
      body.replaceChildren(...table.rows.map((row) => rowElement(row, table.chosen)))
      // A new table must not take the focus away.
      if (held) body.querySelector<HTMLElement>(`[data-key="${held}"]`)?.focus()
    },
  }
}

function rowElement(row: OutcomeRow, chosen: string | null): HTMLElement {
  const element = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'outcome-name'
  button.dataset.key = row.key
  button.title = `${row.hint} ${formatCount(row.count)} starts.`
  button.setAttribute('aria-pressed', String(row.key === chosen))
  const swatch = document.createElement('img')
  swatch.className = 'swatch'
  swatch.src = row.swatch
  swatch.alt = ''
  button.append(swatch, row.name)
  head.append(button)
  const steps = (value: number | null) => (value === null ? '' : formatCount(value))
  const cells = [percentText(row.share, 0.1), steps(row.median), steps(row.ninetieth)].map(
    (text) => {
      const cell = document.createElement('td')
      cell.textContent = text
      return cell
    },
  )
  element.append(head, ...cells)
  return element
}
