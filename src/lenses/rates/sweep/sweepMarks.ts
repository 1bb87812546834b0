/** Marks over the charts of a sweep: the present rate, the one under the pointer, best and limits. */
import { threeDigits } from '../../../display/numbers'
import { remember } from '../../../display/remember'
import { nearestRate, type SweepPicture, shareOfRate, visibleLimits } from './sweepPicture'

const rowHeight = 16

interface Mark {
  kind: 'limit' | 'best'
  rate: number
  text: string
}

/**
 * Puts lines of the class `sweep-line` into `over`, which covers the plots and the rows above them,
 * and their texts into `labels`, whose height depends on the number of rows.
 */
export function createSweepMarks(over: HTMLElement, labels: HTMLElement) {
  const present = lineElement('present')
  const pill = document.createElement('span')
  pill.className = 'sweep-pill'
  const hover = lineElement('hover')
  hover.hidden = true
  const marks = document.createElement('div')
  const dot = document.createElement('div')
  dot.className = 'sweep-dot'
  over.append(marks, hover, present, dot, pill)
  const marked = remember<void>()

  return {
    /** @param width of the plots in pixels */
    show(picture: SweepPicture, width: number) {
      const { rates } = picture
      const list = JSON.stringify(marksOf(picture))
      marked([list, width, rates[0], rates.at(-1)], () => drawMarks(marks, labels, picture, width))
      const share = shareOfRate(picture.rates, picture.rate)
      const isInside = share >= 0 && share <= 1
      present.hidden = !isInside
      pill.hidden = !isInside
      if (!isInside) return
      present.style.top = labels.style.height
      pill.style.top = labels.style.height
      move(present, share * width)
      pill.textContent = threeDigits(picture.rate)
      // Near an end the number would leave the chart.
      const most = width - pill.offsetWidth
      move(pill, Math.min(most, Math.max(0, share * width - pill.offsetWidth / 2)))
    },
    /** @param yOf pixels from the top of `over` to a final loss */
    showBest(
      { rates, finalLoss, best }: SweepPicture,
      width: number,
      yOf: (loss: number) => number,
    ) {
      const loss = best === null ? Number.NaN : finalLoss[nearestRate(rates, best)]
      dot.hidden = !Number.isFinite(loss)
      if (best === null || dot.hidden) return
      dot.style.top = `${yOf(loss).toFixed(1)}px`
      move(dot, shareOfRate(rates, best) * width)
    },
    hover(picture: SweepPicture | null, rate: number | null, width: number) {
      hover.hidden = picture === null || rate === null
      if (picture && rate !== null) move(hover, shareOfRate(picture.rates, rate) * width)
      hover.style.top = labels.style.height
    },
  }
}

/** Draws limits and best rate: their texts in as few rows as possible, and a line up to each. */
function drawMarks(
  lines: HTMLElement,
  labels: HTMLElement,
  picture: SweepPicture,
  width: number,
): void {
  const list = marksOf(picture)
  const elements = list.map(labelElement)
  labels.replaceChildren(...elements)
  const xs = list.map(({ rate }) => shareOfRate(picture.rates, rate) * width)
  const places = placeLabels(
    elements.map((element, i) => ({ x: xs[i], width: element.offsetWidth })),
    width,
  )
  const rows = places.reduce((most, { row }) => Math.max(most, row + 1), 0)
  labels.style.height = `${rows * rowHeight}px`
  places.forEach(({ left, row }, i) => {
    elements[i].style.left = `${left}px`
    elements[i].style.bottom = `${row * rowHeight}px`
  })
  lines.replaceChildren(
    ...list.map(({ kind }, i) => {
      const line = lineElement(kind)
      move(line, xs[i])
      line.style.top = `${(rows - 1 - places[i].row) * rowHeight}px`
      return line
    }),
  )
}

function marksOf(picture: SweepPicture): Mark[] {
  const { best } = picture
  return [
    ...visibleLimits(picture).map(({ rate, label }): Mark => {
      return { kind: 'limit', rate, text: `${label} up to ${threeDigits(rate)}` }
    }),
    ...(best === null
      ? []
      : [{ kind: 'best', rate: best, text: `best ${threeDigits(best)}` } as const]),
  ]
}

function labelElement({ kind, text }: Mark): HTMLElement {
  const element = document.createElement('span')
  element.className = `sweep-label sweep-label-${kind}`
  element.textContent = text
  return element
}

function lineElement(kind: string): HTMLElement {
  const element = document.createElement('div')
  element.className = `sweep-line sweep-line-${kind}`
  return element
}

function move(element: HTMLElement, x: number): void {
  element.style.transform = `translateX(${x.toFixed(1)}px)`
}

/** The label of a vertical line, above the chart. */
export interface LineLabel {
  /** The line, in pixels from the chart's left edge. */
  x: number
  /** The width of the text. */
  width: number
}

export interface PlacedLabel {
  /** The text's left edge. */
  left: number
  /** 0 is next to the chart; a line goes up to the row of its label. */
  row: number
}

const gap = 4

/**
 * One place for each label, in their order: right of its line if there is room, otherwise left, in
 * the lowest free row. If nothing else is possible, a text crosses a line, but never another text.
 */
export function placeLabels(labels: readonly LineLabel[], chartWidth: number): PlacedLabel[] {
  const fits = ({ x, width }: LineLabel) => x + gap + width <= chartWidth
  const indices = labels.map((_, i) => i)
  // Texts to the right of their lines come first, from the right; then those to the left, from the
  // left. The lines of later ones, which may stand higher, then pass the texts of earlier ones.
  const order = [
    ...indices.filter((i) => fits(labels[i])).sort((a, b) => labels[b].x - labels[a].x),
    ...indices.filter((i) => !fits(labels[i])).sort((a, b) => labels[a].x - labels[b].x),
  ]
  const placed: Placed[] = []
  const places: PlacedLabel[] = []
  for (const i of order) {
    const { x, width } = labels[i]
    const left = fits(labels[i]) ? x + gap : Math.max(0, Math.min(chartWidth, x - gap) - width)
    const rows = labels.map((_, row): Placed => ({ x, width, left, row }))
    const free = rows.filter((at) => !placed.some((other) => overlaps(at, other)))
    const best = free.find((at) => !placed.some((other) => crosses(at, other))) ?? free[0]
    placed.push(best)
    places[i] = { left: best.left, row: best.row }
  }
  return places
}

type Placed = PlacedLabel & LineLabel

function overlaps(a: Placed, b: Placed): boolean {
  const isBeside = a.left >= b.left + b.width + gap || b.left >= a.left + a.width + gap
  return a.row === b.row && !isBeside
}

/** Whether the line of the upper one runs through the text of the lower. */
function crosses(a: Placed, b: Placed): boolean {
  const [upper, lower] = a.row > b.row ? [a, b] : [b, a]
  return upper.row > lower.row && upper.x > lower.left && upper.x < lower.left + lower.width
}
