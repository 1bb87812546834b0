/** One value for each learning rate, by uPlot, over the rate axis that all parts of a sweep share. */
import { logarithmicTicks } from '../../../display/logarithmicTicks'
import { paddedRange } from '../../../page/timeline/timelineChart'
import { createLineChart, ticksOf, type uPlot } from '../../../widgets/lineChart'
import { extent } from '../../../widgets/thinning'
import { type AxisKind, axisKind, placeZero } from '../../../widgets/zeroOfLog'

/** Pixels beside the plots, the same for every part, so that their edges are in line. */
export const sweepMargin = { left: 64, right: 16 }

/** Half a line of text, so that a number at the edge fits. */
const edge = 8
const pixelsPerTick = 18
const pixelsPerRate = 56

/** Ticks of the rate axis: the rates, and their places as shares of its length. */
export function rateTicks(first: number, last: number, width: number) {
  if (!(last > first)) return []
  const ticks = logarithmicTicks(first, last, Math.max(2, Math.floor(width / pixelsPerRate)))
  return ticks.map((rate) => ({ rate, at: Math.log(rate / first) / Math.log(last / first) }))
}

/** @param look a line, or dots for values that jump from rate to rate */
export function createSweepChart(host: HTMLElement, look: 'line' | 'dots') {
  let [first, last] = [1, 10]
  let shown: readonly unknown[] = []
  let kind: AxisKind = { logarithmic: true, zero: null }
  let [low, high] = [0.1, 1]
  const chart = createLineChart(host, { width: 120, height: 40 }, (colour) => ({
    padding: [edge, sweepMargin.right, edge, 0],
    // Shares of the axis, which are logarithms of the rates.
    x: { range: () => [0, 1] },
    y: { distr: kind.logarithmic ? 3 : 1, range: () => [low, high] },
    series: [seriesOf(look, () => colour('--curve'))],
    axes: [
      {
        size: 0,
        splits: () => {
          const width = chart.size.width - sweepMargin.left - sweepMargin.right
          return rateTicks(first, last, width).map(({ at }) => at)
        },
        values: (_, splits) => splits.map(() => ''),
      },
      { size: sweepMargin.left, gap: 8, ...ticksOf(pixelsPerTick, () => kind) },
    ],
  }))

  return {
    /** @param isDrawable tells which values are drawn; the others leave gaps */
    show(
      rates: Float32Array,
      values: Float32Array | Uint32Array,
      isDrawable: (value: number) => boolean,
    ) {
      chart.resize()
      if (shown[0] === rates && shown[1] === values) return
      shown = [rates, values]
      first = rates[0]
      last = rates[rates.length - 1]
      kind = axisKind([values.filter(isDrawable)], true)
      const placed = Array.from(placeZero(values, kind))
      const drawn = placed.map((value, i) => (isDrawable(values[i]) ? value : null))
      ;[low, high] = paddedRange(extent([drawn]), kind)
      const data: uPlot.AlignedData = [Array.from(rates, (_, i) => i / (rates.length - 1)), drawn]
      chart.draw(data, String(kind.logarithmic))
    },
    /** The place of a value, in pixels from the top of the host. */
    yOf(value: number): number {
      const scaled = kind.logarithmic
        ? Math.log((value || low) / low) / Math.log(high / low)
        : (value - low) / (high - low)
      return edge + (1 - scaled) * (chart.size.height - 2 * edge)
    },
  }
}

function seriesOf(look: 'line' | 'dots', stroke: () => string): uPlot.Series {
  // Whole pixels would make stairs of a slope.
  const line = { pxAlign: 0, stroke, width: 1.5 }
  if (look === 'line') return line
  return {
    ...line,
    width: 0,
    paths: () => null,
    points: { show: true, size: 3, width: 0, fill: stroke },
  }
}
