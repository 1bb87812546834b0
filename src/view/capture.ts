/**
 * Pictures for files: a view drawn once more, in tiles, into a target of its own, with the texts of
 * its axes painted over it. Loaded with the first of them.
 */
import { RenderTarget, type WebGPURenderer } from 'three/webgpu'
import { type Size, scaleOf, sizeOf } from './captureSize'
import { fitting, type Label, labelColours } from './labels'
import type { CaptureRequest, LaidOut, Rect, StageView } from './picture'
import { isWebGpu, setGround, stopIdleLoop } from './renderer'
import type { Theme } from './theme'

/** Pixels of a tile's side at most: small beside any device's limit, and 64 MiB with four samples. */
const mostTile = 2048
/** One view in the picture. */
interface Part {
  /** In CSS pixels of the picture. */
  rect: Rect
  lay: StageView['lay']
}

/**
 * All drawing is done, and all of it on its way back, when this returns; what it promises are the
 * pixels. So the screen can be drawn meanwhile, and nothing moves from tile to tile.
 */
export function capture(
  renderer: WebGPURenderer,
  views: readonly StageView[],
  theme: Theme,
  request: CaptureRequest,
): Promise<HTMLCanvasElement> {
  const scale = scaleOf(request)
  const parts = sideBySide(views, request, scale)
  setGround(renderer, theme)
  renderer.autoClear = true
  const drawn = parts.map((part) => drawPart(renderer, part, theme, scale))
  renderer.setRenderTarget(null)
  stopIdleLoop(renderer)
  const width = parts.reduce((sum, { rect }) => sum + rect.width, 0)
  const height = Math.max(...parts.map(({ rect }) => rect.height))
  const pixels = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return compose(request.canvas ?? document.createElement('canvas'), pixels, drawn, scale, theme)
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
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('The browser has no memory for a picture of this size.')
  context.setTransform(1, 0, 0, 1, 0, 0)
  for (const { tiles } of parts) {
    for (const { x, y, width: across, height: down, pixels } of tiles) {
      context.putImageData(new ImageData(await pixels, across, down), x, y)
    }
  }
  context.scale(scale, scale)
  for (const { labels } of parts) paintLabels(context, labels, theme)
  return canvas
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
