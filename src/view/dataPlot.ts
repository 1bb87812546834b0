/**
 * The data points and the neuron's curve over them. The points can be dragged, added and removed;
 * the curve comes as values, since a view computes nothing of the model.
 */
import type { Sample } from '../model/objective'
import type { Phase } from '../state/history'
import { createDataDrawing } from './dataDrawing'
import { addDataKeys, addDataPointer } from './dataInput'
import { curveAt, type DataEditor, type DataPicture, type DataState, written } from './dataPicture'
import type { Axes } from './svgPlot'

export type { DataPicture }

export interface DataActions {
  /** The whole list after a change: 'move' while a drag lasts, then 'end'. */
  onChange(samples: readonly Sample[], phase: Phase): void
  /** The person wants table and plot side by side. */
  onEdit?(): void
}

/** The x that the curve should cover: those of the samples, with room to drag beyond them. */
export function domain(samples: readonly Sample[]): [min: number, max: number] {
  return roomAround(samples.map(([x]) => x))
}

function roomAround(values: readonly number[]): [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = Math.max((high - low) * 0.2, 0.5)
  return [low - room, high + room]
}

/** Room for the points and the curve. */
export function axesOf({ samples, domain: x }: DataPicture): Axes {
  return { x, y: valueDomain(samples) }
}

/** y from 0 to 1, where the neuron's values are, and further where a target is. */
function valueDomain(samples: readonly Sample[]): [number, number] {
  const low = Math.min(0, ...samples.map(([, y]) => y))
  const high = Math.max(1, ...samples.map(([, y]) => y))
  const room = (high - low) * 0.08
  return [low - room, high + room]
}

const markup = `
  <div class="data-head">
    <h2 class="card-title">Data and neuron</h2>
    <button type="button" class="button edit-button">Edit…</button>
    <button type="button" class="button icon-button" data-do="remove" title="Remove the selected point (Delete)"
      aria-label="Remove the selected point">−</button>
    <button type="button" class="button icon-button" data-do="add" title="Add a point (double click in the plot)"
      aria-label="Add a point">+</button>
  </div>
  <div class="data-plot"></div>
  <p class="data-numbers" aria-live="off"></p>`

export function createDataPlot(container: HTMLElement, { onChange, onEdit }: DataActions) {
  container.innerHTML = markup
  const plot = container.querySelector<HTMLElement>('.data-plot')!
  const numbers = container.querySelector<HTMLElement>('.data-numbers')!
  const [editButton, removeButton, addButton] = container.querySelectorAll('button')
  const drawing = createDataDrawing(plot)
  const state: DataState = {
    picture: null,
    selected: null,
    axes: { x: [-1, 1], y: [0, 1] },
    dragging: false,
  }

  const draw = () => {
    if (!state.picture) return
    if (!state.dragging) state.axes = axesOf(state.picture)
    // The line of numbers first: it takes its height from the plot's.
    numbers.textContent = numbersText(state.picture, state.selected)
    drawing.draw(state.picture, state.axes, (index) => index === state.selected, state.dragging)
    removeButton.disabled = state.selected === null || state.picture.samples.length < 2
  }
  const select = (index: number | null) => {
    state.selected = index
    draw()
  }
  const editor = createEditor(state, select, onChange)
  editButton.addEventListener('click', () => onEdit?.())
  removeButton.addEventListener('click', () => editor.remove(state.selected))
  addButton.addEventListener('click', () => editor.addInGap())
  addDataPointer(drawing, state, { ...editor, select, draw })
  addDataKeys(drawing, state, { ...editor, select })

  const observer = new ResizeObserver(draw)
  observer.observe(plot)
  return {
    show(picture: DataPicture) {
      state.picture = picture
      if (state.selected !== null && state.selected >= picture.samples.length) state.selected = null
      draw()
    },
    dispose() {
      observer.disconnect()
      container.replaceChildren()
    },
  }
}

function createEditor(
  state: DataState,
  select: (index: number | null) => void,
  onChange: DataActions['onChange'],
): DataEditor {
  const add = (sample: Sample) => {
    if (!state.picture) return
    const samples = [...state.picture.samples, sample]
    onChange(samples, 'end')
    // Only what the app has taken on can be selected.
    if (state.picture.samples.length === samples.length) select(samples.length - 1)
  }
  return {
    add,
    addInGap() {
      if (state.picture) add(middleOfGap(state.picture))
    },
    move(index, to, phase) {
      if (!state.picture) return
      onChange(
        state.picture.samples.map((sample, at) => (at === index ? to : sample)),
        phase,
      )
    },
    remove(index) {
      if (!state.picture || index === null || state.picture.samples.length < 2) return
      select(null)
      onChange(
        state.picture.samples.filter((_, at) => at !== index),
        'end',
      )
    },
  }
}

/** In the middle of the widest gap between neighbours, on the curve: where it changes least. */
export function middleOfGap(picture: DataPicture): Sample {
  const xs = [...picture.domain, ...picture.samples.map(([x]) => x)].sort((a, b) => a - b)
  let widest = 1
  for (let i = 2; i < xs.length; i++) {
    if (xs[i] - xs[i - 1] > xs[widest] - xs[widest - 1]) widest = i
  }
  const x = Number(((xs[widest] + xs[widest - 1]) / 2).toPrecision(3))
  return [x, Number(curveAt(picture, x).toFixed(2))]
}

function numbersText(picture: DataPicture, selected: number | null): string {
  const { samples, w, b, step } = picture
  if (selected === null) {
    const sign = b < 0 ? '−' : '+'
    const size = written(Math.abs(b))
    return `step ${step.toLocaleString('en')}: f(x) = σ(${written(w)} x ${sign} ${size})`
  }
  const [x, y] = samples[selected]
  return `x ${written(x)} · y ${written(y)} · f(x) ${written(curveAt(picture, x))}`
}
