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

import { createTabList } from './tabList'

/** What the canvas area shows on a small screen; a large one shows all at once. */
export type Tab = 'surface' | 'map' | 'data' | 'numbers'

/** What the page emphasises; in the lens of starts stage and map change places. */
export type Lens = 'descend' | 'starts' | 'rates' | 'why'

/** What the lens of rates shows large: the stage, charts against the rate, or maps of all starts. */
export type Part = 'race' | 'sweep' | 'crowd'

const tabs: readonly { name: Tab; label: string }[] = [
  { name: 'surface', label: 'Surface' },
  { name: 'map', label: 'Map' },
  { name: 'data', label: 'Data' },
  { name: 'numbers', label: 'Numbers' },
]

const lenses: readonly { name: Lens; label: string; hint: string }[] = [
  { name: 'descend', label: 'Descend', hint: 'Many starts run down the surface' },
  { name: 'starts', label: 'Starts', hint: 'Where each start ends, and how fast' },
  { name: 'rates', label: 'Rates', hint: 'Learning rates and update rules, side by side' },
]

const parts: readonly { name: Part; label: string; hint: string }[] = [
  { name: 'race', label: 'Race', hint: 'All runners leave from the chosen start' },
  { name: 'sweep', label: 'Sweep', hint: 'The chosen start at a thousand learning rates' },
  { name: 'crowd', label: 'Crowd', hint: 'Starts of the whole view under every runner' },
]

/** The same condition stands in style.css, as media queries cannot use custom properties. */
const compactQuery = '(max-width: 1023px), (max-height: 599px)'

const markup = `
  <header class="header">
    <h1 class="wordmark">Steepest</h1>
    <div class="lenses" role="tablist" aria-label="Lens">
      ${lenses
        .map(
          ({ name, label, hint }) =>
            `<button type="button" role="tab" class="tab" data-lens="${name}" title="${hint}">${label}</button>`,
        )
        .join('')}
    </div>
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
    <section class="outcome-maps" aria-label="Map of outcomes">
      <div class="map-tools" role="toolbar" aria-label="Zoom"></div>
      <div class="large-holes">
        <div class="large-hole"></div>
        <div class="large-hole" hidden></div>
      </div>
    </section>
    <section class="rates-area" aria-label="Rates">
      <div class="sweep"></div>
      <div class="small-maps"></div>
      <div class="profile"></div>
    </section>
    <div class="rates-parts" role="tablist" aria-label="What the lens of rates shows">
      ${parts
        .map(
          ({ name, label, hint }) =>
            `<button type="button" role="tab" class="tab" data-part="${name}" title="${hint}">${label}</button>`,
        )
        .join('')}
    </div>
    <div class="readout"></div>
    <div class="legend"></div>
    <aside class="side" aria-label="Map and data">
      <section class="card map-card" aria-label="Map">
        <h2 class="card-title">Loss from above</h2>
        <div class="map-hole"></div>
      </section>
      <section class="card outcome-card" aria-label="Where descents end"></section>
      <section class="card score-card" aria-label="Scores"></section>
      <section class="card data-card" aria-label="Data and neuron"></section>
    </aside>
    <div class="notices"></div>
  </main>
  <section class="timeline" aria-label="Timeline"></section>
  <section class="histograms" aria-label="Steps and final losses"></section>
  <aside class="panel" id="panel" aria-label="Settings">
    <section class="runners" aria-label="Runners"></section>
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
  /** In the lens of starts: buttons above the large map, its numbers, and their charts. */
  readonly mapTools: HTMLElement
  readonly outcomes: HTMLElement
  readonly histograms: HTMLElement
  /** In the lens of rates. */
  readonly runners: HTMLElement
  readonly scores: HTMLElement
  readonly sweep: HTMLElement
  readonly smallMaps: HTMLElement
  readonly profile: HTMLElement
  readonly timeline: HTMLElement
  readonly panel: HTMLElement
  readonly stationary: HTMLElement
  readonly notices: HTMLElement
  /** The tab in front on a small screen. */
  readonly tab: Tab
  setTab(tab: Tab): void
  /** Puts the boxes where they stand in a lens, with one large map or two. */
  setLens(lens: Lens, part: Part, maps: 1 | 2): void
  /** Opens or closes the panel; without an argument, changes it to the other. */
  togglePanel(open?: boolean): void
  /** Boxes of the views on the canvas; null where the view is hidden. */
  stageRect(): Rect | null
  mapRect(): Rect | null
  besideRect(): Rect | null
  /** Called after any of the canvas, stage and map has changed its box. Returns the way to stop. */
  onResize(callback: () => void): () => void
  /** A sentence in the middle of the stage, for when there is nothing to draw; null removes it. */
  stageMessage(text: string | null): void
}

/** Builds the page under `root`, which it takes over. */
export function createLayout(
  root: HTMLElement,
  onLens: (lens: Lens) => void = () => {},
  onPart: (part: Part) => void = () => {},
): Layout {
  root.classList.add('page')
  root.innerHTML = markup
  const find = <T extends HTMLElement = HTMLElement>(selector: string) =>
    root.querySelector<T>(selector)!

  let canvas = find<HTMLCanvasElement>('#stage-canvas')
  const stage = find('.stage')
  const hole = find('.map-hole')
  const [large, beside] = root.querySelectorAll<HTMLElement>('.large-hole')
  const message = find('.stage-message')
  const showLens = createTabList(find('.lenses'), 'lens', (lens) => onLens(lens as Lens))
  const showPart = createTabList(find('.rates-parts'), 'part', (part) => onPart(part as Part))
  const { dataset } = root
  const swapped = () =>
    dataset.lens === 'starts' || (dataset.lens === 'rates' && dataset.part !== 'race')
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
    get mapHole() {
      // In the lens of rates no map is large.
      return dataset.lens === 'starts' ? large : hole
    },
    views: find('.views'),
    status: find('.status'),
    legend: find('.legend'),
    readout: find('.readout'),
    data: find('.data-card'),
    mapTools: find('.map-tools'),
    outcomes: find('.outcome-card'),
    histograms: find('.histograms'),
    runners: find('.runners'),
    scores: find('.score-card'),
    sweep: find('.sweep'),
    smallMaps: find('.small-maps'),
    profile: find('.profile'),
    timeline: find('.timeline'),
    panel: find('.settings'),
    stationary: find('.stationary-section'),
    notices: find('.notices'),
    get tab() {
      return tabControl.current()
    },
    setTab: tabControl.select,
    togglePanel: panelControl,
    setLens(lens, part, maps) {
      beside.hidden = maps === 1
      if (dataset.lens === lens && dataset.part === part) return
      const isFirst = dataset.lens === undefined
      Object.assign(dataset, { lens, part })
      showLens(lens)
      showPart(part)
      find('.map-card .card-title').textContent = swapped() ? 'Loss surface' : 'Loss from above'
      // A small screen shows what the lens is about.
      if (!isFirst || swapped()) tabControl.select(swapped() ? 'map' : 'surface')
    },
    stageRect: () => measure(swapped() ? hole : stage, canvas),
    mapRect: () => measure(swapped() ? large : hole, canvas),
    besideRect: () => measure(beside, canvas),
    onResize(callback) {
      const observer = new ResizeObserver(callback)
      for (const box of [find('#labels'), stage, hole, large, beside]) observer.observe(box)
      return () => observer.disconnect()
    },
    stageMessage(text) {
      message.hidden = text === null
      message.textContent = text ?? ''
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
  const select = (tab: Tab) => {
    root.dataset.tab = tab
    show(tab)
  }
  const show = createTabList(list, 'tab', (name) => select(name as Tab))
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
