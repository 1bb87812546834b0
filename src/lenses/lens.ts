/** The contract of a lens: a folder of its own, loaded when somebody first looks through it. */
import type { Table } from '../display/table'
import type { Engine, JobOptions } from '../engine/engine'
import type { PageActions } from '../page/actions'
import type { Layout } from '../page/layout'
import type { ResultSpec } from '../results/jobsOf'
import type { Results } from '../results/results'
import type { Settings } from '../settings/settings'
import type { Picture, Place, ZoomGesture } from '../stage/picture'

export interface Lens {
  /** What it computes, beside what the page computes anyway. */
  readonly results: readonly ResultSpec<unknown>[]
  /** Shows its own parts of the page. */
  show(settings: Settings, results: Results, pointer: Place | null): void
  /** What it adds to the stage's picture. */
  overlay?(settings: Settings, results: Results): Partial<Picture>
  /** What its map says of a place; empty where it says nothing. */
  sentenceAt?(place: Place, settings: Settings): string
  /** What it shows, in sentences for those who cannot see it; in place of the runs' sentences. */
  words?(settings: Settings, results: Results): string[]
  /** The data point that is lit on the data card, if any. */
  litPoint?(settings: Settings): number | null
  /** Whether it has a map that can be zoomed; if so, it is. */
  zoom?(gesture: ZoomGesture, settings: Settings): boolean
  /** Forgets what was chosen in it: the data or the scene are others now. */
  forget?(): void
}

/** The module of a lens, as lenses.ts loads it. */
export interface LensModule {
  createLens(layout: Layout, actions: PageActions): Lens
}

/**
 * A table for a file, computed anew, so that it is that of the settings. A lens with results to save
 * has a module tables.ts, which the dialog for saving loads.
 */
export type MakeTable = (engine: Engine, settings: Settings, options: JobOptions) => Promise<Table>
