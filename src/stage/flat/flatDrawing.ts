/** Draws the flat map: plane, axes, paths and marks on a plain canvas. */
import { runnerColours } from '../../display/colours'
import type { Pixels } from '../../display/outcomePixels'
import type { Rect, Size } from '../../display/rect'
import { remember } from '../../display/remember'
import type { Crowd, Plane } from '../../engine/engine'
import { recordBefore } from '../../model/recording'
import { circlesOf, destinationColours } from '../circles'
import { asMapAxis, hasRates, onAxes, planeAxes, sharesOf } from '../mapAxes'
import { axisTicks, innerRect } from '../mapFrame'
import type { Arrow, Picture } from '../picture'
import type { Theme } from '../theme'
import { type KeptImage, outcomeImage, surfaceImage, trustImage } from './flatImages'

/** CSS pixels, and how many canvas pixels each of them has. */
export interface FlatSize extends Size {
  ratio: number
}

/** Side of the tile that is painted in one step when drawing for a file, in pixels. */
const tileSide = 512

/** Lines drawn for the crowd; more would only cover the surface and take long. */
const mostTrails = 256
const mostHeads = 4096

/** A new set for each picture that is kept. */
export function createImages(): Images {
  return { surface: remember(), outcomes: remember(), trust: remember() }
}

export type Images = Record<'surface' | 'outcomes' | 'trust', KeptImage>

/** The plane inside its axes, in pixels. */
function planeOf({ width, height, ratio }: FlatSize) {
  const inner = innerRect({ x: 0, y: 0, width, height })
  const [columns, rows] = [inner.width, inner.height].map((side) => Math.ceil(side * ratio))
  return { inner, columns, rows }
}

/** Tiles of the plane in pixels, row by row. */
export function tilesOf(size: FlatSize): Rect[] {
  const { columns, rows } = planeOf(size)
  const across = Math.ceil(columns / tileSide)
  return Array.from({ length: across * Math.ceil(rows / tileSide) }, (_, i) => {
    const [x, y] = [(i % across) * tileSide, Math.floor(i / across) * tileSide]
    return {
      x,
      y,
      width: Math.min(tileSide, columns - x),
      height: Math.min(tileSide, rows - y),
    }
  })
}

type ToPixel = (w: number, b: number) => [x: number, y: number]

/**
 * Draws the map; yields the share that is done after each tile of the plane.
 *
 * @param images one for the whole plane, or one for each of its tiles
 */
export function* drawFlatMap(
  canvas: HTMLCanvasElement,
  size: FlatSize,
  picture: Picture,
  theme: Theme,
  images: readonly Images[],
): Generator<number> {
  const context = canvas.getContext('2d')
  if (!context) return
  const { width, height, ratio } = size
  const { inner, columns, rows } = planeOf(size)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = theme.ground
  context.fillRect(0, 0, width, height)
  const axes = planeAxes(picture)
  const toPixel: ToPixel = (column, row) => {
    const [u, v] = sharesOf(axes, [column, row])
    return [inner.x + u * inner.width, inner.y + (1 - v) * inner.height]
  }
  drawTicks(context, inner, picture, theme)
  const whole = { x: 0, y: 0, width: columns, height: rows }
  const tiles = images.length === 1 ? [whole] : tilesOf(size)
  for (const [i, window] of tiles.entries()) {
    const image = imageOf(picture, images[i], { width: columns, height: rows, window, ratio })
    // putImageData works in canvas pixels and ignores the context's scale.
    if (image) context.putImageData(image, inner.x * ratio + window.x, inner.y * ratio + window.y)
    yield (i + 1) / (tiles.length + 1)
  }
  context.save()
  context.beginPath()
  context.rect(inner.x, inner.y, inner.width, inner.height)
  context.clip()
  if (picture.crowd) drawCrowd(context, toPixel, picture, picture.crowd)
  if (!hasRates(axes)) drawRuns(context, toPixel, picture)
  for (const arrow of picture.why?.arrows ?? []) drawArrow(context, toPixel, arrow)
  drawMarks(context, inner, toPixel, picture)
  context.restore()
}

/** The image under lines and marks: endings, trust or loss. */
function imageOf(picture: Picture, images: Images, pixels: Pixels): ImageData | null {
  const { outcomes, why } = picture
  if (outcomes?.maps[0])
    return outcomeImage(images.outcomes, outcomes.maps[0], outcomes.lit ?? null, pixels)
  return (
    (why?.trust && trustImage(images.trust, why.trust, pixels)) ||
    surfaceImage(images.surface, picture, pixels)
  )
}

function drawTicks(
  context: CanvasRenderingContext2D,
  inner: Rect,
  picture: Picture,
  theme: Theme,
): void {
  const [columns, rows] = planeAxes(picture).map(asMapAxis)
  const across = axisTicks(columns, 5, 7)
  const upwards = axisTicks(rows, 5, 5)
  const bottom = inner.y + inner.height
  context.font = '12px system-ui, sans-serif'
  context.fillStyle = theme.label
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  for (const { content, at } of across.ticks) {
    context.fillText(content, inner.x + at * inner.width, bottom + 13)
  }
  context.fillText(across.name, inner.x + inner.width / 2, bottom + 28)
  if (upwards.name.length === 1) context.fillText(upwards.name, 10, inner.y + inner.height / 2)
  context.textAlign = 'right'
  if (upwards.name.length > 1) context.fillText(upwards.name, inner.x + inner.width, inner.y - 11)
  for (const { content, at } of upwards.ticks) {
    context.fillText(content, inner.x - 8, bottom - at * inner.height)
  }
}

