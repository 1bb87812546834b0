/** Loads the sheet for more contrast and for colours of the system, as soon as either is asked for. */
export function followContrast(): void {
  const asked = matchMedia('(forced-colors: active), (prefers-contrast: more)')
  const follow = () => {
    // Without it the page is what it is for everybody.
    if (asked.matches) import('./contrast.css').catch(() => {})
  }
  asked.addEventListener('change', follow)
  follow()
}
