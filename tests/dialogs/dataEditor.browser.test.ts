/** The data editor's parts: box, table and plot, each with a stand-in for the app. */
import '../../src/dialogs/data/data.css'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createDataEditor, type DataEditorActions } from '../../src/dialogs/data/dataDialog'
import { DataTable } from '../../src/dialogs/data/dataTable'
import type { Sample } from '../../src/model/objective'
import { domain } from '../../src/page/data/dataPicture'
import { shifted } from '../../src/page/data/pointsInput'
import { createPointsPlot } from '../../src/page/data/pointsPlot'
import type { Selection } from '../../src/page/data/selection'
import { coordinateBound } from '../../src/settings/settings'
import { mount } from '../setup/mount'

const five: readonly Sample[] = [
  [-3, 0.05],
  [-0.5, 0.2],
  [0, 0.5],
  [0.5, 0.75],
  [3, 0.65],
]
const many = (count: number) => Array.from({ length: count }, (_, i): Sample => [i, 0.5])

const indices = ({ selected }: Selection) => [...selected].sort((a, b) => a - b)

function createTable(first: readonly Sample[] = five) {
  let samples = first
  let selection: Selection = { selected: new Set(), cursor: 0 }
  const actions = {
    // The app, too, shows what was typed at once, as a number.
    onEdit: vi.fn((point: number, axis: 0 | 1, text: string) => {
      const read = Number(text.replace(',', '.'))
      if (Number.isNaN(read)) return `"${text}" is no number.`
      samples = samples.map((sample, i) =>
        i === point ? (axis === 0 ? [read, sample[1]] : [sample[0], read]) : sample,
      )
      show()
      return null
    }),
    onAdd: vi.fn(),
    onRemove: vi.fn(),
  }
  const onComplaint = vi.fn()
  const container = mount(240, 300)
  const onSelect = (next: Selection) => {
    selection = next
    show()
  }
  const table = new DataTable(container, { ...actions, onSelect }, onComplaint)
  const show = () => table.show({ samples, ...selection })
  show()
  table.focus()
  const grid = container.querySelector<HTMLElement>('[role=grid]')!
  return {
    container,
    grid,
    actions,
    onComplaint,
    select: onSelect,
    selection: () => selection,
    rows: () => [...container.querySelectorAll<HTMLElement>('[data-point]')],
    cell: (point: number, axis: 0 | 1) =>
      container.querySelector<HTMLElement>(`#data-${axis === 0 ? 'x' : 'y'}-${point}`)!,
    /** The cell that a screen reader is told of. */
    active: () => grid.getAttribute('aria-activedescendant'),
  }
}

test('arrows choose a cell, with Shift they select rows', async () => {
  const { selection, active } = createTable()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}')
  expect(indices(selection())).toEqual([2])
  expect(active()).toBe('data-y-2')
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
  expect(indices(selection())).toEqual([2, 3, 4])
  await userEvent.keyboard('{Shift>}{Home}{/Shift}')
  expect(indices(selection())).toEqual([0, 1, 2])
  await userEvent.keyboard('{End}')
  expect(indices(selection())).toEqual([4])
  await userEvent.keyboard('{Control>}a{/Control}')
  expect(indices(selection())).toEqual([0, 1, 2, 3, 4])
  await userEvent.keyboard('{Control>} {/Control}')
  expect(indices(selection())).toEqual([0, 1, 2, 3])
})

test('with Ctrl, arrows keep the selection, and Space selects rows that are not neighbours', async () => {
  const { selection, active } = createTable()
  await userEvent.keyboard('{ArrowDown}{Control>}{ArrowDown}{ArrowDown}{ArrowRight}{/Control}')
  expect(indices(selection())).toEqual([1])
  expect(active()).toBe('data-y-3')
  await userEvent.keyboard('{Control>} {/Control}')
  expect(indices(selection())).toEqual([1, 3])
  await userEvent.keyboard('{Control>}{Home}{/Control}')
  expect(indices(selection())).toEqual([1, 3])
  expect(active()).toBe('data-y-0')
  // From where Space was pressed last, besides what is selected.
  await userEvent.keyboard('{Control>}{End}{Shift>}{ArrowUp}{ArrowDown}{/Shift}{/Control}')
  expect(indices(selection())).toEqual([1, 3, 4])
  await userEvent.keyboard('{ArrowUp}')
  expect(indices(selection())).toEqual([3])
})

