/** The 3-D stage and the map beside it: one renderer, one canvas, redrawn on changes. */
import type { WebGPURenderer } from 'three/webgpu'
import type { Rect } from '../display/rect'
import { valueName } from '../settings/shown'
import { loadModule } from '../widgets/loadModule'
import { createProjection, drawAxes } from './axes'
import { CameraControl } from './camera'
import { frameBudget, Governor, wholeDetail } from './governor'
import { Labels } from './labels'
import { type LayerOptions, Layers } from './layers/layers'
import { LossMap } from './lossMap'
import type { OutcomeViews } from './outcomeMap'
import { Picker, StartHeight } from './picking'
import type {
  Capturable,
  CaptureRequest,
  Picture,
  Place,
  Stage,
  StageEvents,
  StageView,
} from './picture'
import type { MapName, Spot } from './pointer'
import { PointerControl } from './pointer'
import {
  createRenderer,
  isWebGpu,
  onRenderFailure,
  type RendererOptions,
  setGround,
  stopIdleLoop,
} from './renderer'
import { heightScale } from './space'
import { stageLabels } from './stationaryLabels'
import type { WhyViews } from './stepOverlay'
import { watchTheme } from './theme'

export interface StageOptions extends RendererOptions, Partial<LayerOptions> {
  /** When a frame may be drawn; it is told of each. */
  turns?: { readonly mayDraw: boolean; drew(): Promise<number> } | undefined
}

const mapNames: readonly MapName[] = ['map', 'otherLoss']

/** More pixels than this per CSS pixel cost time and show nothing. */
const mostPixelRatio = 2

/** Milliseconds after a part could not be loaded until the next try. */
const loadPause = 1000

/**
 * @param labels an element that covers the same box as the canvas, for the texts of the axes
 * @throws a sentence if the browser has neither the given device's WebGPU nor WebGL2
 */
export async function createStage(
  canvas: HTMLCanvasElement,
  labels: HTMLElement,
  options: StageOptions,
  events: StageEvents,
): Promise<Stage> {
  return new ThreeStage(canvas, labels, await createRenderer(canvas, options), options, events)
}

class ThreeStage implements Stage, Capturable {
  readonly backend: 'webgpu' | 'webgl2'
  readonly lost: Promise<string>
  readonly unfit: Promise<string>
  private fail: (reason: unknown) => void = () => {}
  readonly frame = { drawCalls: 0, milliseconds: 0, count: 0 }
  private readonly layers: Layers
  private readonly control: CameraControl
  private readonly pointer: PointerControl
  private readonly picker: Picker
  private readonly labels: Labels
  readonly themes = watchTheme(() => this.redraw())
  private readonly lossMap: LossMap
  picture: Picture | null = null
  private isNew = false
  private stageRect: Rect | null = null
  private readonly mapRects: Record<MapName, Rect | null> = { map: null, otherLoss: null }
  /** Maps of outcomes, loaded with the first of them. */
  private outcomeViews: OutcomeViews | null = null
  loading: Promise<void> | null = null
  /** Views for the lens of one step, loaded with the first of it. */
  private whyViews: WhyViews | null = null
  whyLoading: Promise<void> | null = null
  private band: readonly [Spot['uv'], Spot['uv']] | null = null
  private request = 0
  private waiting: (() => void)[] = []
  private readonly startHeight: StartHeight
  private isDisposed = false
  private readonly turns: StageOptions['turns']
  private readonly governor = new Governor()
  private detail = wholeDetail
  private isMoving = false
  /** Whether a frame has had to wait since the last one. */
  private isHeld = false
  private loadAgainAt = 0

  constructor(
    private readonly canvas: HTMLCanvasElement,
    labels: HTMLElement,
    readonly renderer: WebGPURenderer,
    { device, turns, meshSize = 256, trailVertices = 1_000_000 }: StageOptions,
    private readonly events: StageEvents,
  ) {
    this.backend = isWebGpu(renderer) ? 'webgpu' : 'webgl2'
    this.lost = new Promise((resolve) => {
      canvas.addEventListener('webglcontextlost', () => {
        resolve('The graphics context of the stage was lost.')
      })
    })
    this.unfit = new Promise((resolve) => {
      this.fail = (reason) => {
        console.info(reason)
        resolve('The graphics driver cannot draw the stage.')
      }
    })
    this.turns = turns
    if (device) onRenderFailure(device, this.fail)
    this.layers = new Layers({ meshSize, trailVertices })
    this.picker = new Picker(renderer, this.layers.field)
    this.startHeight = new StartHeight(this.picker)
    this.lossMap = new LossMap(this.layers)
    this.labels = new Labels(labels)
    // Its listeners must precede those of the camera's controls.
    this.pointer = new PointerControl(canvas, this.pointerTargets(), events)
    this.control = new CameraControl(
      canvas,
      (camera) => events.onCamera(camera),
      () => this.redraw(),
    )
  }

