/** What the stage and the map draw: one immutable value, replaced whole whenever anything changes. */
import type { Camera, Scene, WebGPURenderer } from 'three/webgpu'
import type { Lit } from '../display/outcomePixels'
import type { Rect, Size } from '../display/rect'
import type { Crowd, OutcomeMap, Surface } from '../engine/engine'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Settings } from '../settings/settings'
import type { Theme } from './theme'

export interface Picture {
  settings: Settings
  /** Null until the first one is there. */
  surface: ShownSurface | null
  crowd: Crowd | null
  /** For each runner, the descent from the chosen start: path[2 step + k], k = 0: w, 1: b. */
  runs: readonly Float32Array<ArrayBuffer>[]
  /** Minima and saddles, null until they are found. */
  stationary: StationaryPoints | null
  /** Results of older settings than `settings`: drawn dimmed until the new ones are there. */
  stale: { surface: boolean; crowd: boolean; runs: boolean; stationary: boolean }
  /** In the lens that shows maps of outcomes, else null. */
  outcomes: StageMaps | null
  /** In the lens of one step, else null. */
  why: WhyPicture | null
  /** The step that is shown; `crowd.heads` already stands there. */
  step: number
  /** Where the linked cross-hair is, if anywhere. */
  pointer: Place | null
}

/** What is drawn of a surface. */
export type ShownSurface = Pick<Surface, 'plane' | 'nodeStep' | 'lowest' | 'highest'> & {
  job: Pick<Surface['job'], 'w' | 'b'>
}

/** The rate is there on maps that have one along a side. */
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
  /** The same list as long as nothing in it changes. */
  arrows: readonly Arrow[]
  taylor: TaylorPicture | null
  /** Null where the map shows the loss. */
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
  /** How far from the place it is shown, in units of w and b. */
  reach: number
}

export interface TrustPicture {
  /** With its curvature; null until it is there. */
  surface: Surface | null
  learningRate: number
  /** Whether the prediction has the second-order term in it. */
  order: 'first' | 'second'
  stale: boolean
}

/** What a hand does on a map that can be zoomed; places are shares of its sides. */
export type ZoomGesture =
  | { at: readonly [u: number, v: number]; factor: number }
  | { from: readonly [u: number, v: number]; to: readonly [u: number, v: number] }

/** What is to be drawn in a rectangle, or a window on it, and the texts over it. */
export interface LaidOut {
  scene: Scene
  camera: Camera
  labels: Label[]
}

/** One of the views on the canvas. */
export interface StageView {
  /** Null where it is hidden. */
  rect: Rect | null
  /** Lays it out in a rectangle, of which a window is to be drawn; null if there is nothing. */
  lay(rect: Rect, theme: Theme, window: Rect): LaidOut | null
}

/** A picture for a file. */
export interface CaptureRequest {
  what: 'stage' | 'map'
  /** Pixels for each CSS pixel of the view on the screen, 1 to 4. */
  scale?: number
  /** In place of a scale: pixels of each side of a square, up to 4,096. */
  side?: number
  /** In place of that on the screen: CSS pixels of the view. */
  size?: Size
  /** Both sides are even, as video has to have it. */
  even?: boolean
  /** A text below the views. */
  caption?: string
  /** Drawn on, in place of a new canvas. */
  canvas?: HTMLCanvasElement
}

/** What a person does in the stage or the map; places are in the (w, b) plane. */
export interface StageEvents {
  /** The pointer is over a place of the surface or of the map, or has left both. */
  onPointer(place: Place | null): void
  /** A click on a place, or a drag of the start marker: 'move' while it lasts, then 'end'. */
  onStart(place: Place, phase: 'move' | 'end'): void
  onCamera(camera: Settings['camera'], phase: 'move' | 'end'): void
  onZoom(gesture: ZoomGesture): void
}

/** Of the stage, what pictures for files are drawn with (capture.ts). */
export interface Capturable {
  readonly renderer: WebGPURenderer
  readonly themes: { readonly theme: Theme }
  readonly picture: Picture | null
  /** Parts of the view that are on their way. */
  readonly loading: Promise<void> | null
  readonly whyLoading: Promise<void> | null
  views(what: CaptureRequest['what']): StageView[]
  /** Makes the next drawing one of this picture. */
  showPicture(picture: Picture): void
  /** Draws it on the screen. */
  show(picture: Picture): void
}

/** The 3-D stage and the map beside it, drawn by one renderer on one canvas. */
export interface Stage extends Capturable {
  /** 'webgpu' on the engine's device, 'webgl2' otherwise. */
  readonly backend: 'webgpu' | 'webgl2'
  /** Resolves with a sentence when WebGL 2 loses its context; of WebGPU the device tells. */
  readonly lost: Promise<string>
  /** Draws at the next animation frame; several calls before it are one drawing. */
  show(picture: Picture): void
  /** Draws what waits for the next animation frame, for callers that are in one. */
  drawNow(): void
  /** Where on the canvas the views are; null hides one. `beside` is for a second map of outcomes. */
  layout(stage: Rect | null, map: Rect | null, beside: Rect | null): void
  /** Resolves when everything shown so far has been drawn. */
  drawn(): Promise<void>
  /** Draw calls of the last frame and milliseconds of the main thread it took. */
  readonly frame: { drawCalls: number; milliseconds: number; count: number }
  dispose(): void
}

export interface Label {
  text: string
  /** CSS pixels from the canvas's corner. */
  x: number
  y: number
  /** Which part of the text stands at x: -1 its end, 0 its middle, 1 its start. */
  align: -1 | 0 | 1
  /** An axis' name rather than a number: it wins where two texts would collide. */
  isName: boolean
  /** It names a mark on the surface, whose colours are the same in both themes. */
  isOnSurface?: boolean
  /** The text stays inside, and out of the other view, if any. */
  within: Rect
  outside?: Rect | null
}
