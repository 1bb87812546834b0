/** What a person can do on the page, and what is shown of it. */
import type { Engine } from '../engine/engine'
import type { OracleCheck } from '../results/oracleCheck'
import type { Results } from '../results/results'
import type { History, Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { Place, StageEvents, ZoomGesture } from '../stage/picture'
import type { GalleryAct } from './keyboard'
import type { Layout } from './layout'
import type { NoticeKind } from './notices'

/** What a person can do. */
export interface PageActions extends StageEvents {
  /** With a phase of null the change is not remembered. */
  change(partial: unknown, phase?: Phase | null): void
  /** Remembers what has changed since the settings were these. */
  record(before: Settings, phase: Phase): void
  undo(): void
  redo(): void
  takePreset(name: string): void
  /** Resolves when the scene of this address is shown. */
  takeScene(query: string, phase?: Phase | null): Promise<void>
  reset(): void
  cancel(): void
  copyLink(): void
  /** Opens the file, or without one the dialog to save and to open. */
  files(file?: File): void
  play(): void
  pause(): void
  togglePlay(): void
  scrub(step: number): void
  resetCamera(): void
  topView(): void
  /** Those of the last change, which may not be shown yet. */
  current(): Settings
  notice(text: string, kind?: NoticeKind): void
  /** Tells that a part of the page could not be loaded. */
  partFailed(reason: unknown): void
  /** Something that only the picture shows has changed. */
  redraw(): void
}

export interface PageState {
  settings: Settings
  results: Results
  engine: Engine | null
  check: OracleCheck | null
  pointer: Place | null
  playing: boolean
  history: History
}

/** Parts of the page that keys reach without an action. */
export interface KeyTargets {
  layout: Pick<Layout, 'togglePanel'>
  lenses: {
    /** Whether the lens has a map that zooms. */
    zoom(gesture: ZoomGesture, settings: Settings): boolean
  }
  gallery(act: GalleryAct): Promise<void>
  partFailed(reason: unknown): void
}
