/** Pointer and keys of the data plot: select one or many, move all that are selected. */
import type { Sample } from '../model/objective'
import { coordinateBound } from '../state/settings'
import type { DataDrawing } from './dataDrawing'
import type { PointsActions, PointsState } from './pointsPlot'
import { create, nudge, reachOf, set, unitOf } from './svgPlot'

interface Drag {
  kind: 'points'
  /** The point under the pointer. */
  index: number
  /** All points as they were when it began, and those that move. */
  from: readonly Sample[]
  moving: ReadonlySet<number>
  last: readonly Sample[] | null
  /** Without a move, only this one is meant. */
  selectsOne: boolean
}

interface Band {
  kind: 'band'
  at: readonly [x: number, y: number]
  /** Selected before, and kept. */
  kept: ReadonlySet<number>
  rectangle: SVGRectElement | null
}

interface PointerTools extends PointsActions {
  draw(): void
}

/** All samples with those of `moving` shifted by the same amount, held within the bounds. */
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
  let gesture: Drag | Band | null = null

  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !state.picture) return
    const index = drawing.nearest(...drawing.inside(event), reachOf(event))
    const adds = event.shiftKey || event.ctrlKey || event.metaKey
    svg.setPointerCapture(event.pointerId)
    // Otherwise the browser gives the focus to whatever lies on top here.
    event.preventDefault()
    if (index === null) {
      gesture = {
        kind: 'band',
        at: drawing.inside(event),
        kept: adds ? state.selected : new Set(),
        rectangle: null,
      }
      if (!adds) tools.onSelect({ selected: new Set(), cursor: state.cursor })
      return
    }
    const isSelected = state.selected.has(index)
    if (adds || !isSelected) select(state, tools, index, adds)
    drawing.focus(index)
    if (adds && isSelected) return
    const { samples } = state.picture
    const moving = adds || isSelected ? new Set([...state.selected, index]) : new Set([index])
    gesture = { kind: 'points', index, from: samples, moving, last: null, selectsOne: !adds }
  })
  svg.addEventListener('pointermove', (event) => {
    if (!gesture || !svg.hasPointerCapture(event.pointerId)) return
    if (gesture.kind === 'band')
      return stretch(drawing, state, tools, gesture, drawing.inside(event))
    state.dragging = true
    const { index, from, moving } = gesture
    const [x, y] = drawing.dataAt(...drawing.inside(event))
    gesture.last = shifted(from, moving, [x - from[index][0], y - from[index][1]])
    tools.onChange(gesture.last, 'move')
  })
  svg.addEventListener('lostpointercapture', () => {
    const ended = gesture
    gesture = null
    state.dragging = false
    if (ended?.kind === 'band') ended.rectangle?.remove()
    else if (ended?.last) tools.onChange(ended.last, 'end')
    else if (ended?.selectsOne) select(state, tools, ended.index, false)
    tools.draw()
  })
  svg.addEventListener('dblclick', (event) => {
    const index = drawing.nearest(...drawing.inside(event), reachOf(event))
    if (index === null) tools.onAdd(drawing.dataAt(...drawing.inside(event)))
    else {
      select(state, tools, index, false)
      tools.onRemove()
    }
  })
}

/** Adding takes away what was there already. */
function select(state: PointsState, tools: PointsActions, index: number, adds: boolean): void {
  const selected = new Set(adds ? state.selected : [])
  if (!selected.delete(index)) selected.add(index)
  tools.onSelect({ selected, cursor: index })
}

function stretch(
  drawing: DataDrawing,
  state: PointsState,
  tools: PointsActions,
  band: Band,
  [x, y]: readonly [number, number],
): void {
  const [left, right] = [Math.min(x, band.at[0]), Math.max(x, band.at[0])]
  const [top, bottom] = [Math.min(y, band.at[1]), Math.max(y, band.at[1])]
  band.rectangle ??= drawing.svg.appendChild(create('rect'))
  const size = { x: left, y: top, width: right - left, height: bottom - top }
  set(band.rectangle, { class: 'band-rectangle', ...size })
  const selected = new Set(band.kept)
  for (const [index, sample] of state.picture!.samples.entries()) {
    const [px, py] = drawing.placeOf(sample)
    if (px >= left && px <= right && py >= top && py <= bottom) selected.add(index)
  }
  tools.onSelect({ selected, cursor: [...selected].at(-1) ?? state.cursor })
}

export function addPointsKeys(
  drawing: DataDrawing,
  state: PointsState,
  actions: PointsActions,
): void {
  // An SVG that listens for the focus itself would be a stop of Tab, too.
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
