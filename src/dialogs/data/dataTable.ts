/**
 * The table of the data editor: a grid of x and y with only the rows in sight in the page. The grid
 * itself has the focus and names the active cell, so a row may leave the page.
 */
import type { Sample } from '../../model/objective'
import { keypad } from '../../widgets/numberField'
import { placeRows, rangeInSight, revealRow } from '../../widgets/rowsInSight'

export interface DataTablePicture {
  samples: readonly Sample[]
  selected: ReadonlySet<number>
  /** The row that keys act on. */
  cursor: number
}

export interface DataTableActions {
  onSelect(selection: { selected: ReadonlySet<number>; cursor: number }): void
  /** Takes the text typed into a cell. Returns a sentence if it is not valid. */
  onEdit(point: number, axis: Axis, text: string): string | null
  onAdd(): void
  onRemove(): void
}

type Axis = 0 | 1

const names = ['x', 'y'] as const

const markup = `<table class="data-table head-stays" role="grid" tabindex="0" aria-label="Data points"
    aria-multiselectable="true" aria-describedby="data-table-keys">
    <thead><tr><th scope="col" aria-label="Number">#</th>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
    <tbody></tbody>
  </table>
  <p id="data-table-keys" hidden>Arrows choose a cell; with Shift they select rows. With Ctrl they
    keep the selection, and Ctrl and Space add a row to it. Type, or press F2, to edit. Enter
    adds a point, Delete removes the selected ones.</p>`

interface Editing {
  point: number
  axis: Axis
  input: HTMLInputElement
}

export class DataTable {
  private readonly table: HTMLTableElement
  private readonly body: HTMLTableSectionElement
  private picture: DataTablePicture = { samples: [], selected: new Set(), cursor: 0 }
  private axis: Axis = 0
  /** The fixed end of a selection with Shift. */
  private anchor = 0
  private editing: Editing | null = null
  /** Pixels, cached because reading them may force a layout. */
  private rowHeight = 0
  private seen = { scrollTop: 0, clientHeight: 0 }

  /** @param onComplaint receives a sentence about an invalid entry, and null once it is valid */
  constructor(
    private readonly container: HTMLElement,
    private readonly actions: DataTableActions,
    private readonly onComplaint: (sentence: string | null) => void,
  ) {
    container.classList.add('data-table-scroll')
    container.innerHTML = markup
    this.table = container.querySelector('table')!
    this.body = container.querySelector('tbody')!
    this.table.addEventListener('keydown', (event) => {
      if (event.target === this.table && this.onKey(event)) event.preventDefault()
    })
    this.body.addEventListener('click', (event) => this.onClick(event))
    container.addEventListener('scroll', () => this.scrolled())
    new ResizeObserver(() => this.measure()).observe(container)
    this.measure()
  }

  show(next: DataTablePicture): void {
    const { cursor } = this.picture
    this.picture = next
    if (this.editing && this.editing.point >= next.samples.length) this.finish(false)
    this.draw()
    if (next.cursor === cursor) return
    // Another part has moved the cursor.
    if (next.selected.size <= 1 && next.selected.has(next.cursor)) this.anchor = next.cursor
    this.reveal(next.cursor)
    this.draw()
  }

  focus(): void {
    this.table.focus({ preventScroll: true })
  }

  /** The cell that keys act on; null if its row is out of sight. */
  private get cell(): HTMLElement | null {
    return this.body.querySelector(`#data-${names[this.axis]}-${this.picture.cursor}`)
  }

  private measure(): void {
    const height = getComputedStyle(this.table).getPropertyValue('--row')
    this.rowHeight = Number.parseFloat(height) || 24
    this.scrolled()
  }

  private scrolled(): void {
    const { scrollTop, clientHeight } = this.container
    this.seen = { scrollTop, clientHeight }
    this.draw()
  }

  private draw(): void {
    const { table, body, editing, rowHeight } = this
    const count = this.picture.samples.length
    table.setAttribute('aria-rowcount', String(count + 1))
    const rows = { container: this.seen, body, count, rowHeight, create: createRow }
    const { first, last } = rangeInSight(rows)
    if (editing && (editing.point < first || editing.point >= last)) {
      this.finish(true)
      return
    }
    const hadFocus = editing !== null && editing.input === document.activeElement
    const wanted = placeRows(rows)
    // A field loses the focus when it moves in the page.
    if (hadFocus && this.editing?.input !== document.activeElement) {
      this.editing?.input.focus({ preventScroll: true })
    }
    for (const row of wanted) fillRow(row, this.picture, this.axis, this.editing)
    if (this.cell) table.setAttribute('aria-activedescendant', this.cell.id)
    else table.removeAttribute('aria-activedescendant')
  }

  private reveal(point: number): void {
    const { container, seen, rowHeight } = this
    const { scrollTop } = seen
    revealRow({ container: seen, rowHeight }, point, this.table.tHead!.offsetHeight)
    if (seen.scrollTop !== scrollTop) container.scrollTop = seen.scrollTop
  }

  private choose(selected: ReadonlySet<number>, point: number): void {
    this.reveal(point)
    this.actions.onSelect({ selected, cursor: point })
  }

  /** Selects one row, or extends from the anchor to it, or toggles it and leaves the others. */
  private select(point: number, { extend = false, toggle = false } = {}): void {
    const selected = new Set(toggle ? this.picture.selected : [])
    if (extend) {
      const [low, high] = [Math.min(this.anchor, point), Math.max(this.anchor, point)]
      for (let i = low; i <= high; i++) selected.add(i)
    } else {
      this.anchor = point
      if (!toggle || !selected.delete(point)) selected.add(point)
    }
    this.choose(selected, point)
  }

