/** The picture that stage and map draw: an immutable value, replaced whole on any change. */
import type { Camera, Scene, WebGPURenderer } from 'three/webgpu'
import type { Lit } from '../display/outcomePixels'
import type { Rect, Size } from '../display/rect'
import type { Crowd, OutcomeMap, Surface } from '../engine/engine'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Settings } from '../settings/settings'
import type { Theme } from './theme'

export interface Picture {
  settings: Settings
  /** Null until the first one is ready. */
  surface: ShownSurface | null
  crowd: Crowd | null
  /** For each runner, the descent from the chosen start: path[2 step + k], k = 0: w, 1: b. */
  runs: readonly Float32Array<ArrayBuffer>[]
  /** Minima and saddles, null until they are found. */
  stationary: StationaryPoints | null
  /** Results of older settings than `settings`: drawn dimmed until the new ones are ready. */
  stale: { surface: boolean; crowd: boolean; runs: boolean; stationary: boolean }
  /** Null outside the lens that shows maps of outcomes. */
  outcomes: StageMaps | null
  /** Null outside the lens of one step. */
  why: WhyPicture | null
  /** The step that is shown; `crowd.heads` already stands there. */
  step: number
  /** The place of the linked cross-hair, if any. */
  pointer: Place | null
}

/** The parts of a surface that are drawn. */
export type ShownSurface = Pick<Surface, 'plane' | 'nodeStep' | 'lowest' | 'highest'> & {
  job: Pick<Surface['job'], 'w' | 'b'>
}

/** The rate is present on maps that have it along a side. */
export type Place = readonly [w: number, b: number, learningRate?: number]

export interface StageMaps {
  /** The map and the one beside it; null until there is one. */
  maps: readonly (StageMap | null)[]
  lit: Lit | null
}

export interface StageMap {
  map: OutcomeMap
  /** Whose minima the classes name. */
  points: StationaryPoints
  stale: boolean
}

export interface WhyPicture {
  /** The same list for as long as nothing in it changes. */
  arrows: readonly Arrow[]
  taylor: TaylorPicture | null
  /** Null if the map shows the loss. */
  trust: TrustPicture | null
}

/** From one place of the plane to another. */
export interface Arrow {
  tail: readonly [w: number, b: number]
  head: readonly [w: number, b: number]
  /** '#rrggbb' */
  colour: string
  /** CSS pixels */
  width: number
  hasHead: boolean
}

/** The tangent plane at a place or, with a Hessian, the quadratic bowl. */
export interface TaylorPicture {
  at: readonly [w: number, b: number]
  loss: number
  gradient: readonly [w: number, b: number]
  hessian: { ww: number; wb: number; bb: number } | null
  /** Distance from the place to which it is shown, in units of w and b. */
  reach: number
}

export interface TrustPicture {
  /** With its curvature; null until it is ready. */
  surface: Surface | null
  learningRate: number
  /** Whether the prediction includes the second-order term. */
  order: 'first' | 'second'
  stale: boolean
}

/** A gesture on a map that can be zoomed; places are shares of its sides. */
export type ZoomGesture =
  | { at: readonly [u: number, v: number]; factor: number }
  | { from: readonly [u: number, v: number]; to: readonly [u: number, v: number] }

/** Scene and camera to draw in a rectangle, or in a window on it, and the texts over it. */
export interface LaidOut {
  scene: Scene
  camera: Camera
  labels: Label[]
}

/** One of the views on the canvas. */
export interface StageView {
  /** Null if hidden. */
  rect: Rect | null
  /** Lays it out in a rectangle, drawing a window of it; null if there is nothing to draw. */
  lay(rect: Rect, theme: Theme, window: Rect): LaidOut | null
}

/** A picture for a file. */
export interface CaptureRequest {
  what: 'stage' | 'map'
  /** Pixels for each CSS pixel of the view on the screen, 1 to 4. */
  scale?: number
  /** Instead of a scale: pixels of each side of a square, up to 4,096. */
  side?: number
  /** Instead of the size on the screen: CSS pixels of the view. */
  size?: Size
  /** Whether both sides must be even, as video requires. */
  even?: boolean
  /** A text below the views. */
  caption?: string
  /** Canvas to draw on, instead of a new one. */
  canvas?: HTMLCanvasElement
}

/** Actions of a person in the stage or the map; places are in the (w, b) plane. */
export interface StageEvents {
  /** The pointer is over a place of the surface or of the map, or has left both. */
  onPointer(place: Place | null): void
  /** A click on a place, or a drag of the start marker: 'move' during it, then 'end'. */
  onStart(place: Place, phase: 'move' | 'end'): void
  onCamera(camera: Settings['camera']): void
  onZoom(gesture: ZoomGesture): void
  /** A part of the stage could not be loaded. */
  moduleFailed(reason: unknown): void
}

/** The part of the stage that draws pictures for files (capture.ts). */
export interface Capturable {
  readonly renderer: WebGPURenderer
  readonly themes: { readonly theme: Theme }
  readonly picture: Picture | null
  /** Parts of the view that are still loading. */
  readonly loading: Promise<void> | null
  readonly whyLoading: Promise<void> | null
  views(what: CaptureRequest['what']): StageView[]
  /** Makes this the picture of the next drawing. */
  showPicture(picture: Picture): void
  /** Draws it on the screen. */
  show(picture: Picture): void
}

/** The 3-D stage and the map beside it, drawn by one renderer on one canvas. */
export interface Stage extends Capturable {
  /** 'webgpu' on the engine's device, 'webgl2' otherwise. */
  readonly backend: 'webgpu' | 'webgl2'
  /** Resolves with a sentence when WebGL2 loses its context; for WebGPU, the device reports it. */
  readonly lost: Promise<string>
  /** Resolves with a sentence when WebGPU cannot draw here. */
  readonly unfit: Promise<string>
  /**
   * Draws at the next animation frame; several calls before it make one drawing.
   *
   * @param isMoving whether another frame will soon follow: it may then have less detail
   */
  show(picture: Picture, isMoving?: boolean): void
  /** Whether the last frame had less detail than it would have at rest. */
  readonly isReduced: boolean
  /** Whether it is drawing's turn: if not, ask again at the next animation frame. */
  mayDraw(): boolean
  /** Draws now, for callers in an animation frame, instead of waiting for the next one. */
  drawNow(): void
  /** Places the views on the canvas; null hides one. `otherLoss` is for the second map of outcomes. */
  layout(stage: Rect | null, map: Rect | null, otherLoss: Rect | null): void
  /** Resolves when everything shown so far has been drawn. */
  drawn(): Promise<void>
  /** Draw calls of the last frame, and the milliseconds it took on the main thread. */
  readonly frame: { drawCalls: number; milliseconds: number; count: number }
  dispose(): void
}

export interface Label {
  text: string
  /** CSS pixels from the canvas's corner. */
  x: number
  y: number
  /** The part of the text that is at x: -1 its end, 0 its middle, 1 its start. */
  align: -1 | 0 | 1
  /** The name of an axis rather than a number: it wins if two texts would collide. */
  isName: boolean
  /** Whether it names a mark on the surface, whose colours are the same in both themes. */
  isOnSurface?: boolean
  /** The text stays inside it, and outside the other view, if any. */
  within: Rect
  outside?: Rect | null
}
