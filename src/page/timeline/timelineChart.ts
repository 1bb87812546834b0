/** The picture in the timeline, by uPlot: the band of all descents and the selected ones. */
import uPlot from 'uplot'
import { linearTicks } from '../../display/heightScale'
import { lineColour, lineDashes } from '../../display/lineColours'
import { logarithmicTicks } from '../../display/logarithmicTicks'
import { formatCount, tickText } from '../../display/numbers'
import { onRestored } from '../../widgets/canvasRestored'
import { columnSteps, createColumns, extent, thin } from '../../widgets/thinning'
import type { TimelinePicture } from './timelinePicture'

/** Pixels around the plot: the playhead's number stands above it, "step" to its right. */
const padding: uPlot.Padding = [24, 44, 0, 0]
const axisWidth = 56
const axisHeight = 28

/** A label is 12 px high; nearer ticks than this would look crowded. */
const pixelsPerTick = 22

export interface TimelineChart {
  draw(picture: TimelinePicture): void
  resize(width: number, height: number): void
  redraw(): void
  /** Pixels from the chart's left edge. */
  xOf(step: number): number
  /** The fraction of a step that a pixel from the chart's left edge stands for. */
  stepAt(x: number): number
  dispose(): void
}

/** Draws into `host`, whose style gives the colours as custom properties. */
export function createTimelineChart(host: HTMLElement): TimelineChart {
  let plot: uPlot | null = null
  let layoutKey = ''
  const size = { width: 320, height: 120 }
  const view = { steps: 1, low: 0.1, high: 1, logarithmic: true }
  const plotWidth = () => Math.max(16, size.width - axisWidth - (padding[1] as number))
  const colour = (name: string) => getComputedStyle(host).getPropertyValue(name).trim()

  const draw = (picture: TimelinePicture) => {
    const { data, range } = chartData(picture, plotWidth())
    view.steps = Math.max(picture.steps, 1)
    view.logarithmic = picture.logarithmic
    ;[view.low, view.high] = range
    // Series and the kind of scale are fixed when a plot is made; everything else is data.
    const key = JSON.stringify([
      picture.logarithmic,
      picture.band !== null,
      picture.runs.map((run) => run.colour),
    ])
    if (plot && key === layoutKey) return plot.setData(data)
    plot?.destroy()
    layoutKey = key
    plot = new uPlot(chartOptions(picture, size, view, colour), data, host)
  }

  onRestored(host, () => plot?.redraw(false, true))

  return {
    draw,
    resize(width, height) {
      size.width = Math.max(width, 120)
      size.height = Math.max(height, 64)
      plot?.setSize(size)
    },
    redraw: () => plot?.redraw(false, true),
    xOf: (step) => axisWidth + (plotWidth() * step) / view.steps,
    stepAt: (x) => ((x - axisWidth) / plotWidth()) * view.steps,
    dispose() {
      plot?.destroy()
      plot = null
    },
  }
}

/** Series in the order of drawing: high and low end of the band, median, then the runs. */
function chartData({ steps, runs, band, logarithmic }: TimelinePicture, pixels: number) {
  const columns = createColumns(Math.max(steps, 1), pixels)
  const ofBand = band
    ? [band.high, band.low, band.median].map((values) =>
        thin(values, band.recordedSteps, columns, logarithmic),
      )
    : []
  const ofRuns = runs.map((run) => thin(run.losses, null, columns, logarithmic))
  const series = [...ofBand, ...ofRuns]
  return {
    data: [columnSteps(columns), ...series] as uPlot.AlignedData,
    range: paddedRange(extent(series), logarithmic),
  }
}

/** A little room above and below, and some height even for a loss that never changes. */
export function paddedRange(
  range: [number, number] | null,
  logarithmic: boolean,
): [number, number] {
  if (!range) return logarithmic ? [0.01, 1] : [0, 1]
  const [low, high] = range
  if (!logarithmic) {
    const room = (high - low || Math.abs(high) || 1) * 0.06
    return [low - room, high + room]
  }
  const factor = Math.max(high / low, 1.01) ** 0.06
  return [low / factor, high * factor]
}

interface ChartView {
  steps: number
  low: number
  high: number
  logarithmic: boolean
}

function chartOptions(
  { runs, band }: TimelinePicture,
  size: { width: number; height: number },
  view: ChartView,
  colour: (name: string) => string,
): uPlot.Options {
  const light = matchMedia('(prefers-color-scheme: light)')
  const hidden: uPlot.Series = { width: 0, points: { show: false } }
  const bandSeries: uPlot.Series[] = [
    hidden,
    hidden,
    { stroke: () => colour('--median'), width: 2, dash: [6, 4], points: { show: false } },
  ]
  return {
    ...size,
    padding,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [0, view.steps] },
      y: { distr: view.logarithmic ? 3 : 1, range: () => [view.low, view.high] },
    },
    axes: chartAxes(view, colour),
    bands: band ? [{ series: [1, 2], fill: () => colour('--band') }] : [],
    series: [
      {},
      ...(band ? bandSeries : []),
      ...runs.map((run, i) => ({
        stroke: () => lineColour(run.colour, light.matches),
        width: 2,
        dash: lineDashes[i % lineDashes.length],
        points: { show: false },
      })),
    ],
  }
}

function chartAxes(view: ChartView, colour: (name: string) => string): uPlot.Axis[] {
  const shared: uPlot.Axis = {
    stroke: () => colour('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
  }
  return [
    {
      ...shared,
      size: axisHeight,
      gap: 8,
      space: 64,
      grid: { show: false },
      incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4],
      values: (_, splits) => splits.map((step) => formatCount(step)),
    },
    {
      ...shared,
      size: axisWidth,
      gap: 8,
      splits: ({ bbox }) => {
        const count = Math.max(2, bbox.height / devicePixelRatio / pixelsPerTick)
        return view.logarithmic
          ? logarithmicTicks(view.low, view.high, count)
          : linearTicks([view.low, view.high], count).map(({ value }) => value)
      },
      filter: (_, splits) => splits,
      values: (_, splits) => splits.map(tickText),
    },
  ]
}
