/**
 * The data points and the neuron's curve over them, for the card and for the data editor. Several
 * points can be selected and moved at once; the caller keeps the selection, because a table beside
 * the plot shows the same one. The curve comes as values: views compute nothing of the model.
 */
import { formatCount, formatNumber } from '../../display/numbers'
import { axesOf, curveAt, type DataPicture } from './dataPicture'
import { createDataDrawing } from './pointsDrawing'
import { addPointsKeys, addPointsPointer } from './pointsInput'
import type { PointsActions, PointsState, Selection } from './selection'

/** @param summary the line of numbers while nothing is selected */
export function createPointsPlot(
  container: HTMLElement,
  actions: PointsActions,
  summary: (picture: DataPicture) => string,
) {
  container.insertAdjacentHTML(
    'beforeend',
    '<div class="data-plot"></div><p class="data-numbers" aria-live="off"></p>',
  )
  const plot = container.querySelector<HTMLElement>('.data-plot')!
  const numbers = container.querySelector('.data-numbers')!
  const drawing = createDataDrawing(plot)
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
    // The line of numbers comes first, because its height reduces the plot's.
    const text =
      state.selected.size > 0 ? numbersText(state.picture, state) : summary(state.picture)
    if (numbers.textContent !== text) numbers.textContent = text
    drawing.draw(state.picture, state)
  }
  addPointsPointer(drawing, state, { ...actions, draw })
  addPointsKeys(drawing, state, actions)
  const onResize = () => {
    drawing.measure()
    draw()
  }
  new ResizeObserver(onResize).observe(plot)

  return {
    show(picture: DataPicture, { selected, cursor }: Selection) {
      Object.assign(state, { picture, selected, cursor })
      draw()
    },
  }
}

function numbersText(picture: DataPicture, { selected }: Selection): string {
  const { samples } = picture
  if (selected.size > 1)
    return `${formatCount(selected.size)} of ${formatCount(samples.length)} points selected`
  // The table may have moved the cursor elsewhere.
  const [index] = selected
  const [x, y] = samples[index]
  return `Point ${index + 1}: x ${formatNumber(x)} · y ${formatNumber(y)} · f(x) ${formatNumber(curveAt(picture, x))}`
}
