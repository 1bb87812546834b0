/** Undo and redo: what has been changed, with the values before and after. */
import { changedPaths, valueAt, withValue } from './change'
import type { Settings } from './settings'

/** 'move' while a gesture lasts, 'end' with its last change or with one that stands alone. */
export type Phase = 'move' | 'end'

/** Changes that are remembered. */
const longest = 100

/** Milliseconds within which a second change of the same settings belongs to the first. */
const pause = 500

/** Where one looks from and at which step is looked at, no choice of what is computed. */
const unrecorded = /^(step$|camera\.)/

interface Entry {
  before: Settings
  after: Settings
  /** Of these two only the settings that the change was about count. */
  paths: readonly string[]
}

export class History {
  private past: Entry[] = []
  private future: Entry[] = []
  /** Until when a change of the same settings belongs to the last one; a gesture has no end yet. */
  private openUntil = 0

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** @param now milliseconds, of any clock that does not go back */
  record(before: Settings, after: Settings, phase: Phase, now: number): void {
    const paths = changedPaths(before, after).filter((path) => !unrecorded.test(path))
    if (paths.length === 0) {
      // The end of a gesture may bring nothing new.
      if (phase === 'end') this.openUntil = Math.min(this.openUntil, now + pause)
      return
    }
    const last = this.past.at(-1)
    const goesOn = now < this.openUntil && last && paths.every((path) => last.paths.includes(path))
    this.openUntil = phase === 'move' ? Number.POSITIVE_INFINITY : now + pause
    this.future = []
    if (goesOn) this.past.pop()
    this.past.push(goesOn ? { ...last, after } : { before, after, paths })
    if (this.past.length > longest) this.past.shift()
  }

  /** The settings as they were before the last change; those given where there is none. */
  undo(current: Settings): Settings {
    return this.step(this.past, this.future, current, 'before')
  }

  redo(current: Settings): Settings {
    return this.step(this.future, this.past, current, 'after')
  }

  private step(from: Entry[], to: Entry[], current: Settings, side: 'before' | 'after'): Settings {
    const entry = from.pop()
    if (!entry) return current
    to.push(entry)
    this.openUntil = 0
    return entry.paths.reduce(
      (settings, path) => withValue(settings, path, valueAt(entry[side], path)),
      current,
    )
  }
}
