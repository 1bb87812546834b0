/** Undo and redo: a list of changes, with the values before and after each. */
import { changedPaths, valueAt, withValue } from './change'
import type { Settings } from './settings'

/**
 * 'move' while a gesture lasts, 'end' with its last change or with a single change; 'whole'
 * replaces all settings, including camera and step.
 */
export type Phase = 'move' | 'end' | 'whole'

/** The number of changes that are remembered. */
const longest = 100

/** Milliseconds within which a second change of the same settings joins the first. */
const pause = 500

/** Changing only the viewpoint or the step on show is not a choice, so undo leaves them alone. */
const unrecorded = /^(step$|camera\.)/

interface Entry {
  before: Settings
  after: Settings
  /** The paths of the changed settings; the rest of `before` and `after` does not count. */
  paths: readonly string[]
}

export type History = ReturnType<typeof createHistory>

export function createHistory() {
  const past: Entry[] = []
  const future: Entry[] = []
  /** Time until which a change of the same settings joins the last one; infinite in a gesture. */
  let openUntil = 0

  /** Moves the last entry of one list to the other and applies one side of it to the settings. */
  const go = (from: Entry[], to: Entry[], current: Settings, side: 'before' | 'after') => {
    const entry = from.pop()
    if (!entry) return current
    to.push(entry)
    openUntil = 0
    return entry.paths.reduce(
      (settings, path) => withValue(settings, path, valueAt(entry[side], path)),
      current,
    )
  }

  return {
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    /** @param now milliseconds, from any clock that does not go back */
    record(before: Settings, after: Settings, phase: Phase, now: number): void {
      const isWhole = phase === 'whole'
      if (isWhole) openUntil = 0
      const changed = changedPaths(before, after)
      const paths = changed.filter((path) => !unrecorded.test(path))
      if (isWhole && changed.length > 0) paths.push('step', 'camera')
      const last = past.at(-1)
      const goesOn = now < openUntil && last && paths.every((path) => last.paths.includes(path))
      if (paths.length > 0) {
        future.length = 0
        if (goesOn) last.after = after
        else past.push({ before, after, paths })
        if (past.length > longest) past.shift()
        if (!isWhole) openUntil = phase === 'move' ? Number.POSITIVE_INFINITY : now + pause
      }
      if (phase === 'move' || !goesOn) return
      // The last change of a gesture may change nothing, or return everything to where it began.
      openUntil = Math.min(openUntil, now + pause)
      if (changedPaths(last.before, after).some((path) => last.paths.includes(path))) return
      past.pop()
      openUntil = 0
    },
    /** The settings as they were before the last change; `current` if there was no change. */
    undo: (current: Settings) => go(past, future, current, 'before'),
    redo: (current: Settings) => go(future, past, current, 'after'),
  }
}