  show(picture: Picture, isMoving = false): void {
    this.picture = picture
    this.isMoving = isMoving
    this.isNew = true
    const mayLoad = performance.now() > this.loadAgainAt
    if (picture.outcomes && mayLoad) {
      this.loading ??= this.load(
        () => import('./outcomeMap'),
        ({ OutcomeViews }) => {
          this.outcomeViews = new OutcomeViews(this.layers)
        },
      )
    }
    if (picture.why && mayLoad) {
      this.whyLoading ??= this.load(
        () => import('./stepOverlay'),
        ({ WhyViews }) => {
          this.whyViews = new WhyViews(this.layers)
        },
      )
    }
    this.control.show(picture.settings.camera)
    this.redraw()
  }

  private async load<Module>(
    part: () => Promise<Module>,
    take: (part: Module) => void,
  ): Promise<void> {
    try {
      const loaded = await loadModule(part)
      if (this.isDisposed) return
      take(loaded)
      this.isNew = true
      this.redraw()
    } catch (reason) {
      // Another picture is another try, but not each frame of a playback.
      this.loadAgainAt = performance.now() + loadPause
      if (!this.outcomeViews) this.loading = null
      if (!this.whyViews) this.whyLoading = null
      this.events.moduleFailed(reason)
    }
  }