/** Item i of a plane that the processor can read. */
function item({ array }: Plane, i: number): [number, number] | null {
  return array ? [array[i * 2], array[i * 2 + 1]] : null
}

function drawCrowd(
  context: CanvasRenderingContext2D,
  toPixel: ToPixel,
  picture: Picture,
  crowd: Crowd,
): void {
  const { settings, step, stale } = picture
  const { records, heads, trajectories, finished, recording } = crowd
  const last = recordBefore(recording, step)
  context.globalAlpha = stale.crowd ? 0.15 : 0.35
  const ends = crowd.destinations(circlesOf(picture)).array
  const colourOf = (i: number) => destinationColours[ends?.[i] ?? 0]
  context.lineWidth = 1
  for (let i = 0; settings.trails && i < Math.min(finished, mostTrails); i++) {
    const places = Array.from({ length: last + 1 }, (_, k) => item(records, k * trajectories + i))
    context.strokeStyle = colourOf(i)
    context.beginPath()
    trace(context, toPixel, [...places, item(heads, i)])
    context.stroke()
  }
  context.globalAlpha = stale.crowd ? 0.4 : 1
  for (let i = 0; i < Math.min(finished, mostHeads); i++) {
    const place = item(heads, i)
    if (!place) continue
    context.fillStyle = colourOf(i)
    const [x, y] = toPixel(...place)
    context.fillRect(x - 1, y - 1, 2, 2)
  }
  context.globalAlpha = 1
}

/** A line through the places that are numbers; the canvas ignores the others. */
function trace(
  context: CanvasRenderingContext2D,
  toPixel: ToPixel,
  places: readonly ([number, number] | null)[],
): void {
  places.forEach((place, k) => {
    if (!place) return
    const [x, y] = toPixel(...place)
    if (k === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
}

function drawRuns(context: CanvasRenderingContext2D, toPixel: ToPixel, picture: Picture): void {
  context.lineWidth = 2
  context.globalAlpha = picture.stale.runs ? 0.4 : 1
  picture.runs.slice(0, runnerColours.length).forEach((run, runner) => {
    // A hidden runner has none.
    if (run.length === 0) return
    const shown = Math.min(picture.step, run.length / 2 - 1)
    const places = Array.from({ length: shown + 1 }, (_, k): [number, number] => [
      run[2 * k],
      run[2 * k + 1],
    ])
    context.strokeStyle = runnerColours[runner]
    context.fillStyle = runnerColours[runner]
    context.beginPath()
    trace(context, toPixel, places)
    context.stroke()
    disc(context, toPixel(...places[shown]), 5)
    context.fill()
  })
  context.globalAlpha = 1
}

/** Length of an arrowhead, in widths of its line. */
const headLength = 4

function drawArrow(
  context: CanvasRenderingContext2D,
  toPixel: ToPixel,
  { tail, head, colour, width, hasHead }: Arrow,
): void {
  const [from, to] = [toPixel(...tail), toPixel(...head)]
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  if (!(length > 0 && length < 1e6)) return
  const long = hasHead ? Math.min(width * headLength, 0.6 * length) : 0
  const [u, v] = [(dx / length) * long, (dy / length) * long]
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = width
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(to[0] - u, to[1] - v)
  context.stroke()
  context.beginPath()
  context.moveTo(...to)
  context.lineTo(to[0] - u - v / 2, to[1] - v + u / 2)
  context.lineTo(to[0] - u + v / 2, to[1] - v - u / 2)
  context.fill()
}

function drawMarks(
  context: CanvasRenderingContext2D,
  inner: Rect,
  toPixel: ToPixel,
  picture: Picture,
): void {
  const { settings, pointer, stationary, stale } = picture
  const axes = planeAxes(picture)
  context.fillStyle = stale.stationary ? '#8b96a3' : '#ffffff'
  context.textAlign = 'left'
  for (const [i, { w, b }] of (hasRates(axes) ? [] : (stationary?.minima ?? [])).entries()) {
    const [x, y] = toPixel(w, b)
    disc(context, [x, y], 3)
    context.fill()
    context.fillText(String(i + 1), x + 6, y - 6)
  }
  context.strokeStyle = '#ffffff'
  disc(context, toPixel(...onAxes(axes, settings.start, settings)), 7)
  context.stroke()
  if (!pointer) return
  const [x, y] = toPixel(...onAxes(axes, pointer, settings))
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(x, inner.y)
  context.lineTo(x, inner.y + inner.height)
  context.moveTo(inner.x, y)
  context.lineTo(inner.x + inner.width, y)
  context.stroke()
}

function disc(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  radius: number,
): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}
