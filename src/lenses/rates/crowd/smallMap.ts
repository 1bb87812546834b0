/** One of several maps of the same plane: a canvas with an image, linked cross-hair and start. */
import { remember } from '../../../display/remember'
import type { Range } from '../../../model/starts'
import type { Place, StageEvents } from '../../../stage/picture'
import { PointerControl } from '../../../stage/pointer'
import { ink } from '../../../stage/theme'
import { onRestored } from '../../../widgets/canvasRestored'

export type SmallMapEvents = Omit<StageEvents, 'onCamera' | 'moduleFailed'>

export interface SmallMapView {
  axes: readonly [columns: Range, rows: Range]
  pointer: Place | null
  start: Place
  stale: boolean
  /** The contents of the image, in words. */
  text: string
  /** Null while there is nothing to paint. */
  paint: ((width: number, height: number) => ImageData) | null
  /** The image is painted again when a part of this or the size changes. */
  key: readonly unknown[]
}

const markerRadius = 6

export class SmallMap {
  readonly figure = document.createElement('figure')
  readonly caption = document.createElement('figcaption')
  private readonly canvas = document.createElement('canvas')
  private readonly band = document.createElement('div')
  private readonly waiting = document.createElement('p')
  private readonly image = document.createElement('canvas')
  private readonly control: PointerControl
  private painted = remember<void>()
  private view: SmallMapView | null = null

  constructor(events: SmallMapEvents) {
    const hole = document.createElement('div')
    this.figure.className = 'small-map'
    hole.className = 'small-map-hole'
    this.band.className = 'small-map-band'
    this.band.hidden = true
    this.waiting.className = 'small-map-waiting placeholder'
    this.waiting.textContent = 'Not computed yet.'
    this.canvas.setAttribute('role', 'img')
    hole.append(this.canvas, this.band, this.waiting)
    this.figure.append(this.caption, hole)
    this.control = this.createControl(events)
    onRestored(hole, () => {
      // The off-screen image may be lost as well.
      this.painted = remember()
      this.draw()
    })
  }

  show(view: SmallMapView): void {
    this.view = view
    this.figure.classList.toggle('stale', view.stale)
    this.waiting.hidden = view.paint !== null
    if (this.canvas.getAttribute('aria-label') !== view.text) {
      this.canvas.setAttribute('aria-label', view.text)
    }
    this.draw()
  }

  /** Also needed after the canvas has changed its size. */
  draw(): void {
    const { view, canvas } = this
    const context = canvas.getContext('2d')
    if (!view || !context || canvas.clientWidth === 0) return
    const ratio = devicePixelRatio
    const width = Math.max(1, Math.round(canvas.clientWidth * ratio))
    const height = Math.max(1, Math.round(canvas.clientHeight * ratio))
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    context.resetTransform()
    context.clearRect(0, 0, width, height)
    if (!view.paint) return
    const { paint } = view
    this.painted([...view.key, width, height], () => this.paint(paint))
    context.drawImage(this.image, 0, 0)
    context.scale(ratio, ratio)
    this.drawStart(context, view)
    if (view.pointer) this.drawCrossHair(context, view.pointer)
  }

  private paint(paint: NonNullable<SmallMapView['paint']>): void {
    this.image.width = this.canvas.width
    this.image.height = this.canvas.height
    const image = paint(this.image.width, this.image.height)
    this.image.getContext('2d')?.putImageData(image, 0, 0)
  }

  private drawStart(context: CanvasRenderingContext2D, { start }: SmallMapView): void {
    const at = this.pixelOf(start)
    if (!at) return
    context.beginPath()
    context.arc(at.x, at.y, markerRadius, 0, 2 * Math.PI)
    outlined(context, 2)
  }

  private drawCrossHair(context: CanvasRenderingContext2D, pointer: Place): void {
    const at = this.pixelOf(pointer)
    if (!at) return
    const { clientWidth, clientHeight } = this.canvas
    // In the middle of a pixel; otherwise the line would become two faint ones.
    const x = Math.min(Math.floor(at.x), clientWidth - 1) + 0.5
    const y = Math.min(Math.floor(at.y), clientHeight - 1) + 0.5
    context.beginPath()
    context.moveTo(x, 0)
    context.lineTo(x, clientHeight)
    context.moveTo(0, y)
    context.lineTo(clientWidth, y)
    outlined(context, 1)
  }

  /** Null if the place is outside the map. */
  private pixelOf(place: Place): { x: number; y: number } | null {
    if (!this.view) return null
    const [u, v] = this.view.axes.map(([min, max], k) => (place[k as 0 | 1] - min) / (max - min))
    if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) return null
    return { x: u * this.canvas.clientWidth, y: (1 - v) * this.canvas.clientHeight }
  }

  /** Has the same gestures as the large map. */
  private createControl(events: SmallMapEvents): PointerControl {
    const { canvas } = this
    const rect = () => ({ x: 0, y: 0, width: canvas.clientWidth, height: canvas.clientHeight })
    return new PointerControl(
      canvas,
      {
        stage: () => null,
        map: (name) => (name === 'map' ? rect() : null),
        placeInMap: (_, x, y, clamped) => this.spotAt(x, y, clamped),
        placeInStage: async () => null,
        marker: () => this.view && this.pixelOf(this.view.start),
        giveToCamera: () => {},
        cameraIsMoving: () => false,
        zooms: () => true,
        showBand: (band) => this.showBand(band),
      },
      events,
    )
  }

  private spotAt(x: number, y: number, clamped: boolean) {
    if (!this.view) return null
    const { clientWidth, clientHeight } = this.canvas
    let uv: [number, number] = [x / clientWidth, 1 - y / clientHeight]
    if (clamped) uv = [clamp(uv[0]), clamp(uv[1])]
    if (uv.some((share) => share < 0 || share > 1)) return null
    const [w, b] = this.view.axes.map(([min, max], k) => min + uv[k] * (max - min))
    return { uv, place: [w, b] as const }
  }

  private showBand(band: Band): void {
    this.band.hidden = band === null
    if (!band) return
    const [[u0, v0], [u1, v1]] = band
    const percent = (share: number) => `${(100 * share).toFixed(2)}%`
    this.band.style.left = percent(Math.min(u0, u1))
    this.band.style.width = percent(Math.abs(u1 - u0))
    this.band.style.bottom = percent(Math.min(v0, v1))
    this.band.style.height = percent(Math.abs(v1 - v0))
  }

  dispose(): void {
    this.control.dispose()
    this.figure.remove()
  }
}

type Band = readonly [readonly [u: number, v: number], readonly [u: number, v: number]] | null

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}

/** White with a dark edge, visible on the colour of every ending. */
function outlined(context: CanvasRenderingContext2D, width: number): void {
  context.strokeStyle = ink.dark
  context.lineWidth = width + 2
  context.globalAlpha = 0.6
  context.stroke()
  context.strokeStyle = ink.light
  context.lineWidth = width
  context.globalAlpha = 1
  context.stroke()
}
