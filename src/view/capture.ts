/**
 * Pictures for files: a view drawn once more, in tiles, into a target of its own, with the texts of
 * its axes painted over it. Loaded with the first of them.
 */
import { RenderTarget, type WebGPURenderer } from 'three/webgpu'
import type { FlatMap } from './flatMap'
import { fitting, type Label, labelColours } from './labels'
import type { Capturable, CaptureRequest, LaidOut, Rect, StageView } from './picture'
import { isWebGpu, setGround, stopIdleLoop } from './renderer'
import type { Theme } from './theme'

/** Pixels of a tile's side at most: small beside any device's limit, and 64 MiB with four samples. */
const mostTile = 2048
/** CSS pixels of a view that is not on the screen. */
const hiddenView = { width: 640, height: 480 }
/** CSS pixels of a map whose side is given in pixels: the texts grow with what is beyond. */
const mostMapSide = 512
const mostSide = 4096
const mostScale = 4

interface Size {
  width: number
  height: number
}

/** Pixels of the picture for each CSS pixel. */
function scaleOf({ scale = 1, side }: CaptureRequest): number {
  if (side !== undefined && !(side >= 64 && side <= mostSide && Number.isInteger(side))) {
    throw new Error(`The side is ${side} pixels; it must be a whole number from 64 to ${mostSide}.`)
  }
  if (!(scale >= 1 && scale <= mostScale)) {
    throw new Error(`The scale is ${scale}; it must be from 1 to ${mostScale}.`)
  }
  return side === undefined ? scale : side / Math.min(side, mostMapSide)
}

/** CSS pixels of a view in the picture, of which whole pixels come. */
function sizeOf(view: Size | null, { side, even = false }: CaptureRequest, scale: number): Size {
  if (side !== undefined) return { width: side / scale, height: side / scale }
  const whole = (length: number) => {
    const pixels = Math.max(2, Math.round(length * scale))
    return (even ? pixels - (pixels % 2) : pixels) / scale
  }
  const { width, height } = view ?? hiddenView
  return { width: whole(width), height: whole(height) }
}

/** One view in the picture. */
interface Part {
  /** In CSS pixels of the picture. */
  rect: Rect
  lay: StageView['lay']
}

/** What is shown, drawn once more of another size, without pointer; the screen stays as it is. */
export async function capture(
  stage: Capturable,
  request: CaptureRequest,
): Promise<HTMLCanvasElement> {
  const scale = scaleOf(request)
  await Promise.all([stage.loading, stage.whyLoading])
  const { picture } = stage
  if (!picture) throw new Error('There is no picture yet; wait for the stage.')
  stage.showPicture({ ...picture, pointer: null })
  try {
    return draw(stage, request, scale)
  } finally {
    // Once all is drawn: the screen has its own sizes and pointer.
    stage.show(picture)
  }
}

/**
 * All drawing is done, and all of it on its way back, when this returns; what it promises are the
 * pixels. So the screen can be drawn meanwhile, and nothing moves from tile to tile.
 */
function draw(
  stage: Capturable,
  request: CaptureRequest,
  scale: number,
): Promise<HTMLCanvasElement> {
  const { renderer } = stage
  const { theme } = stage.themes
  const parts = sideBySide(stage.views(request.what), request, scale)
  setGround(renderer, theme)
  renderer.autoClear = true
  const drawn = parts.map((part) => drawPart(renderer, part, theme, scale))
  renderer.setRenderTarget(null)
  stopIdleLoop(renderer)
  const width = parts.reduce((sum, { rect }) => sum + rect.width, 0)
  const height = Math.max(...parts.map(({ rect }) => rect.height))
  const whole = { x: 0, y: 0, width, height }
  if (request.caption) drawn.push({ tiles: [], labels: [captionOf(request.caption, whole)] })
  const pixels = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return compose(request.canvas ?? document.createElement('canvas'), pixels, drawn, scale, theme)
}

