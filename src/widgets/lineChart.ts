/** The one set-up of uPlot: size, axes, colours of the theme, and redrawing of a lost canvas. */
import uPlot from 'uplot'
import { linearTicks } from '../display/heightScale'
import { lineColour, lineDashes } from '../display/lineColours'
import { logarithmicTicks } from '../display/logarithmicTicks'
import { tickText } from '../display/numbers'
import { onRestored } from './canvasRestored'
import { isLight, onThemeChange } from './theme'
import { type AxisKind, ticksWithZero } from './zeroOfLog'

export type { uPlot }

/** Ways to join the points of a series. */
export const { paths } = uPlot

/** Options of one chart. An axis has round numbers as texts, and lines across the plot. */
export interface ChartOptions extends Pick<uPlot.Options, 'bands' | 'hooks'> {
  padding: uPlot.Padding
  x: uPlot.Scale
  y: uPlot.Scale
  axes: readonly [x: uPlot.Axis, y: uPlot.Axis]
  /** The series over x; a series shows its points only on request. */
  series: readonly uPlot.Series[]
}

const font = '12px system-ui, sans-serif'

/**
 * @param host gives the size, and colours as custom properties of its style
 * @param least the smallest size in pixels, even if the host is smaller
 * @param options is called whenever the plot is made anew; `colour` reads a custom property
 */
export function createLineChart(
  host: HTMLElement,
  least: { width: number; height: number },
  options: (colour: (name: string) => string) => ChartOptions,
) {
  let plot: uPlot | null = null
  let plotKind = ''
  const size = { width: 0, height: 0 }
  const colour = (name: string) => getComputedStyle(host).getPropertyValue(name).trim()

  const resize = (ofHost = { width: host.clientWidth, height: host.clientHeight }) => {
    const width = Math.max(ofHost.width, least.width)
    const height = Math.max(ofHost.height, least.height)
    if (width === size.width && height === size.height) return
    Object.assign(size, { width, height })
    plot?.setSize(size)
  }
  const redraw = () => plot?.redraw(false, true)
  onRestored(host, redraw)
  const stopFollowing = onThemeChange(redraw)

  return {
    /** Size of the whole chart in pixels; 0 before it is measured. */
    size,
    /** @param kind a new one rebuilds the plot, because uPlot keeps its series and scale types */
    draw(data: uPlot.AlignedData, kind = '') {
      if (plot && kind === plotKind) return plot.setData(data)
      if (size.width === 0) resize()
      plot?.destroy()
      plotKind = kind
      plot = new uPlot({ ...size, ...optionsOf(options(colour), colour) }, data, host)
    },
    /** Measures the host again, unless its size is given. */
    resize,
    /** The x under a pointer; undefined before anything is drawn. */
    xAt: (clientX: number) => plot?.posToVal(clientX - plot.over.getBoundingClientRect().left, 'x'),
    dispose() {
      stopFollowing()
      plot?.destroy()
      plot = null
    },
  }
}

function optionsOf({ x, y, axes, series, ...own }: ChartOptions, colour: (name: string) => string) {
  const axis: uPlot.Axis = {
    stroke: () => colour('--muted'),
    font,
    labelFont: font,
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
    // Otherwise uPlot leaves out texts of a logarithmic axis.
    filter: (_, splits) => splits,
    values: (_, splits) => splits.map(tickText),
  }
  return {
    ...own,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, ...x }, y },
    axes: axes.map((each) => ({ ...axis, ...each })),
    series: [{}, ...series.map((each) => ({ points: { show: false }, ...each }))],
  }
}

/** Round numbers on an axis, about `pixelsPerTick` pixels apart. */
export function roundTicks(pixelsPerTick: number) {
  return ({ bbox, scales }: uPlot, axis: number, min: number, max: number): number[] => {
    const pixels = axis === 0 ? bbox.width : bbox.height
    const count = Math.max(2, pixels / devicePixelRatio / pixelsPerTick)
    return scales[axis === 0 ? 'x' : 'y'].distr === 3
      ? logarithmicTicks(min, max, count)
      : linearTicks([min, max], count).map(({ value }) => value)
  }
}

/** The same for an axis that may be logarithmic and have a place for 0. */
export function ticksOf(
  pixelsPerTick: number,
  kind: () => AxisKind,
): Pick<uPlot.Axis, 'splits' | 'values'> {
  const round = roundTicks(pixelsPerTick)
  return {
    splits: (plot, axis, min, max) => ticksWithZero(round(plot, axis, min, max), kind()),
    values: (_, splits) => splits.map((tick) => (tick === kind().zero ? '0' : tickText(tick))),
  }
}

/** A line in the colour of a run, with dashes of its own as well. */
export function runLine(colour: string, index: number): uPlot.Series {
  return {
    stroke: () => lineColour(colour, isLight()),
    width: 2,
    dash: lineDashes[index % lineDashes.length],
  }
}