test('clicks select: one, with Shift up to it, with Ctrl one more or less', async () => {
  const { cell, selection, rows } = createTable()
  await userEvent.click(cell(1, 0))
  expect(indices(selection())).toEqual([1])
  await userEvent.keyboard('{Shift>}')
  await userEvent.click(cell(3, 0))
  await userEvent.keyboard('{/Shift}{Control>}')
  expect(indices(selection())).toEqual([1, 2, 3])
  await userEvent.click(cell(2, 1))
  await userEvent.click(cell(4, 1))
  await userEvent.keyboard('{/Control}')
  expect(indices(selection())).toEqual([1, 3, 4])
  expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(
    [false, true, false, true, true].map(String),
  )
})

test('typing into a cell edits it; Enter goes down, Tab to the next cell', async () => {
  const { grid, actions, active } = createTable()
  await userEvent.keyboard('1,5{Enter}')
  expect(actions.onEdit).toHaveBeenLastCalledWith(0, 0, '1,5')
  expect(document.activeElement).toBe(grid)
  expect(active()).toBe('data-x-1')
  await userEvent.keyboard('7{Tab}')
  expect(actions.onEdit).toHaveBeenLastCalledWith(1, 0, '7')
  expect(active()).toBe('data-y-1')
  await userEvent.keyboard('{F2}')
  expect((document.activeElement as HTMLInputElement).value).toBe('0.2')
  await userEvent.keyboard('.3{Tab}')
  expect(actions.onEdit).toHaveBeenLastCalledWith(1, 1, '.3')
  expect(active()).toBe('data-x-2')
})

test('a text that is no number stays in its field; Escape restores the old value', async () => {
  const { actions, onComplaint, grid, cell } = createTable()
  await userEvent.keyboard('-{Enter}')
  expect(onComplaint).toHaveBeenLastCalledWith('"-" is no number.')
  const field = document.activeElement as HTMLInputElement
  expect(field.getAttribute('aria-invalid')).toBe('true')
  // The colour of errors is around it, and not that of the cursor.
  const shadow = () => getComputedStyle(cell(0, 0)).boxShadow
  const invalid = shadow()
  field.removeAttribute('aria-invalid')
  expect(shadow()).not.toBe(invalid)
  expect(field.getAttribute('aria-label')).toBe('x of point 1')
  await userEvent.keyboard('{Escape}')
  expect(onComplaint).toHaveBeenLastCalledWith(null)
  expect(document.activeElement).toBe(grid)
  expect(cell(0, 0).textContent).toBe('−3')
  expect(actions.onEdit).toHaveBeenCalledTimes(1)
})

test('a second click edits, and leaving the field takes what was typed', async () => {
  const { actions, cell } = createTable()
  await userEvent.click(cell(2, 1))
  await userEvent.click(cell(2, 1))
  await userEvent.keyboard('0.4')
  await userEvent.click(cell(0, 0))
  expect(actions.onEdit).toHaveBeenCalledExactlyOnceWith(2, 1, '0.4')
})

test('Delete removes and Enter adds, but not while a cell is edited', async () => {
  const { actions } = createTable()
  await userEvent.keyboard('{Delete}{Enter}{Insert}')
  expect(actions.onRemove).toHaveBeenCalledTimes(1)
  expect(actions.onAdd).toHaveBeenCalledTimes(2)
  await userEvent.keyboard('{F2}{Delete}5{Enter}')
  expect(actions.onRemove).toHaveBeenCalledTimes(1)
  expect(actions.onAdd).toHaveBeenCalledTimes(2)
})

test('with 1,024 rows only those in sight are in the page', async () => {
  const { rows, grid, container, select, selection, active } = createTable(many(1024))
  expect(grid.getAttribute('aria-rowcount')).toBe('1025')
  expect(rows().length).toBeLessThan(50)
  const { scrollHeight } = container
  expect(scrollHeight).toBeGreaterThan(1024 * 20)
  await userEvent.keyboard('{End}')
  expect(active()).toBe('data-x-1023')
  expect(rows().length).toBeLessThan(50)
  expect(rows().at(-1)!.getAttribute('aria-rowindex')).toBe('1025')
  // The height of what is not there is kept.
  expect(Math.abs(container.scrollHeight - scrollHeight)).toBeLessThan(3)
  await userEvent.keyboard('{Control>}a{/Control}')
  expect(selection().selected.size).toBe(1024)
  // The plot chooses it in this way.
  select({ selected: new Set([500]), cursor: 500 })
  await expect.poll(active).toBe('data-x-500')
})

