/** One value for each learning rate, by uPlot, over the rate axis that all parts of a sweep share. */
import uPlot from 'uplot'
import { linearTicks } from '../../../display/heightScale'
import { logarithmicTicks } from '../../../display/logarithmicTicks'
import { tickText } from '../../../display/numbers'
import { paddedRange } from '../../../page/timeline/timelineChart'
import { onRestored } from '../../../widgets/canvasRestored'
import { extent } from '../../../widgets/thinning'

/** Pixels beside the plots, the same for every part, so that their edges are in line. */
export const sweepMargin = { left: 64, right: 16 }

/** Half a line of text, for the number of a tick at the edge. */
const edge = 8
const pixelsPerTick = 18
const pixelsPerRate = 56

/** Ticks of the rate axis: the rates, and where they are in shares of its length. */
export function rateTicks(first: number, last: number, width: number) {
  if (!(last > first)) return []
  const ticks = logarithmicTicks(first, last, Math.max(2, Math.floor(width / pixelsPerRate)))
  return ticks.map((rate) => ({ rate, at: Math.log(rate / first) / Math.log(last / first) }))
}

/** @param look a line, or dots for what jumps from rate to rate */
export function createSweepChart(host: HTMLElement, look: 'line' | 'dots') {
  let plot: uPlot | null = null
  let [first, last] = [1, 10]
  let shown: readonly unknown[] = []
  let isLogarithmic = true
  let [low, high] = [0.1, 1]
  const size = { width: 320, height: 80 }
  const colour = (name: string) => getComputedStyle(host).getPropertyValue(name).trim()

  const options = (): uPlot.Options => {
    const axis: uPlot.Axis = {
      stroke: () => colour('--muted'),
      font: '12px system-ui, sans-serif',
      grid: { stroke: () => colour('--line'), width: 1 },
      ticks: { show: false },
    }
    const dots = look === 'dots'
    return {
      ...size,
      padding: [edge, sweepMargin.right, edge, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        // In shares, which are logarithms of the rates.
        x: { time: false, range: () => [0, 1] },
        y: { distr: isLogarithmic ? 3 : 1, range: () => [low, high] },
      },
      series: [
        {},
        {
          // Whole pixels would make stairs of a slope.
          pxAlign: 0,
          stroke: () => colour('--curve'),
          width: dots ? 0 : 1.5,
          ...(dots ? { paths: () => null } : {}),
          points: dots
            ? { show: true, size: 3, width: 0, fill: () => colour('--curve') }
            : { show: false },
        },
      ],
      axes: [
        {
          ...axis,
          size: 0,
          splits: () => {
            const width = size.width - sweepMargin.left - sweepMargin.right
            return rateTicks(first, last, width).map(({ at }) => at)
          },
          values: (_, splits) => splits.map(() => ''),
        },
        {
          ...axis,
          size: sweepMargin.left,
          gap: 8,
          splits: ({ bbox }) => {
            const count = Math.max(2, bbox.height / devicePixelRatio / pixelsPerTick)
            return isLogarithmic
              ? logarithmicTicks(low, high, count)
              : linearTicks([low, high], count).map(({ value }) => value)
          },
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(tickText),
        },
      ],
    }
  }

  const resize = () => {
    const [width, height] = [Math.max(host.clientWidth, 120), Math.max(host.clientHeight, 40)]
    if (width === size.width && height === size.height) return
    Object.assign(size, { width, height })
    plot?.setSize(size)
  }

  onRestored(host, () => plot?.redraw(false, true))

  return {
    /** @param isDrawable of a value; others leave gaps */
    show(
      rates: Float32Array,
      values: Float32Array | Uint32Array,
      isDrawable: (value: number) => boolean,
    ) {
      resize()
      if (shown[0] === rates && shown[1] === values) return
      shown = [rates, values]
      first = rates[0]
      last = rates[rates.length - 1]
      const drawn = Array.from(values, (value) => (isDrawable(value) ? value : null))
      const logarithmic = drawn.every((value) => value === null || value > 0)
      ;[low, high] = paddedRange(extent([drawn]), logarithmic)
      const data: uPlot.AlignedData = [Array.from(rates, (_, i) => i / (rates.length - 1)), drawn]
      // The kind of scale is fixed when a plot is made.
      if (plot && logarithmic === isLogarithmic) return plot.setData(data)
      plot?.destroy()
      isLogarithmic = logarithmic
      plot = new uPlot(options(), data, host)
    },
    redraw: () => plot?.redraw(false, true),
    /** Where a value is, in pixels from the top of the host. */
    yOf(value: number): number {
      const scaled = isLogarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low)
      return edge + (1 - scaled) * (size.height - 2 * edge)
    },
  }
}
