/** The share of starts that have arrived against the work done: a stair for each runner, by uPlot. */
import { lineColour, lineDashes } from '../../../display/lineColours'
import { logarithmicTicks } from '../../../display/logarithmicTicks'
import { formatCount, percentText, tickText } from '../../../display/numbers'
import { remember } from '../../../display/remember'
import {
  type ChartOptions,
  createLineChart,
  paths,
  runLine,
  type uPlot,
} from '../../../widgets/lineChart'
import { isLight, onThemeChange } from '../../../widgets/theme'

export interface ProfileSeries {
  label: string
  colour: string
  /** Ascending: steps, or single-point gradients. */
  x: Float64Array
  /** share[i] of the starts have arrived by x[i]. */
  share: Float32Array
}

export interface ProfilePicture {
  series: readonly ProfileSeries[]
  unit: 'steps' | 'gradients'
  stale: boolean
}

const unitNames = { steps: 'steps', gradients: 'single-point gradients' }

const axisWidth = 56
const pixelsPerTick = 56
/** Columns of the table. */
const tableTicks = 4

const markup = `
  <p class="profile-name">starts that have arrived</p>
  <div class="profile-chart" role="img"></div>
  <p class="profile-axis-name"></p>
  <ul class="profile-legend chart-legend"></ul>
  <div class="unseen"><table></table></div>
  <p class="profile-empty placeholder">Nothing to show until the first maps have been computed.</p>`

export function createProfileChart(container: HTMLElement) {
  container.classList.add('profile')
  container.innerHTML = markup
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const host = find('.profile-chart')
  let picture: ProfilePicture | null = null
  const chart = createLineChart(host, { width: 120, height: 64 }, () =>
    chartOptions(() => picture?.series ?? [], chart.size),
  )

  const drawn = remember<void>()
  const draw = ({ series }: ProfilePicture) => {
    const { x, shares } = alignSeries(series)
    const colours = series.map((each) => each.colour)
    chart.draw([x, ...shares] as uPlot.AlignedData, colours.join())
  }
  const showLegend = (series: readonly ProfileSeries[]) =>
    find('.profile-legend').replaceChildren(
      ...series.map((each, i) => legendItem(each, i, isLight())),
    )
  onThemeChange(() => picture && showLegend(picture.series))

  return {
    show(next: ProfilePicture) {
      picture = next
      container.classList.toggle('stale', next.stale)
      host.setAttribute('aria-busy', String(next.stale))
      const inputs = next.series.flatMap(({ x, share, colour, label }) => [x, share, colour, label])
      drawn([next.unit, ...inputs], () => {
        container.classList.toggle('is-empty', next.series.length === 0)
        find('.profile-axis-name').textContent = unitNames[next.unit]
        host.setAttribute('aria-label', describe(next))
        showLegend(next.series)
        find('table').replaceChildren(...tableRows(next))
        chart.resize()
        draw(next)
      })
    },
    /** Measures the container again. */
    resize: () => chart.resize(),
  }
}

function chartOptions(
  current: () => readonly ProfileSeries[],
  size: { width: number; height: number },
): ChartOptions {
  const range = () => profileRange(current())
  return {
    padding: [8, 20, 0, 0],
    x: { distr: 3, range },
    // A little above all, so that a line there is whole.
    y: { range: () => [0, 1.01] },
    series: current().map((each, i) => ({
      ...runLine(each.colour, i),
      paths: paths.stepped!({ align: 1 }),
    })),
    axes: [
      {
        size: 24,
        gap: 6,
        splits: () =>
          logarithmicTicks(...range(), Math.max(2, (size.width - axisWidth) / pixelsPerTick)),
        values: (_, splits) => splits.map((value) => formatCount(value)),
      },
      {
        size: axisWidth,
        gap: 8,
        splits: () => (size.height < 120 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]),
        values: (_, splits) => splits.map((share) => `${tickText(share * 100)} %`),
      },
    ],
  }
}

function describe({ series, unit }: ProfilePicture): string {
  const parts = series.map((each) => `${each.label} ${percentText(finalShare(each))}`)
  return `Share of the starts that have arrived against ${unitNames[unit]}; in the end: ${parts.join(', ')}.`
}

/** Shows a piece of the line, the label, and the share that arrives in the end. */
function legendItem(series: ProfileSeries, index: number, onLight: boolean): HTMLElement {
  const item = document.createElement('li')
  const dash = lineDashes[index % lineDashes.length].join(' ')
  item.innerHTML = `<svg width="32" height="12" aria-hidden="true"><line x1="0" y1="6" x2="32" y2="6"
    stroke="${lineColour(series.colour, onLight)}" stroke-width="2" stroke-dasharray="${dash}"/></svg>`
  const share = document.createElement('b')
  share.textContent = percentText(finalShare(series))
  item.append(series.label, ' ', share)
  return item
}

/** The shares at a few x, for those who cannot see the curves. */
function tableRows({ series, unit }: ProfilePicture): HTMLElement[] {
  const caption = document.createElement('caption')
  caption.textContent = `Share of the starts that have arrived, by ${unitNames[unit]}`
  const [first, last] = profileRange(series)
  const columns = [...new Set([...logarithmicTicks(first, last, tableTicks), last])]
  const head = document.createElement('tr')
  head.append(...['runner', ...columns.map((x) => formatCount(x))].map(headCell('col')))
  const rows = series.map((each) => {
    const row = document.createElement('tr')
    row.append(headCell('row')(each.label))
    for (const x of columns) {
      const share = shareBy(each, x)
      row.insertCell().textContent = share === null ? 'not known' : percentText(share)
    }
    return row
  })
  return [caption, head, ...rows]
}

function headCell(scope: 'col' | 'row') {
  return (text: string) => {
    const cell = document.createElement('th')
    cell.scope = scope
    cell.textContent = text
    return cell
  }
}

/** The axis is logarithmic and begins at 1, where earlier arrivals are drawn as well. */
const firstX = 1

/** The share that has arrived by `x`; null beyond the last x, where nothing is known. */
export function shareBy({ x: xs, share }: ProfileSeries, x: number): number | null {
  if (xs.length === 0 || x > Math.max(firstX, xs[xs.length - 1])) return null
  let [low, high] = [0, xs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle] <= x) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : share[low - 1]
}

function finalShare({ share }: ProfileSeries): number {
  return share.length === 0 ? 0 : share[share.length - 1]
}

/** 1 to the largest x, at least a decade, so that there is an axis. */
export function profileRange(series: readonly ProfileSeries[]): [min: number, max: number] {
  return [firstX, Math.max(10 * firstX, ...series.map(({ x }) => x[x.length - 1] ?? 0))]
}

/** Every x at which some series has a step, and the shares of all series there. */
export function alignSeries(series: readonly ProfileSeries[]) {
  const all = new Set<number>([firstX])
  for (const { x } of series) for (const value of x) all.add(Math.max(firstX, value))
  const x = [...all].sort((a, b) => a - b)
  return { x, shares: series.map((each) => x.map((value) => shareBy(each, value))) }
}