  layout(stage: Rect | null, map: Rect | null, otherLoss: Rect | null): void {
    this.stageRect = stage
    Object.assign(this.mapRects, { map, otherLoss })
    this.resize()
    this.redraw()
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.canvas
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, mostPixelRatio) * this.detail.pixels)
    this.renderer.setSize(Math.max(1, clientWidth), Math.max(1, clientHeight), false)
  }

  async drawn(): Promise<void> {
    await Promise.all([this.loading, this.whyLoading])
    if (!this.request) return
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private redraw(): void {
    if (this.request || this.isDisposed) return
    this.request = requestAnimationFrame(this.onFrame)
  }

  private readonly onFrame = () => {
    if (this.mayDraw()) this.drawWaiting()
    else this.request = requestAnimationFrame(this.onFrame)
  }

  drawNow(): void {
    if (!this.request) return
    cancelAnimationFrame(this.request)
    this.drawWaiting()
  }

  private drawWaiting(): void {
    this.request = 0
    try {
      this.draw()
    } catch (reason) {
      if (this.backend === 'webgl2') throw reason
      // A driver may refuse at once; WebGL2 then takes the place of WebGPU.
      this.fail(reason)
    } finally {
      for (const resolve of this.waiting.splice(0)) resolve()
    }
  }

  private draw(): void {
    if (!this.picture) return
    const began = performance.now()
    const { renderer } = this
    const { theme } = this.themes
    renderer.info.reset()
    setGround(renderer, theme)
    renderer.autoClear = true
    this.takeDetail()
    if (this.isNew) this.showPicture(this.picture, this.detail)
    this.isNew = false
    const texts = [...this.views('stage'), ...this.views('map')].flatMap(({ rect, lay }) => {
      const laid = rect && lay(rect, theme, rect)
      if (!laid) return []
      renderer.setViewport(rect.x, rect.y, rect.width, rect.height)
      renderer.render(laid.scene, laid.camera)
      // The next view leaves the rest of the canvas unchanged.
      renderer.autoClear = false
      return laid.labels
    })
    this.labels.show(texts, theme)
    stopIdleLoop(renderer)
    this.frame.drawCalls = renderer.info.render.drawCalls
    this.frame.milliseconds = performance.now() - began
    this.frame.count++
    void this.watchPace()
    const { picture } = this
    if (picture.surface && this.stageRect) {
      this.startHeight.find(this.layers.uv(picture.settings.start), picture)
    }
  }

  get isReduced(): boolean {
    return this.detail !== wholeDetail
  }

  /** Chooses the detail of a frame: all of it for what stands still. */
  private takeDetail(): void {
    const detail = this.isMoving ? this.governor.detail : wholeDetail
    if (detail === this.detail) return
    const { pixels } = this.detail
    this.detail = detail
    this.isNew = true
    if (detail.pixels !== pixels) this.resize()
  }

  mayDraw(): boolean {
    const may = this.turns?.mayDraw ?? true
    this.isHeld ||= !may
    return may
  }

  /**
   * Firefox looks after its queue every 100 ms only, unless something is submitted: a frame for
   * which no other one has waited was fast enough, whatever its time says.
   */
  private async watchPace(): Promise<void> {
    const { isMoving, turns } = this
    if (!turns) return
    this.isHeld = false
    const ofGpu = await turns.drew()
    if (isMoving) this.governor.took(this.isHeld ? ofGpu : Math.min(ofGpu, frameBudget))
  }

  showPicture(picture: Picture, detail = wholeDetail): void {
    this.layers.show(picture, detail)
    this.lossMap.show(picture)
    this.outcomeViews?.show(picture)
    this.whyViews?.show(picture)
  }

  views(what: CaptureRequest['what']): StageView[] {
    const { mapRects, outcomeMaps } = this
    if (what === 'stage') return [{ rect: this.stageRect, lay: this.layStage }]
    if (!outcomeMaps) return [{ rect: mapRects.map, lay: (...place) => this.lossMap.lay(...place) }]
    return mapNames.map((name, i) => ({
      rect: mapRects[name],
      lay: (...place) => outcomeMaps[i].lay(...place, this.band),
    }))
  }

  private readonly layStage: StageView['lay'] = (rect, { line }, window) => {
    const { layers, control } = this
    const { camera } = control
    camera.clearViewOffset()
    control.setAspect(rect.width / rect.height)
    camera.updateMatrixWorld()
    layers.stageSpace.setSize(window.width, window.height)
    const { wires, scene } = layers.stage
    wires.begin(line)
    // On the screen, the map may cover part of it.
    const covered = rect === this.stageRect ? this.mapRects.map : null
    const name = this.picture ? valueName(this.picture.settings) : ''
    const labels = drawAxes(
      { ...layers.range, loss: layers.ticks, name, camera, rect, covered },
      wires,
    )
    wires.end()
    const points = this.picture?.surface && this.picture.stationary
    if (points) {
      const view = { camera, rect, covered }
      labels.unshift(...stageLabels(points, (place) => layers.uv(place), layers.field.scale, view))
    }
    if (window !== rect) {
      const { x, y, width, height } = window
      camera.setViewOffset(rect.width, rect.height, x - rect.x, y - rect.y, width, height)
    }
    return { scene, camera, labels }
  }

  /** The views of the maps of outcomes; null before the first map. */
  private get outcomeMaps(): OutcomeViews['maps'] | null {
    return (this.picture?.outcomes?.maps[0] && this.outcomeViews?.maps) ?? null
  }

  private pointerTargets() {
    return {
      stage: () => this.stageRect,
      map: (name: MapName) => this.mapRects[name],
      placeInMap: (name: MapName, x: number, y: number, clamped: boolean) =>
        this.placeInMap(name, x, y, clamped),
      placeInStage: (x: number, y: number) => this.placeInStage(x, y),
      marker: (view: MapName | 'stage') => this.startOnCanvas(view),
      zooms: () => this.outcomeMaps !== null,
      showBand: (band: typeof this.band) => {
        this.band = band
        this.redraw()
      },
      giveToCamera: (enabled: boolean) => {
        this.control.enabled = enabled
      },
      cameraIsMoving: () => this.control.isMoving,
    }
  }

  private mapOf(name: MapName) {
    return this.outcomeMaps?.[mapNames.indexOf(name)] ?? this.lossMap
  }

  private placeInMap(name: MapName, x: number, y: number, clamped: boolean): Spot | null {
    const rect = this.mapRects[name]
    if (!rect) return null
    return this.mapOf(name).at(rect, x, y, clamped)
  }

  private async placeInStage(x: number, y: number): Promise<Place | null> {
    if (!this.stageRect || !this.picture?.surface) return null
    try {
      const uv = await this.picker.pick(this.control.camera, this.stageRect, x, y)
      return uv && this.layers.place(uv)
    } catch {
      // The device was lost, or the stage was disposed of in the meantime; see startHeight.ts.
      return null
    }
  }

  private startOnCanvas(view: MapName | 'stage'): { x: number; y: number } | null {
    const rect = view === 'stage' ? this.stageRect : this.mapRects[view]
    if (!rect || !this.picture) return null
    if (view !== 'stage') return this.mapOf(view).markerAt(rect)
    const [u, v] = this.layers.uv(this.picture.settings.start)
    const height = this.startHeight.value * heightScale
    return createProjection(this.control.camera, rect)([u - 0.5, height, 0.5 - v])
  }

  dispose(): void {
    this.isDisposed = true
    cancelAnimationFrame(this.request)
    this.request = 0
    for (const resolve of this.waiting.splice(0)) resolve()
    this.pointer.dispose()
    this.control.dispose()
    this.themes.dispose()
    this.labels.dispose()
    this.picker.dispose()
    this.outcomeViews?.dispose()
    this.whyViews?.dispose()
    this.layers.dispose()
    // three can throw here after its device is lost, when nothing is left to free.
    Promise.resolve(this.renderer.dispose()).catch(() => undefined)
  }
}
