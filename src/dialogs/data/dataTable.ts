/**
 * The table of the data editor: a grid of x and y of which only rows in sight are in the page. The
 * grid has the focus itself and names the cell that keys are about, so a row may leave the page.
 */
import type { Sample } from '../../model/objective'
import { placeRows, rangeInSight, revealRow } from '../../widgets/rowsInSight'

export interface DataTablePicture {
  samples: readonly Sample[]
  selected: ReadonlySet<number>
  /** The row that keys are about. */
  cursor: number
}

export interface DataTableActions {
  onSelect(selection: { selected: ReadonlySet<number>; cursor: number }): void
  /** What was typed into a cell. The answer is a sentence where it cannot be taken. */
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
  <p id="data-table-keys" hidden>Arrows choose a cell, with Shift they select rows. With Ctrl they
    leave the selection, and Ctrl and Space select a row besides. Type, or press F2, to edit. Enter
    adds a point, Delete removes the selected ones.</p>`

interface Editing {
  point: number
  axis: Axis
  input: HTMLInputElement
}

/** @param onComplaint told what is wrong with what was typed, and null when that is over */
export function createDataTable(
  container: HTMLElement,
  actions: DataTableActions,
  onComplaint: (sentence: string | null) => void,
) {
  container.classList.add('data-table-scroll')
  container.innerHTML = markup
  const table = container.querySelector('table')!
  const body = container.querySelector('tbody')!
  let picture: DataTablePicture = { samples: [], selected: new Set(), cursor: 0 }
  let axis: Axis = 0
  /** The other end of what Shift selects. */
  let anchor = 0
  let editing: Editing | null = null

  const cellAt = (point: number, k: Axis) =>
    body.querySelector<HTMLTableRowElement>(`[data-point="${point}"]`)?.cells[k + 1] ?? null
  /** Pixels, kept since each look at the page may cost a layout. */
  let rowHeight = 0
  let seen = { scrollTop: 0, clientHeight: 0 }
  const measure = () => {
    rowHeight = Number.parseFloat(getComputedStyle(table).getPropertyValue('--row')) || 24
    scrolled()
  }
  const scrolled = () => {
    seen = { scrollTop: container.scrollTop, clientHeight: container.clientHeight }
    draw()
  }

  const draw = () => {
    const { samples, cursor } = picture
    table.setAttribute('aria-rowcount', String(samples.length + 1))
    const rows = { container: seen, body, count: samples.length, rowHeight, create: createRow }
    const { first, last } = rangeInSight(rows)
    if (editing && (editing.point < first || editing.point >= last)) {
      finish(true)
      return
    }
    const hadFocus = editing !== null && editing.input === document.activeElement
    const wanted = placeRows(rows)
    // A field that is moved in the page loses the focus.
    if (hadFocus && editing?.input !== document.activeElement) {
      editing?.input.focus({ preventScroll: true })
    }
    for (const row of wanted) fillRow(row, picture, axis, editing)
    const active = cellAt(cursor, axis)
    if (active) table.setAttribute('aria-activedescendant', active.id)
    else table.removeAttribute('aria-activedescendant')
  }

  const reveal = (point: number) => {
    const { scrollTop } = seen
    revealRow({ container: seen, rowHeight }, point, table.tHead!.offsetHeight)
    if (seen.scrollTop !== scrollTop) container.scrollTop = seen.scrollTop
  }

  const choose = (selected: ReadonlySet<number>, point: number) => {
    reveal(point)
    actions.onSelect({ selected, cursor: point })
  }
  /** Selects one row; all from the anchor to it; or turns its selection and leaves the others. */
  const select = (point: number, { extend = false, toggle = false } = {}) => {
    const selected = new Set(toggle ? picture.selected : [])
    if (extend) {
      const [low, high] = [Math.min(anchor, point), Math.max(anchor, point)]
      for (let i = low; i <= high; i++) selected.add(i)
    } else {
      anchor = point
      if (!toggle || !selected.delete(point)) selected.add(point)
    }
    choose(selected, point)
  }
  /** `keeps` what is selected: without `extend` only the cursor goes. */
  const move = (by: number, { extend = false, keeps = false } = {}) => {
    const { cursor, samples, selected } = picture
    // Before the first picture.
    if (samples.length === 0) return
    const point = Math.min(Math.max(cursor + by, 0), samples.length - 1)
    if (keeps && !extend) choose(selected, point)
    else select(point, { extend, toggle: keeps })
  }

  const edit = (text?: string) => {
    const { cursor } = picture
    if (editing) return
    reveal(cursor)
    draw()
    const cell = cellAt(cursor, axis)
    if (!cell) return
    const input = document.createElement('input')
    input.type = 'text'
    input.inputMode = 'decimal'
    input.autocomplete = 'off'
    input.setAttribute('aria-label', `${names[axis]} of point ${cursor + 1}`)
    input.value = text ?? String(picture.samples[cursor][axis])
    editing = { point: cursor, axis, input }
    cell.replaceChildren(input)
    input.focus({ preventScroll: true })
    if (text === undefined) input.select()
    input.addEventListener('keydown', onInputKey)
    input.addEventListener('blur', () => finish(true))
  }
  /** Ends editing; false where what was typed cannot be taken and the field stays. */
  const finish = (takes: boolean, stays = false): boolean => {
    if (!editing) return true
    const was = editing
    const { point, axis: k, input } = was
    const isSame = input.value === String(picture.samples[point]?.[k])
    const hadFocus = input === document.activeElement
    // Whoever is told shows the table again at once, and that must not end it a second time.
    editing = null
    const complaint = takes && !isSame ? actions.onEdit(point, k, input.value) : null
    onComplaint(complaint)
    if (complaint && stays) {
      editing = was
      input.setAttribute('aria-invalid', 'true')
      return false
    }
    if (hadFocus) table.focus({ preventScroll: true })
    input.remove()
    draw()
    return true
  }
  const onInputKey = (event: KeyboardEvent) => {
    const moves = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.isComposing) return
    if (event.key === 'Escape') finish(false)
    else if (moves) {
      if (finish(true, true)) move(moves)
    } else if (event.key === 'Tab') {
      if (finish(true, true)) toNextCell(event.shiftKey ? -1 : 1)
    } else {
      event.stopPropagation()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const toNextCell = (by: 1 | -1) => {
    const isInRow = axis + by === 0 || axis + by === 1
    axis = axis === 0 ? 1 : 0
    move(isInRow ? 0 : by)
  }

  const onKey = (event: KeyboardEvent): boolean => {
    const { key, shiftKey, altKey } = event
    const page = Math.max(1, Math.floor(seen.clientHeight / rowHeight) - 2)
    const count = picture.samples.length
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
    if (by) move(by, { extend: shiftKey, keeps })
    else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      axis = key === 'ArrowLeft' ? 0 : 1
      move(0, { keeps })
    } else if (keeps) {
      if (key.toLowerCase() === 'a') {
        const selected = new Set(picture.samples.keys())
        actions.onSelect({ selected, cursor: picture.cursor })
      } else if (key === ' ') select(picture.cursor, { toggle: true })
      else return false
    } else if (key === 'Delete' || key === 'Backspace') actions.onRemove()
    else if (key === 'Enter' || key === 'Insert') actions.onAdd()
    else if (key === 'F2') edit()
    else if (/^[\d.,+\-\u2212]$/.test(key)) edit(key)
    else return false
    return true
  }
  table.addEventListener('keydown', (event) => {
    if (event.target === table && onKey(event)) event.preventDefault()
  })
  body.addEventListener('click', (event) => {
    const row = (event.target as Element).closest<HTMLTableRowElement>('[data-point]')
    if (!row || event.target instanceof HTMLInputElement) return
    const point = Number(row.dataset.point)
    const column = (event.target as Element).closest('td')?.cellIndex ?? 0
    const { shiftKey: extend, ctrlKey, metaKey } = event
    const toggle = ctrlKey || metaKey
    const wasChosen = picture.cursor === point && picture.selected.size === 1 && column === axis + 1
    if (column > 0) axis = (column - 1) as Axis
    // A second click on a cell edits it, as there are no keys on a telephone.
    if (wasChosen && !extend && !toggle) edit()
    else select(point, { extend, toggle })
  })
  container.addEventListener('scroll', scrolled)
  const observer = new ResizeObserver(measure)
  observer.observe(container)
  measure()

  return {
    show(next: DataTablePicture) {
      const { cursor } = picture
      picture = next
      if (editing && editing.point >= next.samples.length) finish(false)
      draw()
      if (next.cursor === cursor) return
      // Chosen elsewhere.
      if (next.selected.size <= 1 && next.selected.has(next.cursor)) anchor = next.cursor
      reveal(next.cursor)
      draw()
    },
    focus: () => table.focus({ preventScroll: true }),
    dispose: () => observer.disconnect(),
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

/** As many digits as a cell has room for; whoever edits it sees them all. */
function cellText(value: number): string {
  let text = String(value)
  if (text.length > 8 && Math.abs(value) < 1e-3) text = value.toExponential(2)
  for (let digits = 7; text.length > 8 && digits > 2; digits--) {
    text = String(Number(value.toPrecision(digits)))
  }
  return text.replaceAll('-', '\u2212')
}
