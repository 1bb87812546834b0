/** The page as scenes, files, scripts and lenses see it, and what it is to show. */
import type { Engine } from '../engine/engine'
import type { OracleCheck } from '../results/oracleCheck'
import type { Results } from '../results/results'
import type { History, Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { Place } from '../stage/picture'
import type { PageActions } from './actions'
import type { Layout } from './layout'
import type { Session } from './session'

/** The page as scenes, files and scripts need it, which replace or read all of what is shown. */
export interface Page extends PageActions {
  /** What the address named when the page was loaded. */
  readonly given: ReadonlyMap<string, string>
  readonly layout: Layout
  readonly results: Results
  /** Null while none is open. */
  readonly session: Session | null
  /** The session that is open or being opened. */
  opened(): Promise<Session>
  /**
   * Resolves when what is drawn next is what the settings say.
   *
   * @throws a sentence where what is shown cannot become that of the settings
   */
  complete(): Promise<Session>
  /** Resolves when that has been drawn; rejects as `complete`. */
  settled(): Promise<void>
  /** As a script asks for it: all or nothing. Resolves when what is shown is that of the settings. */
  apply(partial: unknown): Promise<void>
  /** Takes settings that have been checked; a phase of null leaves the change out of the history. */
  commit(settings: Settings, phase?: Phase | null): void
  /** Shows a step, without a pause in playing. */
  seek(step: number): void
  /** A file of what is shown. */
  save(request: unknown): Promise<Blob>
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
