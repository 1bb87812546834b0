/** What computes and what draws, opened together and replaced together. */
import type { Engine } from '../engine/engine'
import type { FlatMap } from '../stage/flat/flatMap'
import type { Picture, Stage } from '../stage/picture'

/** What the session draws with: the stage, or the flat map where there is no 3-D graphics. */
export interface Drawing {
  /** Draws at once: it is called within an animation frame. */
  show(picture: Picture): void
  layout: () => void
  drawn(): Promise<void>
  /** Of the two, the one that there is: pictures for files are drawn with it. */
  readonly stage?: Stage
  readonly flatMap?: FlatMap
  /** Resolves with a sentence when it can draw no more. */
  readonly lost: Promise<string>
  dispose(): void
}

export interface Session {
  engine: Engine
  drawing: Drawing
  /** Sentences on what had to be done otherwise than asked. */
  notices: string[]
  /** Also after a loss, when parts of it can no longer be disposed of in order. */
  dispose(): void
}
