/** The engine and the drawing, which are opened and replaced together. */
import type { Engine } from '../engine/engine'
import type { Machine } from '../settings/address'
import type { FlatMap } from '../stage/flat/flatMap'
import type { Picture, Stage } from '../stage/picture'

/** The session draws on the stage, or on the flat map if there is no 3-D graphics. */
export interface Drawing {
  /**
   * Draws at once: the caller is in an animation frame.
   *
   * @param isMoving whether another frame will soon follow: it may then have less detail
   */
  show(picture: Picture, isMoving: boolean): void
  layout: () => void
  drawn(): Promise<void>
  /** Whether it is drawing's turn: if not, ask again at the next animation frame. */
  mayDraw(): boolean
  /** Exactly one of the two exists; pictures for files are drawn with it. */
  readonly stage?: Stage
  readonly flatMap?: FlatMap
  /** Resolves with a sentence when drawing has become impossible. */
  readonly lost: Promise<string>
  /** Resolves with a sentence when this machine turns out to be unable to draw like this. */
  readonly unfit?: Promise<string>
  dispose(): void
}

/** The machine by whose defaults the page begins. */
export function machineOf({ kind, isSoftware }: Pick<Engine, 'kind' | 'isSoftware'>): Machine {
  if (kind === 'cpu') return 'processor'
  return isSoftware ? 'software' : 'gpu'
}

export interface Session {
  engine: Engine
  drawing: Drawing
  /** Sentences about anything that had to be done differently from the request. */
  notices: string[]
  /** Also works after a loss, when some parts cannot be disposed of properly. */
  dispose(): void
}
