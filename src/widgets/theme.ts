/** The system's choice of a light or dark theme, for colours that no style sheet can choose. */

const query = () => matchMedia('(prefers-color-scheme: light)')

export function isLight(): boolean {
  return query().matches
}

/** Calls back when the theme changes. Returns a function to stop. */
export function onThemeChange(changed: () => void): () => void {
  const light = query()
  light.addEventListener('change', changed)
  return () => light.removeEventListener('change', changed)
}
