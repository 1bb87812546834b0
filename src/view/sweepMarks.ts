/** What stands over the charts of a sweep: the present rate, the one under the pointer, the best, the limits. */
import { threeDigits } from './endingText'
import { type PlacedLabel, placeLabels } from './sweepLabels'
import { nearestRate, type SweepPicture, shareOfRate, visibleLimits } from './sweepPicture'

const rowHeight = 16

interface Mark {
  kind: 'limit' | 'best'
  rate: number
  text: string
}

/**
 * Lines of the class `sweep-line` into `over`, which covers the plots and the rows above them;
 * their texts into `labels`, whose height says how many rows they take.
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
  let shownKey = ''

  const drawMarks = (picture: SweepPicture, width: number) => {
    const list = marksOf(picture)
    const key = JSON.stringify([list, width, picture.rates[0], picture.rates.at(-1)])
    if (key === shownKey) return
    shownKey = key
    const elements = list.map(labelElement)
    labels.replaceChildren(...elements)
    const xs = list.map(({ rate }) => shareOfRate(picture.rates, rate) * width)
    const places = placeLabels(
      elements.map((element, i) => ({ x: xs[i], width: element.offsetWidth })),
      width,
    )
    const rows = places.reduce((most, { row }) => Math.max(most, row + 1), 0)
    labels.style.height = `${rows * rowHeight}px`
    places.forEach(({ left, row }: PlacedLabel, i) => {
      elements[i].style.left = `${left}px`
      elements[i].style.bottom = `${row * rowHeight}px`
    })
    marks.replaceChildren(
      ...list.map(({ kind }, i) => {
        const line = lineElement(kind)
        move(line, xs[i])
        line.style.top = `${(rows - 1 - places[i].row) * rowHeight}px`
        return line
      }),
    )
  }

  return {
    /** @param width of the plots in pixels */
    show(picture: SweepPicture, width: number) {
      drawMarks(picture, width)
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