  /** Moves the cursor. `keeps` leaves the selection as it is, unless `extend` adds to it. */
  private move(by: number, { extend = false, keeps = false } = {}): void {
    const { cursor, samples, selected } = this.picture
    // There is no picture yet.
    if (samples.length === 0) return
    const point = Math.min(Math.max(cursor + by, 0), samples.length - 1)
    if (keeps && !extend) this.choose(selected, point)
    else this.select(point, { extend, toggle: keeps })
  }

  private edit(text?: string): void {
    const { cursor } = this.picture
    if (this.editing) return
    this.reveal(cursor)
    this.draw()
    const cell = this.cell
    if (!cell) return
    const input = document.createElement('input')
    input.type = 'text'
    input.inputMode = keypad(true)
    input.autocomplete = 'off'
    input.setAttribute('aria-label', `${names[this.axis]} of point ${cursor + 1}`)
    input.value = text ?? String(this.picture.samples[cursor][this.axis])
    this.editing = { point: cursor, axis: this.axis, input }
    cell.replaceChildren(input)
    input.focus({ preventScroll: true })
    if (text === undefined) input.select()
    input.addEventListener('keydown', (event) => this.onInputKey(event))
    input.addEventListener('blur', () => this.finish(true))
  }

  /** Ends editing; returns false if the entry is not valid and the field stays. */
  private finish(takes: boolean, stays = false): boolean {
    if (!this.editing) return true
    const was = this.editing
    const { point, axis: k, input } = was
    const isSame = input.value === String(this.picture.samples[point]?.[k])
    const hadFocus = input === document.activeElement
    // The callbacks show the table again at once, which must not end the editing a second time.
    this.editing = null
    const complaint = takes && !isSame ? this.actions.onEdit(point, k, input.value) : null
    this.onComplaint(complaint)
    if (complaint && stays) {
      this.editing = was
      input.setAttribute('aria-invalid', 'true')
      return false
    }
    if (hadFocus) this.table.focus({ preventScroll: true })
    input.remove()
    this.draw()
    return true
  }

  private onInputKey(event: KeyboardEvent): void {
    const moves = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.isComposing) return
    if (event.key === 'Escape') this.finish(false)
    else if (moves) {
      if (this.finish(true, true)) this.move(moves)
    } else if (event.key === 'Tab') {
      if (this.finish(true, true)) this.toNextCell(event.shiftKey ? -1 : 1)
    } else {
      event.stopPropagation()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  private toNextCell(by: 1 | -1): void {
    const isInRow = this.axis + by === 0 || this.axis + by === 1
    this.axis = this.axis === 0 ? 1 : 0
    this.move(isInRow ? 0 : by)
  }

  private onKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, altKey } = event
    const page = Math.max(1, Math.floor(this.seen.clientHeight / this.rowHeight) - 2)
    const count = this.picture.samples.length
    const by = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    }[key]
    const keeps = event.ctrlKey || event.metaKey
    if (altKey) return false
    if (by) this.move(by, { extend: shiftKey, keeps })
    else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      this.axis = key === 'ArrowLeft' ? 0 : 1
      this.move(0, { keeps })
    } else if (keeps) {
      if (key.toLowerCase() === 'a') {
        const selected = new Set(this.picture.samples.keys())
        this.actions.onSelect({ selected, cursor: this.picture.cursor })
      } else if (key === ' ') this.select(this.picture.cursor, { toggle: true })
      else return false
    } else if (key === 'Delete' || key === 'Backspace') this.actions.onRemove()
    else if (key === 'Enter' || key === 'Insert') this.actions.onAdd()
    else if (key === 'F2') this.edit()
    else if (/^[\d.,+\-\u2212]$/.test(key)) this.edit(key)
    else return false
    return true
  }

  private onClick({ target, shiftKey: extend, ctrlKey, metaKey }: MouseEvent): void {
    const row = (target as Element).closest<HTMLTableRowElement>('[data-point]')
    if (!row || target instanceof HTMLInputElement) return
    const point = Number(row.dataset.point)
    const column = (target as Element).closest('td')?.cellIndex ?? 0
    const toggle = ctrlKey || metaKey
    const { cursor, selected } = this.picture
    const wasChosen = cursor === point && selected.size === 1 && column === this.axis + 1
    if (column > 0) this.axis = (column - 1) as Axis
    // A second click on a cell edits it, because a telephone has no keys.
    if (wasChosen && !extend && !toggle) this.edit()
    else this.select(point, { extend, toggle })
  }
}

function createRow(point: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.dataset.point = String(point)
  row.setAttribute('aria-rowindex', String(point + 2))
  const number = row.insertCell()
  number.textContent = String(point + 1)
  number.className = 'data-number'
  for (const name of names) row.insertCell().id = `data-${name}-${point}`
  return row
}

function fillRow(
  row: HTMLTableRowElement,
  { samples, selected, cursor }: DataTablePicture,
  axis: Axis,
  editing: Editing | null,
): void {
  const point = Number(row.dataset.point)
  row.setAttribute('aria-selected', String(selected.has(point)))
  for (const k of [0, 1] as const) {
    const cell = row.cells[k + 1]
    cell.classList.toggle('at', cursor === point && axis === k)
    if (editing?.point === point && editing.axis === k) continue
    const text = cellText(samples[point][k])
    if (cell.textContent !== text) cell.textContent = text
  }
}

/** Shows as many digits as fit into a cell; editing shows them all. */
function cellText(value: number): string {
  let text = String(value)
  if (text.length > 8 && Math.abs(value) < 1e-3) text = value.toExponential(2)
  for (let digits = 7; text.length > 8 && digits > 2; digits--) {
    text = String(Number(value.toPrecision(digits)))
  }
  return text.replaceAll('-', '\u2212')
}
