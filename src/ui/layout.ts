/**
 * The page's boxes. One canvas lies under the stage and the side column; the map card's inside is
 * a hole through which it shows. Where the boxes stand is decided by the style sheet alone, so
 * this file only measures them.
 */

/** A rectangle in CSS pixels, relative to the canvas. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** What the canvas area shows on a small screen; a large one shows all three at once. */
export type Tab = 'surface' | 'map' | 'data'

const tabs: readonly { name: Tab; label: string }[] = [
  { name: 'surface', label: 'Surface' },
  { name: 'map', label: 'Map' },
  { name: 'data', label: 'Data' },
]

/** The same condition stands in style.css, as media queries cannot use custom properties. */
const compactQuery = '(max-width: 1023px), (max-height: 599px)'

const markup = `
  <header class="header">
    <h1 class="wordmark">Steepest</h1>
    <div class="views" role="toolbar" aria-label="View"></div>
    <div class="status"></div>
    <button type="button" class="button panel-toggle" aria-controls="panel">Settings</button>
  </header>
  <div class="tabs" role="tablist" aria-label="What is shown">
    ${tabs
      .map(
        ({ name, label }) =>
          `<button type="button" role="tab" class="tab" data-tab="${name}">${label}</button>`,
      )
      .join('')}
  </div>
  <main class="field">
    <canvas id="stage-canvas" aria-label="Loss surface and map" tabindex="-1"></canvas>
    <div id="labels"></div>
    <section class="stage" aria-label="Loss surface">
      <p class="stage-message" role="status" hidden></p>
    </section>
    <div class="readout"></div>
    <div class="legend"></div>
    <aside class="side" aria-label="Map and data">
      <section class="card map-card" aria-label="Map">
        <h2 class="card-title">Loss from above</h2>
        <div class="map-hole"></div>
      </section>
      <section class="card data-card" aria-label="Data and neuron"></section>
    </aside>
    <div class="notices"></div>
  </main>
  <section class="timeline" aria-label="Timeline"></section>
  <aside class="panel" id="panel" aria-label="Settings">
    <div class="settings"></div>
    <section class="stationary-section" aria-label="Minima and saddles"></section>
  </aside>
`

export interface Layout {
  /** A new canvas in place of the old: one that has had a context can never get another kind. */
  renewCanvas(): HTMLCanvasElement
  readonly canvas: HTMLCanvasElement
  /** Same box as the canvas; takes tick labels and lets the pointer through. */
  readonly labels: HTMLElement
  /** Takes a canvas of its own where the large one can not be drawn on. */
  readonly mapHole: HTMLElement
  readonly views: HTMLElement
  readonly status: HTMLElement
  readonly legend: HTMLElement
  readonly readout: HTMLElement
  readonly data: HTMLElement
  readonly timeline: HTMLElement
  readonly panel: HTMLElement
  readonly stationary: HTMLElement
  readonly notices: HTMLElement
  /** The tab in front on a small screen. */
  readonly tab: Tab
  setTab(tab: Tab): void
  /** Opens or closes the panel; without an argument, changes it to the other. */
  togglePanel(open?: boolean): void
  /** Boxes of the two views on the canvas; null where the view is hidden. */
  stageRect(): Rect | null
  mapRect(): Rect | null
  /** Called after any of the canvas, stage and map has changed its box. Returns the way to stop. */
  onResize(callback: () => void): () => void
  /** A sentence in the middle of the stage, for when there is nothing to draw; null removes it. */
  stageMessage(text: string | null): void
  mapCaption(text: string): void
}

/** Builds the page under `root`, which it takes over. */
export function createLayout(root: HTMLElement): Layout {
  root.classList.add('page')
  root.innerHTML = markup
  const find = <T extends HTMLElement = HTMLElement>(selector: string) =>
    root.querySelector<T>(selector)!

  let canvas = find<HTMLCanvasElement>('#stage-canvas')
  const stage = find('.stage')
  const hole = find('.map-hole')
  const message = find('.stage-message')
  const tabControl = createTabs(root, find('.tabs'))
  const panelControl = createPanelToggle(root, find<HTMLButtonElement>('.panel-toggle'))

  return {
    get canvas() {
      return canvas
    },
    renewCanvas() {
      const fresh = canvas.cloneNode() as HTMLCanvasElement
      canvas.replaceWith(fresh)
      find('#labels').replaceChildren()
      canvas = fresh
      return fresh
    },
    labels: find('#labels'),
    mapHole: hole,
    views: find('.views'),
    status: find('.status'),
    legend: find('.legend'),
    readout: find('.readout'),
    data: find('.data-card'),
    timeline: find('.timeline'),
    panel: find('.settings'),
    stationary: find('.stationary-section'),
    notices: find('.notices'),
    get tab() {
      return tabControl.current()
    },
    setTab: tabControl.select,
    togglePanel: panelControl,
    stageRect: () => measure(stage, canvas),
    mapRect: () => measure(hole, canvas),
    onResize(callback) {
      const observer = new ResizeObserver(callback)
      for (const box of [find('#labels'), stage, hole]) observer.observe(box)
      return () => observer.disconnect()
    },
    stageMessage(text) {
      message.hidden = text === null
      message.textContent = text ?? ''
    },
    mapCaption(text) {
      find('.map-card .card-title').textContent = text
    },
  }
}

function measure(box: HTMLElement, canvas: HTMLElement): Rect | null {
  const { left, top, width, height } = box.getBoundingClientRect()
  if (width < 1 || height < 1) return null
  const origin = canvas.getBoundingClientRect()
  return { x: left - origin.left, y: top - origin.top, width, height }
}

function createTabs(root: HTMLElement, list: HTMLElement) {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('.tab')]
  const select = (tab: Tab) => {
    root.dataset.tab = tab
    for (const button of buttons) {
      const chosen = button.dataset.tab === tab
      button.setAttribute('aria-selected', String(chosen))
      button.tabIndex = chosen ? 0 : -1
    }
  }
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('.tab')
    if (button) select(button.dataset.tab as Tab)
  })
  list.addEventListener('keydown', (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (move === undefined) return
    event.preventDefault()
    const at = buttons.findIndex((button) => button.tabIndex === 0)
    const next = buttons[(at + move + buttons.length) % buttons.length]
    select(next.dataset.tab as Tab)
    next.focus()
  })
  select('surface')
  return { select, current: () => root.dataset.tab as Tab }
}

/** On a large screen the panel begins open, on a small one closed. */
function createPanelToggle(root: HTMLElement, button: HTMLButtonElement) {
  const toggle = (open = root.dataset.panel !== 'open') => {
    root.dataset.panel = open ? 'open' : 'closed'
    button.setAttribute('aria-expanded', String(open))
  }
  const compact = matchMedia(compactQuery)
  toggle(!compact.matches)
  compact.addEventListener('change', () => toggle(!compact.matches))
  button.addEventListener('click', () => toggle())
  return toggle
}
