/** Everything that parts of the page may ask of it: a person's actions, and what shows them. */
import type { Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { StageEvents } from '../stage/picture'
import type { GalleryAct } from './keyboard'
import type { NoticeKind } from './notices'

export interface PageActions extends StageEvents {
  /** A phase of null keeps the change out of the history. */
  change(partial: unknown, phase?: Phase | null): void
  /** Adds the change since these settings to the history. */
  record(before: Settings, phase: Phase): void
  undo(): void
  redo(): void
  takePreset(name: string): void
  /** Resolves when the scene of this address is shown. */
  takeScene(query: string, phase?: Phase | null): Promise<void>
  reset(): void
  cancel(): void
  copyLink(): void
  /** Opens the file; without one, opens the dialog for saving and opening. */
  files(file?: File): void
  play(): void
  pause(): void
  togglePlay(): void
  scrub(step: number): void
  resetCamera(): void
  topView(): void
  /** The settings after the last change, which may not be shown yet. */
  current(): Settings
  notice(text: string, kind?: NoticeKind): void
  /** Reports that a part of the page could not be loaded. */
  moduleFailed(reason: unknown): void
  /** Something that only the picture shows has changed. */
  redraw(): void
  togglePanel(): void
  showKeys(): void
  /** Gallery, captions and kiosk; the first one used loads all three. */
  gallery(act: GalleryAct | 'startKiosk'): Promise<void>
  /** Measures how fast the page's engine is, in a dialog. */
  benchmark(): void
  /** Opens the data editor, with a file of points if one is given. */
  openData(file?: File): void
}
