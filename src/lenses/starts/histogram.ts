/** A histogram by uPlot whose bars can be chosen: by a click, or with the arrow keys. */
import { formatCount, tickText } from '../../display/numbers'
import type { Histogram } from '../../model/outcomes/outcomeNumbers'
import { createLineChart, paths } from '../../widgets/lineChart'

export interface HistogramPicture {
  histogram: Histogram
  /** The chosen bar, if any. */
  chosen: number | null
  stale: boolean
}

/** Pixels between the texts of two edges. */
const pixelsPerTick = 58

/**
 * @param name what is counted, as "steps to arrive"
 * @param onChoose gets the bar's number; null takes the choice back
 */
export function createHistogram(
  container: HTMLElement,
  name: string,
  onChoose: (bin: number | null) => void,
) {
  const title = document.createElement('h3')
  title.textContent = name
  const host = document.createElement('div')
  host.className = 'histogram-chart'
  host.tabIndex = 0
  host.setAttribute('role', 'slider')
  // A slider has a value, also before the first picture.
  host.setAttribute('aria-valuenow', '0')
  host.setAttribute('aria-label', `Histogram of ${name}: choose a bar`)
  const text = document.createElement('p')
  const table = document.createElement('table')
  table.className = 'unseen'
  container.append(title, host, text, table)
  let picture: HistogramPicture | null = null
  let tabled: Histogram | null = null

  const choose = (bin: number | null) => {
    if (!picture || picture.histogram.counts.length === 0) return
    const last = picture.histogram.counts.length - 1
    const wanted = bin === null ? null : Math.min(last, Math.max(0, bin))
    if (wanted !== picture.chosen) onChoose(wanted)
  }
  host.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key]
    if (event.key === 'Escape') choose(null)
    else if (move !== undefined) choose((picture?.chosen ?? (move > 0 ? -1 : 0)) + move)
    else return
    event.preventDefault()
  })
  host.addEventListener('click', (event) => {
    const at = chart.xAt(event.clientX)
    if (at === undefined) return
    const bin = Math.round(at)
    choose(bin === picture?.chosen ? null : bin)
  })

  const draw = () => {
    if (!picture) return
    const { counts } = picture.histogram
    const chosen = counts.map((count, i) => (i === picture?.chosen ? count : null))
    chart.draw([counts.map((_, i) => i), [...counts], chosen])
  }
  const chart = createLineChart(host, { width: 80, height: 48 }, (colour) => {
    const bars = { width: 0, paths: paths.bars!({ size: [0.9, 64], align: 0 }) }
    return {
      padding: [4, 20, 0, 20],
      x: { range: () => [-0.6, (picture?.histogram.counts.length ?? 1) - 0.4] },
      y: { range: (_, __, max) => [0, Math.max(1, max)] },
      series: [
        { ...bars, fill: () => colour('--median') },
        { ...bars, fill: () => colour('--warning') },
      ],
      axes: [
        {
          size: 24,
          grid: { show: false },
          // Between two bars stands the edge that they share.
          splits: () => edgeSplits(picture?.histogram.edges ?? [], chart.size.width),
          values: (_, splits) =>
            splits.map((at) => edgeText(picture?.histogram.edges ?? [0], Math.round(at + 0.5))),
        },
        { show: false },
      ],
    }
  })

  return {
    show(next: HistogramPicture) {
      if (picture?.histogram === next.histogram && picture.chosen === next.chosen) return
      picture = next
      host.classList.toggle('stale', next.stale)
      const sentence = describe(next, name)
      text.textContent = sentence
      if (picture.histogram !== tabled) {
        tabled = picture.histogram
        table.replaceChildren(...rowsOf(tabled, name))
      }
      const { counts } = next.histogram
      host.setAttribute('aria-valuemin', '1')
      host.setAttribute('aria-valuemax', String(Math.max(1, counts.length)))
      host.setAttribute('aria-valuenow', String((next.chosen ?? 0) + 1))
      host.setAttribute('aria-valuetext', sentence)
      draw()
    },
    resize: () => chart.resize(),
    redraw: chart.redraw,
  }
}

/** All bars as a table, for who can not see them. */
function rowsOf({ edges, counts }: Histogram, name: string): HTMLElement[] {
  const caption = document.createElement('caption')
  caption.textContent = `Starts by ${name}`
  const rows = counts.map((count, bin) => {
    const row = document.createElement('tr')
    const head = document.createElement('th')
    head.scope = 'row'
    head.textContent = spanText(edges, bin)
    row.append(head)
    row.insertCell().textContent = formatCount(count)
    return row
  })
  return [caption, ...rows]
}

function edgeSplits(edges: readonly number[], width: number): number[] {
  const every = Math.max(1, Math.ceil((edges.length * pixelsPerTick) / width))
  return edges.flatMap((_, i) => (i % every === 0 ? [i - 0.5] : []))
}

/** What is a millionth of the highest edge is 0 beside it: digits that no bar can show. */
function edgeText(edges: readonly number[], i: number): string {
  const edge = edges[i]
  const isNothing = Math.abs(edge) < 1e-6 * Math.abs(edges[edges.length - 1])
  return isNothing ? '0' : tickText(Number(edge.toPrecision(Number.isInteger(edge) ? 6 : 3)))
}

/** The chosen bar in words, or what there is to choose. */
function describe({ histogram: { counts, edges }, chosen }: HistogramPicture, name: string) {
  if (counts.length === 0) return `Nothing to count: ${name}.`
  if (chosen === null) {
    const most = counts.indexOf(Math.max(...counts))
    return `Most: ${spanText(edges, most)}.`
  }
  return `${formatCount(counts[chosen])} starts: ${spanText(edges, chosen)}.`
}

function spanText(edges: readonly number[], bin: number): string {
  return `${edgeText(edges, bin)} to ${edgeText(edges, bin + 1)}`
}
