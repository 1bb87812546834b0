/** The gradient, data point by data point: each point's share, and their sum as a step. */
import { formatNumber, formatShort } from '../../display/numbers'
import type { SampleTerm } from '../../model/step/explainStep'
import { placeRows, revealRow } from '../../widgets/rowsInSight'

export interface PointTablePicture {
  /** Shares of the gradient, including the factor of the loss. */
  terms: readonly SampleTerm[]
  /** gradient = factor * sum of the columns */
  factor: number
  /** The factor in words, with its origin. */
  factorText: string
  /** Whether a term contains the slope f (1 - f): with cross-entropy it does not. */
  hasSlope: boolean
  gradient: readonly [w: number, b: number]
  learningRate: number
  /** The row that is lit, if any. */
  point: number | null
  stale: boolean
}

/** Height of a row in pixels; the style sheet has the same. */
const rowHeight = 24
const heads = [
  ['x', 'Input of the data point'],
  ['y', 'Target of the data point'],
  ['z', 'z = w x + b'],
  ['f', 'Prediction, f = 1 / (1 + e^−z)'],
  ['f − y', 'Error'],
  ['f(1 − f)', 'Slope of the sigmoid'],
  ['for w', 'Its term in the sum of dL/dw'],
  ['for b', 'Its term in the sum of dL/db'],
] as const

const markup = `<table class="point-table numbers-table head-stays" aria-label="The gradient, point by point">
  <thead><tr>${heads.map(([head, hint]) => `<th scope="col" title="${hint}">${head}</th>`).join('')}</tr></thead>
  <tbody></tbody>
  <tfoot></tfoot></table>`

/** Only rows in sight are in the page: there may be 1,024. */
export function createPointTable(container: HTMLElement, onPoint: (point: number | null) => void) {
  container.classList.add('point-table-scroll')
  container.innerHTML = markup
  const table = container.querySelector('table')!
  const body = container.querySelector('tbody')!
  const foot = container.querySelector('tfoot')!
  let picture: PointTablePicture | null = null
  let focused = 0

  const rowAt = (point: number) => body.querySelector<HTMLElement>(`[data-point="${point}"]`)
  // Listens to moves, because keys can also scroll a row under a pointer that rests.
  body.addEventListener('pointermove', (event) => onPoint(pointOf(event)))
  body.addEventListener('pointerleave', () => onPoint(null))
  body.addEventListener('focusin', (event) => {
    const point = pointOf(event)
    if (point === null) return
    focused = point
    onPoint(point)
  })
  body.addEventListener('focusout', ({ relatedTarget }) => {
    // A redrawn row loses the focus only for a moment.
    if (relatedTarget && !body.contains(relatedTarget as Node)) onPoint(null)
  })
  body.addEventListener('keydown', (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
    if (move === undefined || !picture) return
    event.preventDefault()
    focused = Math.min(Math.max(focused + move, 0), picture.terms.length - 1)
    // Three rows of sums at the foot stay in place.
    revealRow({ container, rowHeight }, focused, 3 * rowHeight)
    drawRows()
    rowAt(focused)?.focus({ preventScroll: true })
  })
  container.addEventListener('scroll', () => drawRows())

  const drawRows = () => {
    if (!picture) return
    const count = picture.terms.length
    focused = Math.min(focused, count - 1)
    const hadFocus = body.contains(document.activeElement)
    const wanted = placeRows({ container, body, count, rowHeight, create: createRow })
    for (const row of wanted) fillRow(row, picture, focused)
    // A row loses the focus when it moves in the page.
    if (hadFocus) rowAt(focused)?.focus({ preventScroll: true })
  }

  return {
    show(next: PointTablePicture) {
      picture = next
      table.classList.toggle('stale', next.stale)
      table.setAttribute('aria-rowcount', String(next.terms.length + 4))
      drawRows()
      foot.replaceChildren(...footRows(next))
    },
    /** Measures the container again. */
    resize: drawRows,
  }
}

function pointOf({ target }: Event): number | null {
  const row = (target as Element).closest<HTMLElement>('[data-point]')
  return row ? Number(row.dataset.point) : null
}

function createRow(point: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.dataset.point = String(point)
  row.setAttribute('aria-rowindex', String(point + 2))
  row.append(...heads.map(() => document.createElement('td')))
  return row
}

function fillRow(
  row: HTMLTableRowElement,
  { terms, factor, hasSlope, point }: PointTablePicture,
  focused: number,
): void {
  const index = Number(row.dataset.point)
  const { x, y, z, prediction, error, slope, dw, db } = terms[index]
  const values = [x, y, z, prediction, error, slope, dw / factor, db / factor]
  values.forEach((value, k) => {
    const text = k === 5 && !hasSlope ? '–' : formatShort(value)
    const cell = row.cells[k]
    if (cell.textContent !== text) cell.textContent = text
  })
  row.tabIndex = index === focused ? 0 : -1
  row.classList.toggle('lit', index === point)
}

function footRows({
  factor,
  factorText,
  gradient: [gw, gb],
  learningRate,
}: PointTablePicture): HTMLElement[] {
  const rows = [
    ['sum', gw / factor, gb / factor],
    [`gradient: ${factorText}`, gw, gb],
    [
      `step: −η times it, η = ${formatNumber(learningRate)}`,
      -learningRate * gw,
      -learningRate * gb,
    ],
  ] as const
  return rows.map(([name, w, b]) => {
    const row = document.createElement('tr')
    const head = document.createElement('th')
    head.scope = 'row'
    head.colSpan = heads.length - 2
    head.textContent = name
    row.append(head)
    for (const value of [w, b]) row.insertCell().textContent = formatShort(value)
    return row
  })
}
