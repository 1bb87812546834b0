/** The contract of a lens. Each lens is a folder of its own, loaded on first use. */
import type { Table } from '../display/table'
import type { Engine, JobOptions } from '../engine/engine'
import type { PageActions } from '../page/actions'
import type { Layout } from '../page/layout'
import type { ResultSpec } from '../results/jobsOf'
import type { Results } from '../results/results'
import type { Settings } from '../settings/settings'
import type { Picture, Place, ZoomGesture } from '../stage/picture'

export interface Lens {
  /** The results that it computes in addition to those of the page. */
  readonly results: readonly ResultSpec<unknown>[]
  /** Shows its own parts of the page. */
  show(settings: Settings, results: Results, pointer: Place | null): void
  /** Adds its own parts to the stage's picture. */
  overlay?(settings: Settings, results: Results): Partial<Picture>
  /** A sentence from its map about a place; empty if there is nothing to say. */
  sentenceAt?(place: Place, settings: Settings): string
  /** Describes its contents for those who cannot see them, instead of the runs' sentences. */
  words?(settings: Settings, results: Results): string[]
  /** The data point that is lit on the data card, if any. */
  litPoint?(settings: Settings): number | null
  /** Zooms its map, and returns whether it has a map that can be zoomed. */
  zoom?(gesture: ZoomGesture): boolean
  /** Forgets the choices made in it, because the data or the scene has changed. */
  forget?(): void
}

/** The module of a lens, as lenses.ts loads it. */
export interface LensModule {
  createLens(layout: Layout, actions: PageActions): Lens
}

/**
 * A table for a file, computed anew so that it matches the settings. A lens with results to save
 * has a module tables.ts, which the dialog for saving loads.
 */
export type MakeTable = (engine: Engine, settings: Settings, options: JobOptions) => Promise<Table>
