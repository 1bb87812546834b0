/** The map's margins and ticks, and how places become pixels and back. */
import type { Range } from '../model/starts'
import { linearTicks, tickText } from './height'
import type { Label } from './labels'
import type { Rect } from './picture'
import type { Wires } from './wires'

/** CSS pixels around the surface, for ticks and names. */
const margin = { left: 44, right: 14, top: 22, bottom: 38 }
const tickLength = 4

/** The part of the map's rectangle that shows the surface. */
export function innerRect(rect: Rect): Rect {
  return {
    x: rect.x + margin.left,
    y: rect.y + margin.top,
    width: Math.max(1, rect.width - margin.left - margin.right),
    height: Math.max(1, rect.height - margin.top - margin.bottom),
  }
}

/** uv of a pixel; b increases upwards. */
export function uvAt(inner: Rect, x: number, y: number): [u: number, v: number] {
  return [(x - inner.x) / inner.width, 1 - (y - inner.y) / inner.height]
}

/** Draws frame and ticks of the map into `wires`, in clip coordinates, and returns the texts. */
export function drawMapFrame(rect: Rect, w: Range, b: Range, wires: Wires): Label[] {
  const inner = innerRect(rect)
  const right = inner.x + inner.width
  const bottom = inner.y + inner.height
  const line = (x0: number, y0: number, x1: number, y1: number) =>
    wires.add(toClip(rect, x0, y0), toClip(rect, x1, y1))
  line(inner.x, inner.y, right, inner.y)
  line(right, inner.y, right, bottom)
  line(right, bottom, inner.x, bottom)
  line(inner.x, bottom, inner.x, inner.y)
  const labels: Label[] = []
  const text = (content: string, x: number, y: number, align: -1 | 0, isName = false) =>
    labels.push({ text: content, x, y, align, isName, within: rect })
  for (const { value, at } of linearTicks(w, wantedTicks(inner.width, 48))) {
    const x = inner.x + at * inner.width
    line(x, bottom, x, bottom + tickLength)
    text(tickText(value), x, bottom + 13, 0)
  }
  for (const { value, at } of linearTicks(b, wantedTicks(inner.height, 32))) {
    const y = bottom - at * inner.height
    line(inner.x, y, inner.x - tickLength, y)
    text(tickText(value), inner.x - 8, y, -1)
  }
  text('w', inner.x + inner.width / 2, bottom + 28, 0, true)
  text('b', rect.x + 10, inner.y + inner.height / 2, 0, true)
  return labels
}

function wantedTicks(pixels: number, each: number): number {
  return Math.max(2, Math.min(6, Math.floor(pixels / each)))
}

function toClip(rect: Rect, x: number, y: number): [number, number, number] {
  return [((x - rect.x) / rect.width) * 2 - 1, 1 - ((y - rect.y) / rect.height) * 2, 0.5]
}

/** The inner rectangle in clip coordinates of the map: left, bottom, right, top. */
export function clipFrame(rect: Rect): [number, number, number, number] {
  const inner = innerRect(rect)
  const [left, top] = toClip(rect, inner.x, inner.y)
  const [right, bottom] = toClip(rect, inner.x + inner.width, inner.y + inner.height)
  return [left, bottom, right, top]
}
