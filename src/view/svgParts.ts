/** What plots in SVG share beyond svgPlot.ts, which the first page to load has in it. */
import { create, type Range, type Scale, set } from './svgPlot'

/** An axis that holds all finite values, with a little room at both ends. */
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

/** An SVG of its own that fills the frame and cuts off what is beyond; in the pixels of the whole. */
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
