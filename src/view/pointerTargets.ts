/** What pointers ask of the views that they are over. */
import type { Place, Rect } from './picture'

/** The map, and the second one where there is one. */
export type MapName = 'map' | 'beside'
export type ViewName = MapName | 'stage'

/** A place of a map, and where that is in shares of its sides. */
export interface Spot {
  uv: readonly [u: number, v: number]
  place: Place
}

export interface PointerTargets {
  stage(): Rect | null
  map(name: MapName): Rect | null
  /** Place under a pixel of a map, at once. */
  placeInMap(name: MapName, x: number, y: number, clamped: boolean): Spot | null
  /** Place under a pixel of the stage; it takes a frame or so. */
  placeInStage(x: number, y: number): Promise<Place | null>
  /** Where the start marker is on the canvas, in the view that holds the pixel. */
  marker(view: ViewName): { x: number; y: number } | null
  /** Whether the camera takes the gestures that begin now. */
  giveToCamera(enabled: boolean): void
  cameraIsMoving(): boolean
  /** Whether the maps can be zoomed. */
  zooms(): boolean
  /** Shows the rectangle that is being drawn, from corner to corner; null removes it. */
  showBand(band: readonly [Spot['uv'], Spot['uv']] | null): void
}
