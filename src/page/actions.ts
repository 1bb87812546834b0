/** What a person can do on the page. */
import type { Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { StageEvents } from '../stage/picture'
import type { GalleryAct } from './keyboard'
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
  togglePanel(): void
  showKeys(): void
  /** Gallery, captions and kiosk, loaded with the first of them. */
  gallery(act: GalleryAct | 'startKiosk'): Promise<void>
  /** Opens the data editor, and in it a file of points. */
  openData(file?: File): void
}
