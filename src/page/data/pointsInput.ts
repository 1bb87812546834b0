/** Pointer and keys of the data plot: select one or many points and move them together. */
import type { Sample } from '../../model/objective'
import { coordinateBound } from '../../settings/settings'
import { clickReach, pointReach, reachOf } from '../../widgets/pointerReach'
import { create, nudge, set, unitOf } from '../../widgets/svgPlot'
import type { DataDrawing } from './pointsDrawing'
import type { PointsActions, PointsState } from './selection'

/** The place of a press, in pixels of the plot, and whether it adds to the selection. */
interface Press {
  left: number
  top: number
  adds: boolean
}

/** The gesture that a press begins. */
interface Gesture {
  /** Moves to a place in the plot, once the pointer has gone too far for a click. */
  move(x: number, y: number): void
  end(): void
}

interface PointerTools extends PointsActions {
  draw(): void
}

/** All samples, those in `moving` shifted by the same amount within the bounds. */
export function shifted(
  samples: readonly Sample[],
  moving: ReadonlySet<number>,
  by: readonly [dx: number, dy: number],
): readonly Sample[] {
  const [dx, dy] = by.map((wanted, axis) => {
    const values = [...moving].map((index) => samples[index][axis])
    const lowest = -coordinateBound - Math.min(...values)
    return Math.min(Math.max(wanted, lowest), coordinateBound - Math.max(...values))
  })
  return samples.map((sample, index) =>
    moving.has(index) ? [nudge(sample[0], 1, dx), nudge(sample[1], 1, dy)] : sample,
  )
}

export function addPointsPointer(
  drawing: DataDrawing,
  state: PointsState,
  tools: PointerTools,
): void {
  const { svg } = drawing
  let gesture: Gesture | null = null
  let [pointer, left, top] = [0, 0, 0]
  let isClick = true
  /** The point under the last press; null if there was none. */
  let pressed: number | null = null

  svg.addEventListener('pointerdown', (event) => {
    // One pointer at a time: a second finger is ignored.
    if (gesture || event.button !== 0 || !state.picture) return
    ;[left, top] = drawing.inside(event)
    pointer = event.pointerId
    isClick = true
    pressed = drawing.nearest(left, top, reachOf(event, pointReach))
    svg.setPointerCapture(pointer)
    // Otherwise the browser would focus whatever lies on top here.
    event.preventDefault()
    const press = { left, top, adds: event.shiftKey || event.ctrlKey || event.metaKey }
    gesture =
      pressed === null
        ? createBand(drawing, state, tools, press)
        : createDrag(drawing, state, tools, press, pressed)
  })
  svg.addEventListener('pointermove', (event) => {
    if (!gesture || event.pointerId !== pointer) return
    const [x, y] = drawing.inside(event)
    isClick &&= Math.hypot(x - left, y - top) < reachOf(event, clickReach)
    if (!isClick) gesture.move(x, y)
  })
  svg.addEventListener('lostpointercapture', (event) => {
    if (!gesture || event.pointerId !== pointer) return
    const { end } = gesture
    gesture = null
    state.dragging = false
    end()
    tools.draw()
  })
  svg.addEventListener('dblclick', (event) => {
    if (pressed === null) return tools.onAdd(drawing.dataAt(...drawing.inside(event)))
    select(state, tools, pressed, false)
    tools.onRemove()
  })
}

/** With `adds`, a point that was already selected is deselected. */
function select(state: PointsState, tools: PointsActions, index: number, adds: boolean): void {
  const selected = new Set(adds ? state.selected : [])
  if (!selected.delete(index)) selected.add(index)
  tools.onSelect({ selected, cursor: index })
}

/** The point keeps its distance from the pointer; the other selected ones move with it. */
function createDrag(
  drawing: DataDrawing,
  state: PointsState,
  tools: PointsActions,
  { left, top, adds }: Press,
  index: number,
): Gesture | null {
  const isSelected = state.selected.has(index)
  if (adds || !isSelected) select(state, tools, index, adds)
  drawing.focus(index)
  if (adds && isSelected) return null
  const { samples } = state.picture!
  const { selected } = state
  const [x, y] = samples[index]
  const [px, py] = drawing.placeOf(samples[index])
  let moved: readonly Sample[] | null = null
  return {
    move(toX, toY) {
      state.dragging = true
      const to = drawing.dataAt(px + toX - left, py + toY - top)
      moved = shifted(samples, selected, [to[0] - x, to[1] - y])
      tools.onChange(moved, 'move')
    },
    end() {
      if (moved) tools.onChange(moved, 'end')
      else if (!adds) select(state, tools, index, false)
    },
  }
}

/** A rectangle that selects the points inside. */
function createBand(
  drawing: DataDrawing,
  state: PointsState,
  tools: PointsActions,
  { left, top, adds }: Press,
): Gesture {
  const kept = adds ? state.selected : []
  if (!adds) tools.onSelect({ selected: new Set(), cursor: state.cursor })
  const band = create('rect')
  return {
    move(toX, toY) {
      const [x, y] = [Math.min(left, toX), Math.min(top, toY)]
      const [width, height] = [Math.abs(toX - left), Math.abs(toY - top)]
      set(band, { class: 'band-rectangle', x, y, width, height })
      drawing.svg.append(band)
      const selected = new Set(kept)
      state.picture!.samples.forEach((sample, index) => {
        const [px, py] = drawing.placeOf(sample)
        if (px >= x && px <= x + width && py >= y && py <= y + height) selected.add(index)
      })
      tools.onSelect({ selected, cursor: [...selected].at(-1) ?? state.cursor })
    },
    end: () => band.remove(),
  }
}

export function addPointsKeys(
  drawing: DataDrawing,
  state: PointsState,
  actions: PointsActions,
): void {
  // An SVG that listens for the focus itself would become a tab stop, too.
  drawing.svg.parentElement!.addEventListener('focusin', () => {
    const index = drawing.focused()
    if (index !== null && state.selected.size === 0) select(state, actions, index, false)
  })
  drawing.svg.addEventListener('keydown', (event) => {
    if (!state.picture || drawing.focused() === null || event.altKey) return
    const { samples } = state.picture
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return
      actions.onSelect({ selected: new Set(samples.keys()), cursor: state.cursor })
      event.preventDefault()
      return
    }
    const direction = directions[event.key]
    const turn = { PageDown: 1, PageUp: -1 }[event.key]
    if (direction && state.selected.size > 0) {
      const size = event.shiftKey ? 10 : 1
      const { x, y } = state.axes
      const by = [direction[0] * size * unitOf(x), direction[1] * size * unitOf(y)] as const
      actions.onChange(shifted(samples, state.selected, by), 'end')
    } else if (turn) {
      const index = (state.cursor + turn + samples.length) % samples.length
      const kept = event.shiftKey ? state.selected : []
      actions.onSelect({ selected: new Set([...kept, index]), cursor: index })
    } else if (event.key === 'Delete' || event.key === 'Backspace') actions.onRemove()
    else if (event.key === 'Enter' || event.key === 'Insert') actions.onAdd()
    else return
    event.preventDefault()
    drawing.focus(state.cursor)
  })
}

const directions: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
