/** The data card: the plot of the points with a head above it. */
import { formatCount, formatNumber } from '../../display/numbers'
import type { Sample } from '../../model/objective'
import type { PageActions } from '../actions'
import { type DataPicture, middleOfGap } from './dataPicture'
import { createPointsPlot } from './pointsPlot'
import { SelectedPoints } from './selection'

type DataActions = Pick<PageActions, 'current' | 'change' | 'openData'>

const markup = `
  <div class="data-head">
    <h2 class="card-title">Data and neuron</h2>
    <button type="button" class="button edit-button">Edit…</button>
    <button type="button" class="button icon-button" data-do="remove" title="Remove the selected points (Delete)"
      aria-label="Remove the selected points">−</button>
    <button type="button" class="button icon-button" data-do="add" title="Add a point (double click in the plot)"
      aria-label="Add a point">+</button>
  </div>`

export function createDataCard(container: HTMLElement, page: DataActions) {
  container.innerHTML = markup
  const [editButton, removeButton, addButton] = container.querySelectorAll('button')
  let picture: DataPicture | null = null
  // The samples after the last change, which may not have been drawn yet.
  const samples = () => page.current().samples
  const show = () => {
    if (!picture) return
    const count = points.check()
    plot.show({ ...picture, samples: samples() }, points)
    removeButton.disabled = points.selected.size === 0 || count < 2
  }
  const points = new SelectedPoints({
    samples,
    onChange: (changed, phase) => page.change({ samples: changed }, phase),
    show,
  })
  const add = (sample?: Sample) =>
    picture && points.add(sample ?? middleOfGap({ ...picture, samples: samples() }))
  const remove = () => points.remove()
  const actions = { onChange: points.change, onSelect: points.select, onAdd: add, onRemove: remove }
  const plot = createPointsPlot(container, actions, neuronText)
  editButton.addEventListener('click', () => page.openData())
  removeButton.addEventListener('click', remove)
  addButton.addEventListener('click', () => add())

  return {
    show(next: DataPicture) {
      picture = next
      show()
    },
  }
}

function neuronText({ w, b, step }: DataPicture): string {
  const sign = b < 0 ? '−' : '+'
  const size = formatNumber(Math.abs(b))
  return `step ${formatCount(step)}: f(x) = σ(${formatNumber(w)} x ${sign} ${size})`
}
