/** Whether letters and signs are keys of the page: a dictation types them without meaning them. */

const name = 'steepest: single keys'

/** The choice in this page, which counts even if the browser refuses to keep anything. */
let isOff = false

export function areSingleKeysOn(): boolean {
  if (isOff) return false
  try {
    return localStorage.getItem(name) !== 'off'
  } catch {
    return true
  }
}

/** Remembers the choice for later visits. */
export function setSingleKeys(on: boolean): void {
  isOff = !on
  try {
    if (on) localStorage.removeItem(name)
    else localStorage.setItem(name, 'off')
  } catch {}
}
