/** Tables of up to a thousand rows: only rows in sight are in the page, with space for the rest. */

/** The number of extra rows above and below those in sight. */
const spareRows = 4

/** The scrolling element, or its cached sizes, because reading them may force a layout. */
export type Scroller = Pick<HTMLElement, 'scrollTop' | 'clientHeight'>

export interface RowsInSight {
  container: Scroller
  body: HTMLTableSectionElement
  /** The number of all rows, whether in the page or not. */
  count: number
  /** Pixels */
  rowHeight: number
  /** Makes the row with this number, and puts the number into `data-point`. */
  create(index: number): HTMLTableRowElement
}

/** Rows [first, last) belong in the page. */
export function rangeInSight({
  container,
  count,
  rowHeight,
}: Omit<RowsInSight, 'body' | 'create'>): {
  first: number
  last: number
} {
  const first = Math.max(0, Math.floor(container.scrollTop / rowHeight) - spareRows)
  const inSight = Math.ceil(container.clientHeight / rowHeight) + 2 * spareRows
  return { first, last: Math.min(count, first + inSight) }
}

/**
 * Puts the rows in sight into the page, keeping those already there, and returns them. An element
 * in a row may lose the focus, because rows move.
 */
export function placeRows(rows: RowsInSight): HTMLTableRowElement[] {
  const { body, count, rowHeight, create } = rows
  const { first, last } = rangeInSight(rows)
  const there = [...body.querySelectorAll<HTMLTableRowElement>('[data-point]')]
  const byIndex = new Map(there.map((row) => [Number(row.dataset.point), row]))
  const wanted = Array.from(
    { length: Math.max(last - first, 0) },
    (_, i) => byIndex.get(first + i) ?? create(first + i),
  )
  const isSame = there.length === wanted.length && there.every((row, i) => row === wanted[i])
  if (!isSame || body.childElementCount === 0) {
    const columns = wanted[0]?.cells.length ?? 1
    body.replaceChildren(spacer(columns), ...wanted, spacer(columns))
  }
  // Rows may have been added or removed out of sight.
  resize(body.rows[0], first * rowHeight)
  resize(body.rows[body.rows.length - 1], (count - last) * rowHeight)
  return wanted
}

/** Scrolls just far enough to show a row; `around` is the height of a fixed head and foot. */
export function revealRow(
  { container, rowHeight }: Pick<RowsInSight, 'container' | 'rowHeight'>,
  index: number,
  around: number,
): void {
  const top = index * rowHeight
  const seen = container.clientHeight - around - rowHeight
  if (top < container.scrollTop) container.scrollTop = top
  else if (top > container.scrollTop + seen) container.scrollTop = top - seen
}

function spacer(columns: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.setAttribute('aria-hidden', 'true')
  const cell = row.insertCell()
  cell.colSpan = columns
  cell.className = 'spacer'
  return row
}

function resize(row: HTMLTableRowElement, height: number): void {
  row.cells[0].style.height = `${height}px`
  row.hidden = height <= 0
}
