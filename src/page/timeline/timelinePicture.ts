/** The contents of the timeline, and the actions it takes. */
import type { PageActions } from '../actions'

export interface TimelinePicture {
  steps: number
  /** The shown step. */
  step: number
  playing: boolean
  /** Steps a second. */
  speed: number
  loop: boolean
  /** The name of the values, if they are not losses. */
  name?: string
  /** Selected descents; `losses` has one value for each step 0..steps, or none for a hidden one. */
  runs: readonly { label: string; losses: Float32Array; colour: string; hidden?: boolean }[]
  /** Spread of all descents at the recorded steps. */
  band: {
    recordedSteps: Uint32Array
    low: Float32Array
    median: Float32Array
    high: Float32Array
  } | null
  /** Belongs to older settings: drawn dimmed. */
  stale: boolean
  logarithmic: boolean
}

export type TimelineActions = Pick<PageActions, 'current' | 'change' | 'scrub' | 'play' | 'pause'>
