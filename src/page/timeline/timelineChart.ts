/** The picture in the timeline, by uPlot: the band of all descents and the selected ones. */
import { formatCount } from '../../display/numbers'
import {
  type ChartOptions,
  createLineChart,
  runLine,
  ticksOf,
  type uPlot,
} from '../../widgets/lineChart'
import { columnSteps, createColumns, extent, thin } from '../../widgets/thinning'
import { type AxisKind, axisKind, placeZero } from '../../widgets/zeroOfLog'
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
  /** Pixels from the chart's left edge. */
  xOf(step: number): number
  /** The step at a pixel from the chart's left edge; it may be a fraction. */
  stepAt(x: number): number
  dispose(): void
}

interface ChartView {
  steps: number
  low: number
  high: number
  kind: AxisKind
}

/** Draws into `host`, whose style gives the colours as custom properties. */
export function createTimelineChart(host: HTMLElement): TimelineChart {
  const view: ChartView = { steps: 1, low: 0.1, high: 1, kind: { logarithmic: true, zero: null } }
  let shown: TimelinePicture | null = null
  const chart = createLineChart(host, { width: 120, height: 64 }, (colour) =>
    chartOptions(shown!, view, colour),
  )
  const plotWidth = () => Math.max(16, chart.size.width - axisWidth - (padding[1] as number))

  return {
    draw(picture) {
      const { data, range, kind } = chartData(picture, plotWidth())
      shown = picture
      view.steps = Math.max(picture.steps, 1)
      view.kind = kind
      ;[view.low, view.high] = range
      const { band, runs } = picture
      const colours = runs.map((run) => run.colour)
      chart.draw(data, JSON.stringify([kind.logarithmic, band !== null, colours]))
    },
    resize: (width, height) => chart.resize({ width, height }),
    xOf: (step) => axisWidth + (plotWidth() * step) / view.steps,
    stepAt: (x) => ((x - axisWidth) / plotWidth()) * view.steps,
    dispose: chart.dispose,
  }
}

/** Series in the order of drawing: high and low end of the band, median, then the runs. */
function chartData({ steps, runs, band, logarithmic }: TimelinePicture, pixels: number) {
  const columns = createColumns(Math.max(steps, 1), pixels)
  const spread = band ? [band.high, band.low, band.median] : []
  const kind = axisKind([...spread, ...runs.map((run) => run.losses)], logarithmic)
  const thinned = (values: Float32Array, at: Uint32Array | null) =>
    thin(placeZero(values, kind), at, columns, kind.logarithmic)
  const series = [
    ...spread.map((values) => thinned(values, band?.recordedSteps ?? null)),
    ...runs.map((run) => thinned(run.losses, null)),
  ]
  return {
    data: [columnSteps(columns), ...series] as uPlot.AlignedData,
    range: paddedRange(extent(series), kind),
    kind,
  }
}

/** A little room above and below, and some height even for a loss that never changes. */
export function paddedRange(
  range: [number, number] | null,
  { logarithmic, zero }: AxisKind,
): [number, number] {
  if (!range) return logarithmic ? [0.01, 1] : [0, 1]
  const [low, high] = range
  if (!logarithmic) {
    const room = (high - low || Math.abs(high) || 1) * 0.06
    return [low - room, high + room]
  }
  if (low === high && low === zero) return [zero, 1]
  const factor = Math.max(high / low, 1.01) ** 0.06
  // Zero is the edge itself.
  return [low === zero ? zero : low / factor, high * factor]
}

function chartOptions(
  { runs, band }: TimelinePicture,
  view: ChartView,
  colour: (name: string) => string,
): ChartOptions {
  const hidden: uPlot.Series = { width: 0 }
  const median: uPlot.Series = { stroke: () => colour('--median'), width: 2, dash: [6, 4] }
  return {
    padding,
    x: { range: () => [0, view.steps] },
    y: { distr: view.kind.logarithmic ? 3 : 1, range: () => [view.low, view.high] },
    axes: [
      {
        size: axisHeight,
        gap: 8,
        space: 64,
        grid: { show: false },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4],
        values: (_, splits) => splits.map((step) => formatCount(step)),
      },
      { size: axisWidth, gap: 8, ...ticksOf(pixelsPerTick, () => view.kind) },
    ],
    bands: band ? [{ series: [1, 2], fill: () => colour('--band') }] : [],
    series: [
      ...(band ? [hidden, hidden, median] : []),
      ...runs.map((run, i) => runLine(run.colour, i)),
    ],
  }
}