/** The same of the map that the processor draws, in one piece. */
export async function captureFlat(
  map: FlatMap,
  request: CaptureRequest,
): Promise<HTMLCanvasElement> {
  if (request.what === 'stage') {
    throw new Error('There is no stage without 3-D graphics; the map can be saved.')
  }
  const ratio = scaleOf(request)
  const onScreen = map.size()
  const size = sizeOf(onScreen.width > 0 ? onScreen : null, request, ratio)
  const canvas = request.canvas ?? document.createElement('canvas')
  const theme = map.drawInto(canvas, { ...size, ratio })
  const context = canvas.getContext('2d')
  const within = { x: 0, y: 0, ...size }
  if (context && request.caption) {
    paintLabels(context, [captionOf(request.caption, within)], theme)
  }
  return canvas
}

function sideBySide(views: readonly StageView[], request: CaptureRequest, scale: number): Part[] {
  let x = 0
  // Of several, as the two maps of both losses, those on the screen; else the first.
  const shown = views.filter(({ rect }) => rect !== null)
  return (shown.length > 0 ? shown : views.slice(0, 1)).map(({ rect: onScreen, lay }) => {
    const rect = { x, y: 0, ...sizeOf(onScreen, request, scale) }
    x += rect.width
    return { rect, lay }
  })
}

function captionOf(text: string, within: Rect): Label {
  return { text, x: 12, y: within.height - 14, align: 1, isName: true, within }
}

interface Tile {
  /** Pixels of the picture. */
  x: number
  y: number
  width: number
  height: number
  pixels: Promise<Uint8ClampedArray<ArrayBuffer>>
}

interface DrawnPart {
  tiles: Tile[]
  labels: readonly Label[]
}

function drawPart(
  renderer: WebGPURenderer,
  { rect, lay }: Part,
  theme: Theme,
  scale: number,
): DrawnPart {
  const [columns, width] = tiling(rect.width * scale)
  const [rows, height] = tiling(rect.height * scale)
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
    // The copy is in the queue behind this drawing and before the next, which has the same target.
    const pixels = read(renderer, target)
    return { x: Math.round(rect.x * scale) + x, y, width, height, pixels }
  })
  void Promise.allSettled(tiles.map(({ pixels }) => pixels)).then(() => target.dispose())
  return { tiles, labels: (laid as LaidOut | null)?.labels ?? [] }
}

/** Tiles in a row, and the whole pixels of each: the last one reaches beyond. */
function tiling(pixels: number): [count: number, length: number] {
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
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  parts: readonly DrawnPart[],
  scale: number,
  theme: Theme,
): Promise<HTMLCanvasElement> {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  // Pixels that come from the processor and go back to it: on a GPU's canvas reading takes longer.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('The browser has no memory for a picture of this size.')
  context.setTransform(1, 0, 0, 1, 0, 0)
  for (const { tiles } of parts) {
    for (const { x, y, width: across, height: down, pixels } of tiles) {
      context.putImageData(new ImageData(await pixels, across, down), x, y)
      if (tiles.length > 1) await nextTask()
    }
  }
  context.scale(scale, scale)
  for (const { labels } of parts) paintLabels(context, labels, theme)
  return canvas
}

/** Lets the page draw and answer in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

const alignments = { [-1]: 'right', 0: 'center', 1: 'left' } as const

function paintLabels(
  context: CanvasRenderingContext2D,
  labels: readonly Label[],
  theme: Theme,
): void {
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 3
  for (const label of fitting(labels)) {
    const { colour, casing } = labelColours(label, theme)
    context.font = `${label.isOnSurface ? '600 ' : ''}12px system-ui, sans-serif`
    context.textAlign = alignments[label.align]
    context.strokeStyle = casing
    context.fillStyle = colour
    context.strokeText(label.text, label.x, label.y)
    context.fillText(label.text, label.x, label.y)
  }
}
