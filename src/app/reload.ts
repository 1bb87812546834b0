/**
 * Brings all settings back after a reload of this tab: the address leaves out what is too long for
 * it, and the changes of its last moments.
 */
import { changeSettings } from '../settings/change'
import { defaults, type Settings } from '../settings/settings'

const name = 'steepest: reload'

interface Kept {
  /** The query of the address at that time. */
  search: string
  settings: Settings
}

/** Returns whether the browser keeps them: frames may forbid it, and it has limits. */
export function keepForReload(settings: Settings): boolean {
  try {
    const kept: Kept = { search: location.search, settings }
    sessionStorage.setItem(name, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/** Null unless this is a reload, or a way back, of the address for which they were kept. */
export function settingsBeforeReload(): Settings | null {
  const [navigation] = performance.getEntriesByType('navigation')
  const { type } = (navigation ?? {}) as Partial<PerformanceNavigationTiming>
  if (type !== 'reload' && type !== 'back_forward') return null
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Partial<Kept> | null
    if (kept?.search !== location.search) return null
    // Another version of the page may have kept them.
    const { settings, complaints } = changeSettings(defaults, kept.settings)
    return complaints.length === 0 ? settings : null
  } catch {
    return null
  }
}
