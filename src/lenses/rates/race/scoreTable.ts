/** The results of the runners, as a table that one can sort and copy. */
import { csvFormatRows } from 'd3-dsv'
import { formatCount, formatNumber } from '../../../display/numbers'
import { createRunnerMark, type RunnerMark } from './runnerMark'

export interface ScoreRow extends RunnerMark {
  key: number
  /** Rule and learning rate, for example "momentum 2". */
  name: string
  /** For example "minimum 2"; empty while it is not known. */
  ending: string
  arrivalStep: number | null
  finalLoss: number
  bestLoss: number
  pathLength: number
  rises: number
}

export interface ScoreTablePicture {
  /** In the order of the runners. */
  rows: readonly ScoreRow[]
  stale: boolean
}

interface Column {
  head: string
  /** The heading in copies. */
  title: string
  hint: string
  value(row: ScoreRow): string | number | null
  text(row: ScoreRow): string
}

const number = (head: string, title: string, hint: string, key: 'finalLoss' | 'bestLoss') => ({
  head,
  title,
  hint,
  value: (row: ScoreRow) => row[key],
  text: (row: ScoreRow) => formatNumber(row[key]),
})

const columns: readonly Column[] = [
  {
    head: 'runner, η',
    title: 'runner',
    hint: 'Rule and learning rate',
    value: ({ name }) => name,
    text: ({ name }) => name,
  },
  {
    head: 'ends',
    title: 'ends',
    hint: 'Ending after all steps, or stopped by the rule for that',
    // An unknown one comes last in both directions.
    value: ({ ending }) => ending || null,
    text: ({ ending }) => ending || '…',
  },
  {
    head: 'steps',
    title: 'steps to arrive',
    hint: 'Steps until it reaches its minimum and stays there, or is stopped',
    value: ({ arrivalStep }) => arrivalStep,
    text: ({ arrivalStep }) => (arrivalStep === null ? '–' : formatCount(arrivalStep)),
  },
  number('final', 'final loss', 'Loss after all steps', 'finalLoss'),
  number('best', 'best loss', 'Lowest loss of any step', 'bestLoss'),
  {
    head: 'length',
    title: 'path length',
    hint: 'Length of the path in the (w, b) plane',
    value: ({ pathLength }) => pathLength,
    text: ({ pathLength }) => formatNumber(pathLength),
  },
  {
    head: 'rises',
    title: 'rises',
    hint: 'Number of steps that raised the loss',
    value: ({ rises }) => rises,
    text: ({ rises }) => formatCount(rises),
  },
]

/** The column to sort by; 1 ascending or -1 descending. */
type Order = { column: number; direction: 1 | -1 } | null

export function createScoreTable(
  container: HTMLElement,
  onCopy: (text: string, format: 'CSV' | 'Markdown') => void,
) {
  container.innerHTML = `
    <div class="score-head">
      <h2 class="card-title">Scores</h2>
      <button type="button" class="button" title="Copy the table as CSV">CSV</button>
      <button type="button" class="button" title="Copy the table as Markdown">Markdown</button>
    </div>
    <div class="score-scroll" tabindex="0" role="group" aria-label="Scores">
      <table class="score-table numbers-table">
        <thead><tr>${columns
          .map(
            ({ head, hint }, i) =>
              `<th scope="col" aria-sort="none"><button type="button" data-column="${i}" title="${hint}; click to sort">${head}</button></th>`,
          )
          .join('')}</tr></thead>
        <tbody></tbody>
      </table>
    </div>`
  const body = container.querySelector('tbody')!
  const heads = [...container.querySelectorAll('th')]
  const [csv, markdown] = container.querySelectorAll('button')
  let shown: ScoreTablePicture = { rows: [], stale: false }
  let order: Order = null

  const sorted = () => inOrder(shown.rows, order)
  const draw = () => {
    heads.forEach((head, i) => {
      const direction = order?.column === i ? order.direction : 0
      head.setAttribute('aria-sort', { [-1]: 'descending', 0: 'none', 1: 'ascending' }[direction])
    })
    body.replaceChildren(...sorted().map(rowElement))
  }
  container.querySelector('thead')!.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-column]')
    if (!button) return
    order = nextOrder(order, Number(button.dataset.column))
    draw()
  })
  csv.addEventListener('click', () => onCopy(asCsv(sorted()), 'CSV'))
  markdown.addEventListener('click', () => onCopy(asMarkdown(sorted()), 'Markdown'))

  return {
    show(scores: ScoreTablePicture) {
      shown = scores
      container.classList.toggle('stale', scores.stale)
      draw()
    },
  }
}

/** Ascending, then descending, then the order of the runners. */
function nextOrder(order: Order, column: number): Order {
  if (order?.column !== column) return { column, direction: 1 }
  return order.direction === 1 ? { column, direction: -1 } : null
}

/** Rows without a value come last in both directions. */
function inOrder(rows: readonly ScoreRow[], order: Order): readonly ScoreRow[] {
  if (!order) return rows
  const { value } = columns[order.column]
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const difference =
      typeof a === 'string' ? a.localeCompare(String(b), 'en') : Number(a) - Number(b)
    return order.direction * difference
  })
}

function rowElement(row: ScoreRow): HTMLElement {
  const element = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  const mark = createRunnerMark()
  mark.show(row)
  head.append(mark.element, row.name)
  const cells = columns.slice(1).map(({ text }) => {
    const cell = document.createElement('td')
    cell.textContent = text(row)
    return cell
  })
  element.append(head, ...cells)
  return element
}

/** CSV has all digits of the numbers. */
function asCsv(rows: readonly ScoreRow[]): string {
  const titles = columns.map(({ title }) => title)
  const texts = rows.map((row) => columns.map(({ value }) => String(value(row) ?? '')))
  return `${csvFormatRows([titles, ...texts])}\n`
}

function asMarkdown(rows: readonly ScoreRow[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  const ruler = columns.map((_, i) => (i < 2 ? '---' : '---:'))
  const texts = rows.map((row) => columns.map(({ text }) => text(row)))
  return [columns.map(({ title }) => title), ruler, ...texts].map(line).join('')
}
