/** The page as scenes, files and scripts see it. */
import type { Engine } from '../engine/engine'
import type { OracleCheck } from '../results/oracleCheck'
import type { Results } from '../results/results'
import type { History, Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { Place } from '../stage/picture'
import type { PageActions } from './actions'
import type { Layout } from './layout'
import type { Session } from './session'

/** The page for scenes, files and scripts, which read or replace everything that is shown. */
export interface Page extends PageActions {
  /** The parts of the address when the page was loaded. */
  readonly given: ReadonlyMap<string, string>
  readonly layout: Layout
  readonly results: Results
  /** Null while none is open. */
  readonly session: Session | null
  /** Whether nothing can compute until the page is reloaded. */
  readonly hasEnded: boolean
  /** The session that is open or being opened. */
  opened(): Promise<Session>
  /**
   * Resolves when the next frame will show what the settings say.
   *
   * @throws a sentence if the results for these settings cannot be shown
   */
  complete(): Promise<Session>
  /** Resolves when that frame has been drawn; rejects as `complete` does. */
  settled(): Promise<void>
  /** Applies a script's settings, all or none. Resolves when the page shows them. */
  apply(partial: unknown): Promise<void>
  /** Takes checked settings; a phase of null keeps the change out of the history. */
  commit(settings: Settings, phase?: Phase | null): void
  /** Shows a step without pausing playback. */
  seek(step: number): void
  /** Makes a file of what is shown. */
  save(request: unknown): Promise<Blob>
}

export interface PageState {
  settings: Settings
  results: Results
  /** 'none' if there will be none until the page is reloaded. */
  engine: Engine | null | 'none'
  /** Whether what moves is drawn with less detail, to hold its pace. */
  isReduced: boolean
  check: OracleCheck | null
  pointer: Place | null
  playing: boolean
  history: History
}