test('a long number is rounded, and not cut off; its field has all digits', async () => {
  const { cell } = createTable([
    [123456.789, -1 / 3],
    [-0.000012345, -123456.789],
    [1e-7, 0.1 + 0.2],
  ])
  const shown = [0, 1, 2].map((point) => [cell(point, 0).textContent, cell(point, 1).textContent])
  expect(shown).toEqual([
    ['123456.8', '−0.33333'],
    ['−1.23e−5', '−123457'],
    ['1e−7', '0.3'],
  ])
  for (const element of document.querySelectorAll('.data-table td')) {
    expect(element.scrollWidth, element.textContent).toBeLessThanOrEqual(element.clientWidth)
  }
  await userEvent.keyboard('{F2}')
  expect((document.activeElement as HTMLInputElement).value).toBe('123456.789')
})

test('a field that is scrolled out of sight is taken, and the keys still work', async () => {
  const { container, actions, active, cell } = createTable(many(200))
  await userEvent.keyboard('0,3')
  container.scrollTop = 3000
  await expect.poll(() => actions.onEdit.mock.calls).toEqual([[0, 0, '0,3']])
  await userEvent.keyboard('{ArrowDown}')
  await expect.poll(active).toBe('data-x-1')
  expect(cell(0, 0).textContent).toBe('0.3')
  expect(actions.onEdit).toHaveBeenCalledOnce()
})

function createPlot(first: readonly Sample[] = five) {
  let samples = first
  let selection: Selection = { selected: new Set(), cursor: 0 }
  const onChange = vi.fn((next: readonly Sample[], phase: 'move' | 'end') => {
    samples = next
    if (phase) show()
  })
  const [onAdd, onRemove] = [vi.fn(), vi.fn()]
  const container = mount(400, 320)
  container.className = 'editor-plot'
  const onSelect = (next: Selection) => {
    selection = next
    show()
  }
  const plot = createPointsPlot(container, { onChange, onSelect, onAdd, onRemove }, () => 'all')
  const show = () => {
    const curve = Float32Array.from({ length: 65 }, (_, i) => i / 64)
    const rest = { w: 2, b: -1, curve, step: 3, stale: false, lit: null }
    plot.show({ samples, domain: domain(samples), ...rest }, selection)
  }
  show()
  const svg = container.querySelector<SVGSVGElement>('svg')!
  const points = () => [...svg.querySelectorAll<SVGElement>('.data-point')]
  const place = (index: number) => {
    const dot = points()[index].querySelector('.point')!.getBoundingClientRect()
    const { left, top } = svg.getBoundingClientRect()
    return { x: dot.left + dot.width / 2 - left, y: dot.top + dot.height / 2 - top }
  }
  return {
    container,
    svg,
    points,
    place,
    onChange,
    onAdd,
    onRemove,
    select: onSelect,
    samples: () => samples,
    selection: () => selection,
  }
}

test('a drag moves all that are selected by the same amount, as one gesture', async () => {
  const { svg, place, select, samples, onChange } = createPlot()
  select({ selected: new Set([1, 2, 4]), cursor: 2 })
  const from = place(2)
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: from,
    targetPosition: { x: from.x + 40, y: from.y - 30 },
  })
  const [dx, dy] = [samples()[2][0] - five[2][0], samples()[2][1] - five[2][1]]
  expect(dx).toBeGreaterThan(0.3)
  expect(dy).toBeGreaterThan(0.05)
  for (const index of [1, 4]) {
    expect(samples()[index][0]).toBeCloseTo(five[index][0] + dx, 9)
    expect(samples()[index][1]).toBeCloseTo(five[index][1] + dy, 9)
  }
  for (const index of [0, 3]) expect(samples()[index]).toEqual(five[index])
  const phases = onChange.mock.calls.map(([, phase]) => phase)
  expect(phases.filter((phase) => phase === 'end')).toHaveLength(1)
  expect(phases.at(-1)).toBe('end')
})

test('a point keeps its distance from the pointer that drags it', async () => {
  const { svg, place, select, samples } = createPlot()
  select({ selected: new Set([2]), cursor: 2 })
  const from = place(2)
  const grasped = { x: from.x + 7, y: from.y - 6 }
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: grasped,
    targetPosition: { x: grasped.x, y: grasped.y - 40 },
  })
  // The axes stay: the middle point is none of the outermost.
  expect(samples()[2][0]).toBe(five[2][0])
  expect(Math.abs(place(2).y - (from.y - 40))).toBeLessThan(1)
})

test('a press that moves by less than a click does changes nothing', async () => {
  const { svg, place, onChange, selection } = createPlot()
  const from = place(3)
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: { x: from.x + 6, y: from.y + 4 },
    targetPosition: { x: from.x + 8, y: from.y + 6 },
  })
  expect(indices(selection())).toEqual([3])
  expect(onChange).not.toHaveBeenCalled()
})

