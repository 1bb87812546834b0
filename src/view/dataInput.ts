/** Pointer and keys of the data plot. */
import type { Sample } from '../model/objective'
import type { DataDrawing } from './dataDrawing'
import type { DataEditor, DataState } from './dataPicture'
import { nudge, reachOf, unitOf } from './svgPlot'

interface PointerTools extends DataEditor {
  select(index: number | null): void
  draw(): void
}

export function addDataPointer(drawing: DataDrawing, state: DataState, tools: PointerTools): void {
  const { svg } = drawing
  let dragged: { index: number; last: Sample | null } | null = null

  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    const index = drawing.nearest(event.clientX, event.clientY, reachOf(event))
    tools.select(index)
    if (index === null) return
    // Otherwise the browser gives the focus to whatever lies on top here.
    event.preventDefault()
    drawing.focus(index)
    svg.setPointerCapture(event.pointerId)
    dragged = { index, last: null }
  })
  svg.addEventListener('pointermove', (event) => {
    if (!dragged || !svg.hasPointerCapture(event.pointerId)) return
    state.dragging = true
    dragged.last = drawing.dataAt(event.clientX, event.clientY)
    tools.move(dragged.index, dragged.last, 'move')
  })
  svg.addEventListener('lostpointercapture', () => {
    const ended = dragged
    dragged = null
    state.dragging = false
    if (ended?.last) tools.move(ended.index, ended.last, 'end')
    tools.draw()
  })
  svg.addEventListener('dblclick', (event) => {
    const index = drawing.nearest(event.clientX, event.clientY, reachOf(event))
    if (index !== null) tools.remove(index)
    else tools.add(drawing.dataAt(event.clientX, event.clientY))
  })
}

interface KeyTools extends DataEditor {
  select(index: number | null): void
}

export function addDataKeys(drawing: DataDrawing, state: DataState, tools: KeyTools): void {
  drawing.svg.addEventListener('focusin', () => {
    const index = drawing.focused()
    if (index !== null && index !== state.selected) tools.select(index)
  })
  drawing.svg.addEventListener('keydown', (event) => {
    const index = drawing.focused()
    if (index === null || !state.picture || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction) {
      const size = event.shiftKey ? 10 : 1
      const [x, y] = state.picture.samples[index]
      tools.move(
        index,
        [
          nudge(x, direction[0] * size, unitOf(state.axes.x)),
          nudge(y, direction[1] * size, unitOf(state.axes.y)),
        ],
        'end',
      )
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      tools.remove(index)
      drawing.focus(Math.min(index, state.picture.samples.length - 1))
    } else if (event.key === 'Enter' || event.key === 'Insert') {
      tools.addInGap()
      if (state.selected !== null) drawing.focus(state.selected)
    } else return
    event.preventDefault()
  })
}

const directions: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
