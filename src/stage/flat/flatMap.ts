/** The map for pages with neither WebGPU nor WebGL2: drawn by the processor on a plain canvas. */
import type { Size } from '../../display/rect'
import type { Settings } from '../../settings/settings'
import { placeAt, planeAxes } from '../mapAxes'
import { uvOnMap } from '../mapFrame'
import type { Picture, Place, StageEvents } from '../picture'
import { type Theme, watchTheme } from '../theme'
import { createImages, drawFlatMap, type FlatSize, type Images, tilesOf } from './flatDrawing'

export interface FlatDrawing {
  /** Each step draws some more and yields the share that is done, 0 to 1. */
  steps: Iterable<number>
  theme: Theme
  settings: Settings
}

/** Shows surfaces and crowds of the CPU engine; planes that are textures are left out. */
export class FlatMap {
  private picture: Picture | null = null
  private request = 0
  private readonly images = createImages()
  /** Keyed by the canvases of files, one per tile: a video draws on the same one for each step. */
  private readonly fileImages = new WeakMap<HTMLCanvasElement, Images[]>()
  private readonly themes = watchTheme(() => this.resize())
  private readonly listeners = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: Pick<StageEvents, 'onPointer' | 'onStart' | 'onZoom'>,
  ) {
    const { signal } = this.listeners
    const options = { signal, passive: false }
    canvas.addEventListener('wheel', (event) => this.wheel(event), options)
    canvas.addEventListener(
      'pointermove',
      (event) => events.onPointer(this.placeOf(event)),
      options,
    )
    canvas.addEventListener('pointerleave', () => events.onPointer(null), options)
    canvas.addEventListener(
      'click',
      (event) => {
        const place = this.placeOf(event)
        if (place) events.onStart(place, 'end')
      },
      options,
    )
  }

  /** Draws at the next animation frame. */
  show(picture: Picture): void {
    this.picture = picture
    this.resize()
  }

  /** Draws now, for callers in an animation frame, instead of waiting for the next one. */
  drawNow(): void {
    if (!this.request) return
    cancelAnimationFrame(this.request)
    this.draw()
  }

  /** Redraws at the canvas's current size. */
  resize(): void {
    this.request ||= requestAnimationFrame(() => this.draw())
  }

  /** CSS pixels */
  size(): Size {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight }
  }

  /** Draws the shown picture on another canvas, without the pointer. */
  drawInto(file: HTMLCanvasElement, size: FlatSize): FlatDrawing {
    if (!this.picture) throw new Error('There is no picture yet; wait for the map.')
    const tiles = this.fileImages.get(file) ?? tilesOf(size).map(createImages)
    this.fileImages.set(file, tiles)
    const { theme } = this.themes
    const steps = drawFlatMap(file, size, { ...this.picture, pointer: null }, theme, tiles)
    return { steps, theme, settings: this.picture.settings }
  }

  dispose(): void {
    this.listeners.abort()
    this.themes.dispose()
    cancelAnimationFrame(this.request)
  }

  private draw(): void {
    this.request = 0
    const { canvas, picture, themes, images } = this
    const { width, height } = this.size()
    const ratio = Math.min(devicePixelRatio, 2)
    if (!picture) return
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    const steps = drawFlatMap(canvas, { width, height, ratio }, picture, themes.theme, [images])
    for (const _ of steps);
  }

  private wheel(event: WheelEvent): void {
    const at = this.sharesAt(event)
    if (!at || !this.picture?.outcomes) return
    event.preventDefault()
    this.events.onZoom({ at, factor: event.deltaY > 0 ? 1.25 : 0.8 })
  }

  private sharesAt(event: MouseEvent): [u: number, v: number] | null {
    const { left, top, width, height } = this.canvas.getBoundingClientRect()
    const rect = { x: 0, y: 0, width, height }
    return uvOnMap(rect, event.clientX - left, event.clientY - top, false)
  }

  private placeOf(event: MouseEvent): Place | null {
    const { picture } = this
    const shares = this.sharesAt(event)
    return picture && shares && placeAt(planeAxes(picture), shares, picture.settings)
  }
}
