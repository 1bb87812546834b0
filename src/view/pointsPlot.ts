/**
 * The plot of the data editor: the data plot with several points selected and moved at once. Which
 * are selected is kept by who shows it, since a table beside it shows the same.
 */
import type { Sample } from '../model/objective'
import type { Phase } from '../state/history'
import { createDataDrawing, type DataDrawing } from './dataDrawing'
import { curveAt, type DataPicture, written } from './dataPicture'
import { axesOf } from './dataPlot'
import { addPointsKeys, addPointsPointer } from './pointsInput'
import type { Axes } from './svgPlot'

export interface Selection {
  selected: ReadonlySet<number>
  /** The one that keys are about. */
  cursor: number
}

export interface PointsActions {
  /** The whole list after a change: 'move' while a drag lasts, then 'end'. */
  onChange(samples: readonly Sample[], phase: Phase): void
  onSelect(selection: Selection): void
  /** At a place, or where there is most room. */
  onAdd(sample?: Sample): void
  /** All that are selected. */
  onRemove(): void
}

/** What the plot's parts share. */
export interface PointsState extends Selection {
  picture: DataPicture | null
  axes: Axes
  /** The axes stay while points are dragged. */
  dragging: boolean
}

export function createPointsPlot(container: HTMLElement, actions: PointsActions) {
  container.innerHTML = '<div class="data-plot"></div><p class="data-numbers" aria-live="off"></p>'
  const plot = container.querySelector<HTMLElement>('.data-plot')!
  const numbers = container.querySelector<HTMLElement>('.data-numbers')!
  const drawing = createDataDrawing(plot)
  drawing.svg.setAttribute(
    'aria-label',
    'Data points: arrows move all that are selected, Page Down and Page Up select the next, Delete removes, Enter adds',
  )
  const state: PointsState = {
    picture: null,
    selected: new Set(),
    cursor: 0,
    axes: { x: [-1, 1], y: [0, 1] },
    dragging: false,
  }
  const draw = () => {
    if (!state.picture) return
    if (!state.dragging) state.axes = axesOf(state.picture)
    numbers.textContent = numbersText(state.picture, state)
    drawing.draw(state.picture, state.axes, (index) => state.selected.has(index), state.dragging)
    if (!state.dragging) keepOneTabStop(drawing, state)
  }
  addPointsPointer(drawing, state, { ...actions, draw })
  addPointsKeys(drawing, state, actions)
  const observer = new ResizeObserver(draw)
  observer.observe(plot)

  return {
    show(picture: DataPicture, { selected, cursor }: Selection) {
      Object.assign(state, { picture, selected, cursor })
      draw()
    },
    dispose() {
      observer.disconnect()
      container.replaceChildren()
    },
  }
}

/** There may be a thousand points, and Tab is to leave the plot. */
function keepOneTabStop({ points, svg }: DataDrawing, { picture, cursor }: PointsState): void {
  const { samples } = picture!
  svg.classList.toggle('many', samples.length > 100)
  const stop = Math.min(cursor, samples.length - 1)
  for (const [index, point] of [...points.children].entries()) {
    const tabIndex = index === stop ? 0 : -1
    if ((point as SVGElement).tabIndex !== tabIndex) (point as SVGElement).tabIndex = tabIndex
  }
}

function numbersText(picture: DataPicture, { selected }: Selection): string {
  const { samples, step } = picture
  if (selected.size > 1)
    return `${selected.size.toLocaleString('en')} of ${samples.length.toLocaleString('en')} points selected`
  if (selected.size === 0) {
    return `${samples.length.toLocaleString('en')} ${samples.length === 1 ? 'point' : 'points'} · f(x) at step ${step.toLocaleString('en')}`
  }
  // In the table the cursor may be elsewhere.
  const [index] = selected
  const [x, y] = samples[index]
  return `Point ${index + 1}: x ${written(x)} · y ${written(y)} · f(x) ${written(curveAt(picture, x))}`
}
