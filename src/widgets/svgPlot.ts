/** Shared parts of small SVG plots: elements, scales, axes with ticks and names, paths. */
import { linearTicks } from '../display/heightScale'
import { lineColour } from '../display/lineColours'
import { tickText } from '../display/numbers'
import { orderStyles } from '../display/orderColours'

export type Range = readonly [min: number, max: number]

export interface Axes {
  x: Range
  y: Range
}

/** Pixels around the plot, where lines cannot cross numbers and names. */
export interface Margin {
  left: number
  right: number
  top: number
  bottom: number
}

export const plotMargin: Margin = { left: 46, right: 22, top: 8, bottom: 22 }

/** The size of the element that the SVG fills. */
export type PlotSize = Pick<HTMLElement, 'clientWidth' | 'clientHeight'>

/** Maps data to pixels of the host, which the SVG fills. */
export function createScale(host: PlotSize, axes: Axes, margin = plotMargin) {
  const [left, right] = axes.x
  const [low, high] = axes.y
  const width = Math.max(host.clientWidth, 80)
  const height = Math.max(host.clientHeight, 60)
  const plotWidth = width - margin.left - margin.right
  const plotHeight = height - margin.top - margin.bottom
  return {
    axes,
    margin,
    width,
    height,
    plotWidth,
    plotHeight,
    x: (value: number) => margin.left + ((value - left) / (right - left)) * plotWidth,
    y: (value: number) => margin.top + ((high - value) / (high - low)) * plotHeight,
    /** Data coordinates of a pixel, clamped to the axes and rounded to their units. */
    invert(px: number, py: number): [x: number, y: number] {
      const x = left + ((px - margin.left) / plotWidth) * (right - left)
      const y = high - ((py - margin.top) / plotHeight) * (high - low)
      return [snap(x, axes.x), snap(y, axes.y)]
    },
  }
}

export type Scale = ReturnType<typeof createScale>

/** The unit of an axis: the power of ten that divides it into a few hundred. */
export function unitOf([min, max]: Range): number {
  return 10 ** Math.floor(Math.log10((max - min) / 100))
}

/** Rounds to the axis' unit, because a pixel tells no more, and clamps to its ends. */
function snap(value: number, axis: Range): number {
  const unit = unitOf(axis)
  const held = Math.min(Math.max(value, axis[0]), axis[1])
  return Number((Math.round(held / unit) * unit).toPrecision(12))
}

/** Rounds to twelve digits, so that sums of 0.1 keep their short form. */
export function nudge(value: number, count: number, unit: number): number {
  return count === 0 ? value : Number((value + count * unit).toPrecision(12))
}

/** Grid, ticks, frame and the names of the axes. */
export function drawAxes(scale: Scale, names: { x: string; y: string }): SVGElement[] {
  const { axes, margin, plotWidth, plotHeight } = scale
  const bottom = margin.top + plotHeight
  const frame = create('rect')
  set(frame, { x: margin.left, y: margin.top, class: 'frame' })
  set(frame, { width: plotWidth, height: plotHeight })
  const xTicks = linearTicks(axes.x, Math.min(plotWidth / 36, 7)).flatMap(({ value }) => [
    line(scale.x(value), bottom, scale.x(value), bottom + 4),
    text(tickText(value), scale.x(value), bottom + 16, 'tick tick-x'),
  ])
  const yTicks = linearTicks(axes.y, Math.min(plotHeight / 32, 6)).flatMap(({ value }) => [
    line(margin.left, scale.y(value), margin.left + plotWidth, scale.y(value)),
    text(tickText(value), margin.left - 6, scale.y(value) + 4, 'tick tick-y'),
  ])
  return [
    ...yTicks,
    ...xTicks,
    frame,
    text(names.y, 10, margin.top + plotHeight / 2 + 4, 'axis'),
    text(names.x, scale.width - 14, bottom + 4, 'axis'),
  ]
}

/** A line through points in pixels, interrupted by points that are not numbers. */
export function pathThrough(
  count: number,
  pointAt: (i: number) => readonly [x: number, y: number],
): string {
  let path = ''
  let pen = 'M'
  for (let i = 0; i < count; i++) {
    const [x, y] = pointAt(i)
    if (Number.isFinite(x) && Number.isFinite(y)) {
      path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
      pen = 'L'
    } else pen = 'M'
  }
  return path
}

export const create = <Name extends keyof SVGElementTagNameMap>(name: Name) =>
  document.createElementNS('http://www.w3.org/2000/svg', name)

export function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

function line(x1: number, y1: number, x2: number, y2: number): SVGElement {
  const element = create('line')
  set(element, { x1, y1, x2, y2, class: 'grid-line' })
  return element
}

function text(content: string, x: number, y: number, className: string): SVGElement {
  const element = create('text')
  set(element, { x, y, class: className })
  element.textContent = content
  return element
}

/** An axis that holds all finite values, with a little space at both ends. */
export function extentOf(values: Float64Array): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [-1, 1]
  const room = (high - low || Math.abs(high) || 1) * 0.08
  return [low - room, high + room]
}

/** A nested SVG that clips to the frame, in the pixels of the whole plot. */
export function fitInside(inside: SVGSVGElement, { margin, plotWidth, plotHeight }: Scale): void {
  set(inside, { x: margin.left, y: margin.top, width: plotWidth, height: plotHeight })
  set(inside, { viewBox: `${margin.left} ${margin.top} ${plotWidth} ${plotHeight}` })
}

/** An element with its attributes, inside `parent`. */
export function add<Name extends keyof SVGElementTagNameMap>(
  parent: Element,
  name: Name,
  attributes: Record<string, string | number> = {},
): SVGElementTagNameMap[Name] {
  const element = create(name)
  set(element, attributes)
  parent.append(element)
  return element
}

/** The style sheet chooses between the two colours, so a change of theme needs no redrawing. */
export function paintOrder(element: SVGElement, order: number, kind: 'line' | 'mark'): void {
  const { colour, dash } = orderStyles[order]
  element.classList.add(`order-${kind}`)
  element.style.setProperty('--on-dark', lineColour(colour, false))
  element.style.setProperty('--on-light', lineColour(colour, true))
  if (kind === 'line') set(element, { 'stroke-dasharray': dash.join(' ') })
}
