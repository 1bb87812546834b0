/** Margins and ticks of the map, and conversion between places and pixels. */
import { linearTicks } from '../display/heightScale'
import { tickText } from '../display/numbers'
import type { Rect } from '../display/rect'
import type { Range } from '../model/starts'
import type { Wires } from './layers/wires'
import type { Label } from './picture'

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

/** uv of a pixel, b upwards; outside the map null or, if clamped, the nearest place on it. */
export function uvOnMap(
  rect: Rect,
  x: number,
  y: number,
  clamped: boolean,
): [u: number, v: number] | null {
  const inner = innerRect(rect)
  const found = [(x - inner.x) / inner.width, 1 - (y - inner.y) / inner.height]
  const [u, v] = found.map((share) => Math.min(1, Math.max(0, share)))
  return clamped || (u === found[0] && v === found[1]) ? [u, v] : null
}

/** A place of the map in CSS pixels. */
export function pixelOnMap(
  rect: Rect,
  [u, v]: readonly [number, number],
): { x: number; y: number } {
  const inner = innerRect(rect)
  return { x: inner.x + u * inner.width, y: inner.y + (1 - v) * inner.height }
}

export interface MapAxis {
  label: string
  range: Range
  /** The range holds powers of ten; the ticks show the values themselves. */
  isLogarithmic?: boolean
}

/**
 * Draws the frame and ticks of the map into `wires`, in clip coordinates of the window being drawn,
 * and returns the texts.
 */
export function drawMapFrame(
  rect: Rect,
  [columns, rows]: readonly MapAxis[],
  wires: Wires,
  window: Rect,
): Label[] {
  const inner = innerRect(rect)
  const right = inner.x + inner.width
  const bottom = inner.y + inner.height
  const line = lineInto(wires, window)
  line(inner.x, inner.y, right, inner.y)
  line(right, inner.y, right, bottom)
  line(right, bottom, inner.x, bottom)
  line(inner.x, bottom, inner.x, inner.y)
  const labels: Label[] = []
  const text = (content: string, x: number, y: number, align: -1 | 0, isName = false) =>
    labels.push({ text: content, x, y, align, isName, within: rect })
  const across = axisTicks(columns, wantedTicks(inner.width, 48), 7)
  for (const { content, at } of across.ticks) {
    const x = inner.x + at * inner.width
    line(x, bottom, x, bottom + tickLength)
    text(content, x, bottom + 13, 0)
  }
  const upwards = axisTicks(rows, wantedTicks(inner.height, 32), 5)
  for (const { content, at } of upwards.ticks) {
    const y = bottom - at * inner.height
    line(inner.x, y, inner.x - tickLength, y)
    text(content, inner.x - 8, y, -1)
  }
  text(across.name, inner.x + inner.width / 2, bottom + 28, 0, true)
  if (upwards.name.length === 1)
    text(upwards.name, rect.x + 10, inner.y + inner.height / 2, 0, true)
  else text(upwards.name, right, inner.y - 11, -1, true)
  return labels
}

/** Powers of ten closer than this share of a decade are written as logarithms. */
const leastDecade = 0.05

/**
 * Texts of at most `most` characters. If the range is so small that they would be longer, the ticks
 * count units from the first tick, and the name says so: "w = 3.2104 + n × 1e-5".
 */
export function axisTicks({ label, range, isLogarithmic }: MapAxis, wanted: number, most: number) {
  const ticks = linearTicks(range, wanted)
  const isPower = isLogarithmic && range[1] - range[0] > leastDecade
  const texts = ticks.map(({ value }) =>
    tickText(isPower ? Number((10 ** value).toPrecision(3)) : value),
  )
  const name = isLogarithmic && !isPower ? `log₁₀ ${label}` : label
  const isShort = isPower || texts.every((text) => text.length <= most)
  if (isShort || ticks.length < 2) {
    return { name, ticks: ticks.map(({ at }, i) => ({ at, content: texts[i] })) }
  }
  const [base] = ticks
  const unit = 10 ** Math.floor(Math.log10(ticks[1].value - base.value) + 1e-9)
  return {
    name: `${name} = ${texts[0]} + n × ${tickText(Number(unit.toPrecision(1)))}`,
    ticks: ticks.map(({ value, at }) => ({
      at,
      content: tickText(Math.round((value - base.value) / unit)),
    })),
  }
}

/** Dashed lines across the map at shares of one side, with their texts; skips those outside. */
export function limitLines(
  rect: Rect,
  along: 'column' | 'row',
  lines: readonly { at: number; text: string }[],
  wires: Wires,
  window: Rect,
): Label[] {
  const inner = innerRect(rect)
  const line = lineInto(wires, window)
  const dashes = 16
  return lines.flatMap(({ at, text }): Label[] => {
    if (!(at > 0 && at < 1)) return []
    const x = inner.x + at * inner.width
    const y = inner.y + (1 - at) * inner.height
    for (let i = 0; i < dashes; i++) {
      const [from, to] = [i / dashes, (i + 0.5) / dashes]
      if (along === 'row') line(inner.x + from * inner.width, y, inner.x + to * inner.width, y)
      else line(x, inner.y + from * inner.height, x, inner.y + to * inner.height)
    }
    const place =
      along === 'row'
        ? ({ x: inner.x + inner.width - 4, y: y - 9, align: -1 } as const)
        : ({ x: x + 4, y: inner.y + 10, align: 1 } as const)
    return [{ text, ...place, isName: true, isOnSurface: true, within: rect }]
  })
}

function lineInto(wires: Wires, rect: Rect) {
  return (x0: number, y0: number, x1: number, y1: number) =>
    wires.add(toClip(rect, x0, y0), toClip(rect, x1, y1))
}

function wantedTicks(pixels: number, each: number): number {
  return Math.max(2, Math.min(6, Math.floor(pixels / each)))
}

function toClip(rect: Rect, x: number, y: number): [number, number, number] {
  return [((x - rect.x) / rect.width) * 2 - 1, 1 - ((y - rect.y) / rect.height) * 2, 0.5]
}

/** The inner rectangle in clip coordinates of a window on the map: left, bottom, right, top. */
export function clipFrame(rect: Rect, window: Rect): [number, number, number, number] {
  const inner = innerRect(rect)
  const [left, top] = toClip(window, inner.x, inner.y)
  const [right, bottom] = toClip(window, inner.x + inner.width, inner.y + inner.height)
  return [left, bottom, right, top]
}
