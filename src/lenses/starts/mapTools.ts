/** Buttons above the large map: zoom, as with wheel, pinch or rectangle, and the way back. */

export interface MapToolActions {
  onZoom(factor: number): void
  onBack(): void
  onHome(): void
}

export interface MapTools {
  /** For example "256 × 256 starts · 300 steps". */
  text: string
  canGoBack: boolean
  isHome: boolean
}

const buttons = [
  { label: 'Zoom in', hint: 'Zoom in (+)', icon: 'M8 3v10M3 8h10' },
  { label: 'Zoom out', hint: 'Zoom out (−)', icon: 'M3 8h10' },
  { label: 'Back', hint: 'Back to the previous part', icon: 'M9 3L4 8l5 5M4 8h9' },
  { label: 'Home', hint: 'The whole map', icon: 'M2.5 8L8 3l5.5 5M4.5 7v6h7V7' },
] as const

export function createMapTools(container: HTMLElement, actions: MapToolActions) {
  container.innerHTML = `<p class="map-text"></p>${buttons
    .map(
      ({ label, hint, icon }) => `
      <button type="button" class="button icon-button" aria-label="${label}" title="${hint}">
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icon}" /></svg>
      </button>`,
    )
    .join('')}`
  const text = container.querySelector('p')!
  const [closer, farther, back, home] = container.querySelectorAll('button')
  closer.addEventListener('click', () => actions.onZoom(0.5))
  farther.addEventListener('click', () => actions.onZoom(2))
  back.addEventListener('click', () => actions.onBack())
  home.addEventListener('click', () => actions.onHome())
  return {
    show(tools: MapTools) {
      if (text.textContent !== tools.text) text.textContent = tools.text
      back.disabled = !tools.canGoBack
      home.disabled = tools.isHome
    },
  }
}
