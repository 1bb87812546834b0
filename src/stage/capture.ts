/**
 * Pictures for files: a view is redrawn in tiles, into a target of its own, and the texts of its
 * axes are painted over it. Loaded with the first picture.
 */
import { RenderTarget, type WebGPURenderer } from 'three/webgpu'
import type { Rect, Size } from '../display/rect'
import type { Settings } from '../settings/settings'
import type { FlatMap } from './flat/flatMap'
import { captionHeight, paintCaption, paintLabels } from './labelTexts'
import type { Capturable, CaptureRequest, Label, LaidOut, StageView } from './picture'
import { isWebGpu, setGround, stopIdleLoop } from './renderer'
import type { Theme } from './theme'

/** Longest side of a tile, in pixels: well within any device's limit, 64 MiB with four samples. */
const largestTile = 2048
/** Pixels copied in one task. */
const pixelsInTask = 2 ** 20
/** Size of a view that is not on the screen, in CSS pixels. */
const hiddenView = { width: 640, height: 480 }
/** Largest map, in CSS pixels, if the side is given in pixels: beyond it, texts grow too. */
const mostMapSide = 512
const mostSide = 4096
const mostScale = 4

export interface CaptureOptions {
  signal?: AbortSignal | undefined
  /** Called with the share that is done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined
  mostTile?: number
}

export interface Captured {
  canvas: HTMLCanvasElement
  /** The settings of the picture. */
  settings: Settings
  /** All views together, in CSS pixels. */
  size: Size
}

/** Picture pixels per CSS pixel, for `views` side by side. */
function scaleOf({ scale = 1, side }: CaptureRequest, views = 1): number {
  const most = Math.floor(mostSide / views)
  if (side !== undefined && !(side >= 64 && side <= most && Number.isInteger(side))) {
    const each = views > 1 ? ` for each of ${views} maps` : ''
    throw new Error(
      `The side is ${side} pixels${each}; it must be a whole number from 64 to ${most}.`,
    )
  }
  if (!(scale >= 1 && scale <= mostScale)) {
    throw new Error(`The scale is ${scale}; it must be from 1 to ${mostScale}.`)
  }
  return side === undefined ? scale : side / Math.min(side, mostMapSide)
}

/** CSS pixels of a view in the picture, chosen to give whole pixels. */
function sizeOf(
  onScreen: Size | null,
  { side, size, even = false }: CaptureRequest,
  scale: number,
): Size {
  if (size) return size
  if (side !== undefined) return { width: side / scale, height: side / scale }
  const whole = (length: number) => {
    const pixels = Math.max(2, Math.round(length * scale))
    return (even ? pixels - (pixels % 2) : pixels) / scale
  }
  const { width, height } = onScreen ?? hiddenView
  return { width: whole(width), height: whole(height) }
}

/** One view in the picture. */
interface PlacedView {
  /** In CSS pixels of the picture. */
  rect: Rect
  lay: StageView['lay']
}

/** Redraws the shown picture at another size, without the pointer; the screen is unchanged. */
export async function capture(
  stage: Capturable,
  request: CaptureRequest,
  options: CaptureOptions = {},
): Promise<Captured> {
  await Promise.all([stage.loading, stage.whyLoading])
  const { picture } = stage
  if (!picture) throw new Error('There is no picture yet; wait for the stage.')
  stage.showPicture({ ...picture, pointer: null })
  let drawn: ReturnType<typeof draw>
  try {
    drawn = draw(stage, request, options)
  } finally {
    // Drawing is complete, so the screen gets its own sizes and pointer back.
    stage.show(picture)
  }
  return { ...(await drawn), settings: picture.settings }
}

/**
 * All drawing has been submitted, and its pixels are on their way back, when this returns; the
 * promise delivers them. So the screen can be redrawn at once, and nothing moves between tiles.
 */
function draw(
  stage: Capturable,
  request: CaptureRequest,
  options: CaptureOptions,
): Promise<Omit<Captured, 'settings'>> {
  const { renderer } = stage
  const { theme } = stage.themes
  const shown = shownViews(stage.views(request.what))
  const scale = scaleOf(request, shown.length)
  const parts = sideBySide(shown, request, scale)
  setGround(renderer, theme)
  renderer.autoClear = true
  const drawn = parts.map((part) =>
    drawView(renderer, part, theme, scale, options.mostTile ?? largestTile),
  )
  renderer.setRenderTarget(null)
  stopIdleLoop(renderer)
  const width = parts.reduce((sum, { rect }) => sum + rect.width, 0)
  const height = Math.max(...parts.map(({ rect }) => rect.height))
  const frame = frameOf({ width, height }, request, scale)
  return compose(frame, drawn, theme, options)
}

/** Does the same for the map that the processor draws. */
export async function captureFlat(
  map: FlatMap,
  request: CaptureRequest,
  { signal, onProgress }: CaptureOptions = {},
): Promise<Captured> {
  if (request.what === 'stage') {
    throw new Error('There is no stage without 3-D graphics; the map can be saved.')
  }
  const scale = scaleOf(request)
  const onScreen = map.size()
  const size = sizeOf(onScreen.width > 0 ? onScreen : null, request, scale)
  const { canvas, caption } = frameOf(size, request, scale)
  const drawing = map.drawInto(canvas, { ...size, ratio: scale })
  for (const share of drawing.steps) {
    onProgress?.(share)
    await nextTask()
    signal?.throwIfAborted()
  }
  if (caption) paintCaption(contextOf(canvas), caption, size, drawing.theme)
  return { canvas, size, settings: drawing.settings }
}

