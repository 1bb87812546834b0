/** Loads the style sheet for high contrast and system colours once either is asked for. */
export function followContrast(): void {
  const asked = matchMedia('(forced-colors: active), (prefers-contrast: more)')
  const follow = () => {
    // Without it the page keeps its usual look.
    if (asked.matches) import('./contrast.css').catch(() => {})
  }
  asked.addEventListener('change', follow)
  follow()
}
