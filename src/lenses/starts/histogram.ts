/** A histogram by uPlot, whose bars can be chosen. */
import { formatCount, tickText } from '../../display/numbers'
import { remember } from '../../display/remember'
import type { Histogram } from '../../model/outcomes/outcomeNumbers'
import { type ChartOptions, createLineChart, paths } from '../../widgets/lineChart'

export interface HistogramPicture {
  histogram: Histogram
  /** The chosen bar, if any. */
  chosen: number | null
  stale: boolean
}

/** Pixels between the texts of two edges. */
const pixelsPerTick = 58

const markup = `
  <h3></h3>
  <div class="histogram-chart" tabindex="0" role="slider" aria-valuenow="0"></div>
  <p></p>
  <div class="unseen"><table></table></div>`

/**
 * @param name the quantity that is counted, such as "steps to arrive"
 * @param onChoose receives the bar's number, or null when the choice is taken back
 */
export function createHistogram(
  container: HTMLElement,
  name: string,
  onChoose: (bin: number | null) => void,
) {
  container.insertAdjacentHTML('beforeend', markup)
  const [title, host, text, unseen] = [...container.children].slice(-4) as HTMLElement[]
  const table = unseen.querySelector('table')!
  title.textContent = name
  host.setAttribute('aria-label', `Histogram of ${name}: choose a bar`)
  let picture: HistogramPicture | null = null
  const chart = createLineChart(host, { width: 80, height: 48 }, (colour) =>
    chartOptions(
      () => picture?.histogram ?? nothing,
      () => chart.size.width,
      colour,
    ),
  )
  addChoice(host, () => picture, chart.xAt, onChoose)
  const tabled = remember<void>()
  const drawn = remember<void>()

  const draw = ({ histogram, chosen }: HistogramPicture) => {
    const { counts } = histogram
    const sentence = describe({ histogram, chosen }, name)
    text.textContent = sentence
    tabled([histogram], () => table.replaceChildren(...rowsOf(histogram, name)))
    host.setAttribute('aria-valuemin', '1')
    host.setAttribute('aria-valuemax', String(Math.max(1, counts.length)))
    host.setAttribute('aria-valuenow', String((chosen ?? 0) + 1))
    host.setAttribute('aria-valuetext', sentence)
    const chosenBar = counts.map((count, i) => (i === chosen ? count : null))
    chart.draw([counts.map((_, i) => i), [...counts], chosenBar])
  }

  return {
    show(next: HistogramPicture) {
      picture = next
      host.classList.toggle('stale', next.stale)
      drawn([next.histogram, next.chosen], () => draw(next))
    },
    resize: () => chart.resize(),
  }
}

/** Gives the axes their ends until there is a picture. */
const nothing: Histogram = { edges: [0], counts: [0] }

/** Bars are chosen by a click, or with the arrow keys; a second click or Escape takes it back. */
function addChoice(
  host: HTMLElement,
  current: () => HistogramPicture | null,
  xAt: (clientX: number) => number | undefined,
  onChoose: (bin: number | null) => void,
): void {
  const chosen = () => current()?.chosen ?? null
  const choose = (bin: number | null) => {
    const last = (current()?.histogram.counts.length ?? 0) - 1
    if (last < 0) return
    const wanted = bin === null ? null : Math.min(last, Math.max(0, bin))
    if (wanted !== chosen()) onChoose(wanted)
  }
  host.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key]
    if (event.key === 'Escape') choose(null)
    else if (move !== undefined) choose((chosen() ?? (move > 0 ? -1 : 0)) + move)
    else return
    event.preventDefault()
  })
  host.addEventListener('click', (event) => {
    const at = xAt(event.clientX)
    if (at === undefined) return
    const bin = Math.round(at)
    choose(bin === chosen() ? null : bin)
  })
}

function chartOptions(
  current: () => Histogram,
  width: () => number,
  colour: (name: string) => string,
): ChartOptions {
  const bars = { width: 0, paths: paths.bars!({ size: [0.9, 64], align: 0 }) }
  return {
    padding: [4, 20, 0, 20],
    x: { range: () => [-0.6, current().counts.length - 0.4] },
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
        splits: () => edgeSplits(current().edges, width()),
        values: (_, splits) => splits.map((at) => edgeText(current().edges, Math.round(at + 0.5))),
      },
      { show: false },
    ],
  }
}

/** All bars as a table, for those who cannot see them. */
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

/** Writes less than a millionth of the highest edge as 0, because no bar can show those digits. */
function edgeText(edges: readonly number[], i: number): string {
  const edge = edges[i]
  const isNothing = Math.abs(edge) < 1e-6 * Math.abs(edges[edges.length - 1])
  return isNothing ? '0' : tickText(Number(edge.toPrecision(Number.isInteger(edge) ? 6 : 3)))
}

/** Describes the chosen bar, or else the highest. */
function describe(
  { histogram: { counts, edges }, chosen }: Omit<HistogramPicture, 'stale'>,
  name: string,
) {
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