test('a point that is not selected is dragged alone', async () => {
  const { svg, place, select, samples, selection } = createPlot()
  select({ selected: new Set([0, 1]), cursor: 0 })
  const from = place(3)
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: from,
    targetPosition: { x: from.x + 40, y: from.y },
  })
  expect(samples().slice(0, 3)).toEqual(five.slice(0, 3))
  expect(samples()[3][0]).toBeGreaterThan(0.5)
  expect(indices(selection())).toEqual([3])
})

test('a rectangle selects what is in it, with Shift besides what was', async () => {
  const { svg, place, selection, onChange } = createPlot()
  const [low, high] = [place(1), place(3)]
  const band = {
    sourcePosition: { x: low.x - 20, y: low.y + 25 },
    targetPosition: { x: high.x + 15, y: high.y - 20 },
  }
  await userEvent.dragAndDrop(svg, svg, band)
  expect(indices(selection())).toEqual([1, 2, 3])
  expect(svg.querySelector('.band-rectangle')).toBeNull()
  await userEvent.keyboard('{Shift>}')
  const last = place(4)
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: { x: last.x - 20, y: last.y - 20 },
    targetPosition: { x: last.x + 14, y: last.y + 20 },
  })
  await userEvent.keyboard('{/Shift}')
  expect(indices(selection())).toEqual([1, 2, 3, 4])
  await userEvent.click(svg, { position: { x: 200, y: 30 } })
  expect(indices(selection())).toEqual([])
  expect(onChange).not.toHaveBeenCalled()
})

test('clicks in the plot select one, with Ctrl or Shift one more or less', async () => {
  const { svg, place, selection, points } = createPlot()
  await userEvent.click(svg, { position: place(1) })
  await userEvent.keyboard('{Control>}')
  await userEvent.click(svg, { position: place(3) })
  await userEvent.keyboard('{/Control}{Shift>}')
  await userEvent.click(svg, { position: place(4) })
  await userEvent.click(svg, { position: place(1) })
  await userEvent.keyboard('{/Shift}')
  expect(indices(selection())).toEqual([3, 4])
  expect(points().map((point) => point.getAttribute('aria-pressed'))).toEqual(
    [false, false, false, true, true].map(String),
  )
  await userEvent.click(svg, { position: place(3) })
  expect(indices(selection())).toEqual([3])
})

test('keys move all that are selected, go on to the next, add and remove', async () => {
  const { points, select, samples, selection, onAdd, onRemove } = createPlot()
  select({ selected: new Set([0, 4]), cursor: 0 })
  expect(points().map((point) => point.getAttribute('tabindex'))).toEqual(
    [0, -1, -1, -1, -1].map(String),
  )
  points()[0].focus()
  await userEvent.keyboard('{ArrowRight}{ArrowUp}')
  const unit = samples()[0][0] - five[0][0]
  expect(unit).toBeGreaterThan(0)
  expect(samples()[4][0]).toBeCloseTo(five[4][0] + unit, 9)
  expect(samples()[4][1]).toBeGreaterThan(five[4][1])
  expect(samples().slice(1, 4)).toEqual(five.slice(1, 4))
  await userEvent.keyboard('{PageDown}')
  expect(indices(selection())).toEqual([1])
  expect(document.activeElement).toBe(points()[1])
  await userEvent.keyboard('{Shift>}{PageDown}{/Shift}')
  expect(indices(selection())).toEqual([1, 2])
  await userEvent.keyboard('{Control>}a{/Control}{Delete}{Enter}')
  expect(selection().selected.size).toBe(5)
  expect(onRemove).toHaveBeenCalledOnce()
  expect(onAdd).toHaveBeenCalledOnce()
})

test('the numbers are those of the selected point, wherever the cursor is', () => {
  const { container, select } = createPlot()
  select({ selected: new Set([1]), cursor: 3 })
  expect(container.querySelector('.data-numbers')!.textContent).toMatch(
    /^Point 2: x −0.5 · y 0.2 ·/,
  )
})

test('among a thousand points the selected ones lie on top', () => {
  const { svg, select } = createPlot(many(1024))
  const marks = () => svg.querySelector('.marks')!.getAttribute('d')!.match(/M/g)?.length ?? 0
  select({ selected: new Set([3, 500, 1000]), cursor: 3 })
  expect(marks()).toBe(3)
  expect(svg.lastElementChild!.getAttribute('class')).toBe('marks')
  select({ selected: new Set(), cursor: 3 })
  expect(marks()).toBe(0)
})