interface Frame {
  canvas: HTMLCanvasElement
  /** CSS pixels of the views. */
  size: Size
  scale: number
  caption: string | undefined
}

/** A canvas as large as the views, with room for a caption below. */
function frameOf(size: Size, { canvas, caption, even }: CaptureRequest, scale: number): Frame {
  const unit = even ? 2 : 1
  const foot = caption === undefined ? 0 : Math.round((captionHeight * scale) / unit) * unit
  const width = Math.round(size.width * scale)
  const height = Math.round(size.height * scale) + foot
  const frame = canvas ?? document.createElement('canvas')
  if (frame.width !== width || frame.height !== height) Object.assign(frame, { width, height })
  return { canvas: frame, size, scale, caption }
}

/** The views on the screen if there are several, such as maps of both losses; else the first. */
function shownViews(views: readonly StageView[]): readonly StageView[] {
  const shown = views.filter(({ rect }) => rect !== null)
  return shown.length > 0 ? shown : views.slice(0, 1)
}

function sideBySide(
  views: readonly StageView[],
  request: CaptureRequest,
  scale: number,
): PlacedView[] {
  let x = 0
  return views.map(({ rect: onScreen, lay }) => {
    const rect = { x, y: 0, ...sizeOf(onScreen, request, scale) }
    x += rect.width
    return { rect, lay }
  })
}

interface Tile {
  /** Pixels of the picture. */
  x: number
  y: number
  width: number
  height: number
  pixels: Promise<Uint8ClampedArray<ArrayBuffer>>
}

interface DrawnView {
  tiles: Tile[]
  labels: readonly Label[]
}

function drawView(
  renderer: WebGPURenderer,
  { rect, lay }: PlacedView,
  theme: Theme,
  scale: number,
  mostTile: number,
): DrawnView {
  const [columns, width] = tiling(rect.width * scale, mostTile)
  const [rows, height] = tiling(rect.height * scale, mostTile)
  const target = new RenderTarget(width, height, { samples: renderer.samples })
  let laid: LaidOut | null = null
  const tiles = Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [(i % columns) * width, Math.floor(i / columns) * height]
    const window = {
      x: rect.x + x / scale,
      y: rect.y + y / scale,
      width: width / scale,
      height: height / scale,
    }
    laid = lay(rect, theme, window)
    renderer.setRenderTarget(target)
    if (laid) renderer.render(laid.scene, laid.camera)
    // The copy is queued after this drawing and before the next, which uses the same target.
    const pixels = read(renderer, target)
    return { x: Math.round(rect.x * scale) + x, y, width, height, pixels }
  })
  void Promise.allSettled(tiles.map(({ pixels }) => pixels)).then(() => target.dispose())
  return { tiles, labels: (laid as LaidOut | null)?.labels ?? [] }
}

/** Tiles in a row, and the whole pixels of each: the last one may extend past the edge. */
function tiling(pixels: number, mostTile: number): [count: number, length: number] {
  const count = Math.ceil(pixels / mostTile)
  return [count, Math.ceil(Math.round(pixels) / count)]
}

/** Rows from the top. */
async function read(
  renderer: WebGPURenderer,
  target: RenderTarget,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = target
  const found = await renderer.readRenderTargetPixelsAsync(target, 0, 0, width, height)
  const { buffer } = found as Uint8Array<ArrayBuffer>
  if (isWebGpu(renderer)) return new Uint8ClampedArray(buffer)
  // WebGL counts rows from the bottom.
  const turned = new Uint8ClampedArray(buffer.byteLength)
  for (let y = 0; y < height; y++) {
    const row = new Uint8ClampedArray(buffer, y * width * 4, width * 4)
    turned.set(row, (height - 1 - y) * width * 4)
  }
  return turned
}

async function compose(
  { canvas, size, scale, caption }: Frame,
  parts: readonly DrawnView[],
  theme: Theme,
  { signal, onProgress }: CaptureOptions,
): Promise<Omit<Captured, 'settings'>> {
  const context = contextOf(canvas)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = theme.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  const tiles = parts.flatMap((part) => part.tiles)
  for (const [i, { x, y, width, height, pixels }] of tiles.entries()) {
    const image = new ImageData(await readBack(pixels), width, height)
    const rows = Math.ceil(pixelsInTask / width)
    for (let row = 0; row < height; row += rows) {
      context.putImageData(image, x, y, 0, row, width, rows)
      onProgress?.((i + Math.min(1, (row + rows) / height)) / tiles.length)
      if (width * height > pixelsInTask) await nextTask()
      signal?.throwIfAborted()
    }
  }
  context.scale(scale, scale)
  for (const { labels } of parts) paintLabels(context, labels, theme)
  if (caption) paintCaption(context, caption, size, theme)
  return { canvas, size }
}

/** Replaces a lost device's reason, which may be undefined or mean nothing to a person. */
async function readBack(pixels: Tile['pixels']): Promise<Uint8ClampedArray<ArrayBuffer>> {
  try {
    return await pixels
  } catch (cause) {
    throw new Error('The graphics device was lost while the picture was drawn. Save it again.', {
      cause,
    })
  }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  // These pixels come from the processor and go back to it: reading a GPU canvas takes longer.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('The browser has no memory for a picture of this size.')
  return context
}

/** Lets the page draw and respond in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
