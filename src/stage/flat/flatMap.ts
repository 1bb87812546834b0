/** The map for pages with neither WebGPU nor WebGL2: drawn by the processor on a plain canvas. */
import type { Size } from '../../display/rect'
import type { Settings } from '../../settings/settings'
import { placeAt, planeAxes } from '../mapAxes'
import { uvOnMap } from '../mapFrame'
import type { Picture, Place, StageEvents } from '../picture'
import { type Theme, watchTheme } from '../theme'
import { createImages, drawFlatMap, type FlatSize, type Images, tilesOf } from './flatDrawing'

export interface FlatMap {
  /** Draws at the next animation frame. */
  show(picture: Picture): void
  /** Draws what waits for the next animation frame, for callers that are in one. */
  drawNow(): void
  /** Draws again in the canvas's present size. */
  resize(): void
  /** CSS pixels */
  size(): Size
  /** Draws what is shown on another canvas, without pointer. */
  drawInto(canvas: HTMLCanvasElement, size: FlatSize): FlatDrawing
  dispose(): void
}

export interface FlatDrawing {
  /** Draws on with each step, and gives the share that is done, 0 to 1. */
  steps: Iterable<number>
  theme: Theme
  settings: Settings
}

/** Shows surfaces and crowds of the CPU engine; planes that are textures are left out. */
export function createFlatMap(
  canvas: HTMLCanvasElement,
  events: Pick<StageEvents, 'onPointer' | 'onStart' | 'onZoom'>,
): FlatMap {
  const listeners = new AbortController()
  let picture: Picture | null = null
  let request = 0
  const images = createImages()
  /** By the tiles of a canvas for files: a video draws the same one for each step. */
  const fileImages = new WeakMap<HTMLCanvasElement, Images[]>()
  const draw = () => {
    request = 0
    const { clientWidth: width, clientHeight: height } = canvas
    const ratio = Math.min(devicePixelRatio, 2)
    if (!picture) return
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    const steps = drawFlatMap(canvas, { width, height, ratio }, picture, themes.theme, [images])
    for (const _ of steps);
  }
  const redraw = () => {
    request ||= requestAnimationFrame(draw)
  }
  const themes = watchTheme(redraw)
  const sharesAt = (event: MouseEvent): [u: number, v: number] | null => {
    const { left, top, width, height } = canvas.getBoundingClientRect()
    const rect = { x: 0, y: 0, width, height }
    return uvOnMap(rect, event.clientX - left, event.clientY - top, false)
  }
  const placeOf = (event: PointerEvent): Place | null => {
    const shares = sharesAt(event)
    return picture && shares && placeAt(planeAxes(picture), shares, picture.settings)
  }
  const wheel = (event: WheelEvent) => {
    const at = sharesAt(event)
    if (!at || !picture?.outcomes) return
    event.preventDefault()
    events.onZoom({ at, factor: event.deltaY > 0 ? 1.25 : 0.8 })
  }
  canvas.addEventListener('wheel', wheel, { signal: listeners.signal, passive: false })
  const listen = (name: 'pointermove' | 'pointerleave' | 'click', act: (e: PointerEvent) => void) =>
    canvas.addEventListener(name, (event) => act(event as PointerEvent), {
      signal: listeners.signal,
    })
  listen('pointermove', (event) => events.onPointer(placeOf(event)))
  listen('pointerleave', () => events.onPointer(null))
  listen('click', (event) => {
    const place = placeOf(event)
    if (place) events.onStart(place, 'end')
  })
  return {
    show(next) {
      picture = next
      redraw()
    },
    drawNow() {
      if (!request) return
      cancelAnimationFrame(request)
      draw()
    },
    resize: redraw,
    size: () => ({ width: canvas.clientWidth, height: canvas.clientHeight }),
    drawInto(file, size) {
      if (!picture) throw new Error('There is no picture yet; wait for the map.')
      const tiles = fileImages.get(file) ?? tilesOf(size).map(createImages)
      fileImages.set(file, tiles)
      const { theme } = themes
      const steps = drawFlatMap(file, size, { ...picture, pointer: null }, theme, tiles)
      return { steps, theme, settings: picture.settings }
    },
    dispose() {
      listeners.abort()
      themes.dispose()
      cancelAnimationFrame(request)
    },
  }
}