test('a double click adds a point where there is none', async () => {
  const { svg, onAdd } = createPlot()
  await userEvent.dblClick(svg, { position: { x: 120, y: 60 } })
  expect(onAdd).toHaveBeenCalledOnce()
  const [[[x, y]]] = onAdd.mock.calls
  expect(x).toBeLessThan(0)
  expect(y).toBeGreaterThan(0.7)
})

test('points keep their distances while they are shifted, and stay within the bounds', () => {
  const coordinate = fc.integer({ min: -coordinateBound, max: coordinateBound })
  const point = fc.tuple(coordinate, coordinate)
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat(19), { minLength: 1 }),
      fc.tuple(coordinate, coordinate),
      (samples, chosen, by) => {
        const moving = new Set(chosen.map((index) => index % samples.length))
        const moved = shifted(samples, moving, by)
        const [first] = moving
        for (const [index, [x, y]] of moved.entries()) {
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(coordinateBound)
          const to = moving.has(index) ? moved[first] : samples[first]
          expect([x - to[0], y - to[1]]).toEqual([
            samples[index][0] - samples[first][0],
            samples[index][1] - samples[first][1],
          ])
        }
      },
    ),
  )
})

function createBox() {
  const actions = {
    ...{ onAdd: vi.fn(), onRemove: vi.fn(), onUndo: vi.fn(), onRedo: vi.fn() },
    ...{ onFile: vi.fn(), onText: vi.fn(), onSave: vi.fn(), onCopy: vi.fn(), onClose: vi.fn() },
    copied: vi.fn(() => 'x\ty\n'),
  }
  // A mock of vitest has another type than the action it stands for.
  const box = createDataEditor(actions as unknown as DataEditorActions)
  return { box, actions }
}

test('the list of what is bad is text, and asks what to do', async () => {
  const { box } = createBox()
  box.open()
  const problems = [
    { row: 3, column: 2, reason: '"<b>x</b>" is no number.' },
    { row: null, column: null, reason: 'Something else.' },
  ]
  const answer = box.ask({ title: 'a.csv', good: 2, problems })
  const cells = [...box.dialog.querySelectorAll('.editor-report tbody td')]
  expect(cells.map((cell) => cell.textContent)).toEqual([
    ...['3', '2', '"<b>x</b>" is no number.'],
    ...['–', '–', 'Something else.'],
  ])
  expect(document.activeElement!.textContent).toBe('Take the 2 good rows')
  await userEvent.keyboard('{Enter}')
  expect(await answer).toBe(true)

  const second = box.ask({ title: 'a.csv', good: 0, problems })
  expect(document.activeElement!.textContent).toBe('Keep the old data')
  await expect.element(page.getByText('good row', { exact: false })).not.toBeVisible()
  await userEvent.keyboard('{Escape}')
  expect(await second).toBe(false)
  expect(box.dialog.open).toBe(true)

  const third = box.ask({ title: 'a.csv', good: 1, problems })
  const fourth = box.ask({ title: 'b.csv', good: 1, problems })
  expect(await third).toBeNull()
  box.dialog.close()
  expect(await fourth).toBeNull()
})

test('files and texts come in by drop and by paste', async () => {
  const { box, actions } = createBox()
  box.open()
  box.dialog.querySelector('button')!.focus()
  const file = new File(['1,2'], 'points.csv')
  const data = new DataTransfer()
  data.items.add(file)
  const give = (event: Event) => box.dialog.dispatchEvent(event)
  const over = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data })
  give(over)
  expect(over.defaultPrevented).toBe(true)
  expect(box.dialog.classList.contains('dragged-over')).toBe(true)
  give(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
  expect(actions.onFile.mock.calls[0][0].name).toBe('points.csv')
  expect(box.dialog.classList.contains('dragged-over')).toBe(false)

  const text = new DataTransfer()
  text.setData('text/plain', '1,2')
  const paste = () =>
    document.dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: text }),
    )
  paste()
  expect(actions.onText).toHaveBeenLastCalledWith('1,2')
  box.dialog.close()
  paste()
  expect(actions.onText).toHaveBeenCalledTimes(1)
})

test('keys of the page do not reach it from the editor, but for those that undo', async () => {
  const { box } = createBox()
  box.open()
  const keys: string[] = []
  const listen = (event: KeyboardEvent) => keys.push(event.key)
  document.body.addEventListener('keydown', listen)
  box.dialog.querySelector('button')!.focus()
  await userEvent.keyboard('rt{Control>}z{/Control}')
  document.body.removeEventListener('keydown', listen)
  expect(keys.filter((key) => key !== 'Control')).toEqual(['z'])
  await userEvent.keyboard('{Escape}')
  expect(box.dialog.open).toBe(false)
})
