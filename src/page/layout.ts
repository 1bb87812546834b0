/**
 * The page's boxes. One canvas lies under the stage and the side column; the map card's inside is
 * a hole through which it shows. The style sheet alone decides where the boxes are; this file only
 * measures them.
 */
import type { Rect } from '../display/rect'
import type { Settings } from '../settings/settings'
import { isWarmUp } from '../settings/shown'
import { createTabList } from '../widgets/tabList'
import type { PageActions } from './actions'
import { type Lens, markup, type Part, type Tab, type WhyPart } from './markup'

/** layout.css repeats this condition, because media queries cannot use custom properties. */
export const compactQuery = '(max-width: 1023px), (max-height: 599px)'

/** Further settings that affect the layout. */
export interface ShownLens {
  part: Part
  why: WhyPart
  /** Large maps in the lens of starts. */
  maps: 1 | 2
  mapTitle: string
}

export interface Layout {
  /** Replaces the canvas: once it has had a context, it can never get one of another kind. */
  renewCanvas(): HTMLCanvasElement
  readonly canvas: HTMLCanvasElement
  /** Holds tick labels in the same box as the canvas, and lets the pointer through. */
  readonly labels: HTMLElement
  /** Describes the canvas for those who cannot see it. */
  readonly stageText: HTMLElement
  /** Holds a canvas of its own if the large one cannot be drawn on. */
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
  /** In the lens of one step: the card of its part, the key of the map's colours, the guided path. */
  readonly why: HTMLElement
  readonly trustKey: HTMLElement
  readonly lessons: HTMLElement
  readonly timeline: HTMLElement
  readonly panel: HTMLElement
  readonly stationary: HTMLElement
  readonly notices: HTMLElement
  /** The tab in front on a small screen. */
  readonly tab: Tab
  setTab(tab: Tab): void
  /** Arranges the boxes for a lens. */
  setLens(lens: Lens, look: ShownLens): void
  /** Brings the tab that the lens is about to the front on a small screen. */
  showLensTab(): void
  /**
   * Opens or closes the panel; without an argument, toggles it. The choice stays until null leaves
   * it to the size of the screen again. Returns the previous choice.
   */
  togglePanel(open?: boolean | null): boolean | null
  /** Boxes of the views on the canvas; null where the view is hidden. */
  stageRect(): Rect | null
  mapRect(): Rect | null
  besideRect(): Rect | null
  /** Calls back when the box of the canvas, stage or map changes. Returns a function to stop. */
  onResize(callback: () => void): () => void
  /** Puts a sentence in the middle of the stage if there is nothing to draw; null removes it. */
  stageMessage(text: string | null): void
}

/** Builds the page in `root`, replacing its contents. */
export function createLayout(root: HTMLElement, actions: Pick<PageActions, 'change'>): Layout {
  root.classList.add('page')
  root.innerHTML = markup
  const find = <T extends HTMLElement = HTMLElement>(selector: string) =>
    root.querySelector<T>(selector)!

  let canvas = find<HTMLCanvasElement>('#stage-canvas')
  const stage = find('.stage')
  const hole = find('.map-hole')
  const [large, beside] = root.querySelectorAll<HTMLElement>('.large-hole')
  const message = find('.stage-message')
  const mapName = find('.map-card .card-title')
  const showLens = createTabList(find('.lenses'), 'lens', (lens) => actions.change({ lens }))
  const showPart = createTabList(find('.rates-parts'), 'part', (part) =>
    actions.change({ rates: { part } }),
  )
  const showWhy = createTabList(find('.why-parts'), 'why', (part) =>
    actions.change({ why: { part } }),
  )
  const { dataset } = root
  const swapped = () =>
    dataset.lens === 'starts' || (dataset.lens === 'rates' && dataset.part !== 'race')
  const tabControl = createTabs(root, find('.tab-list'))
  const panelControl = createPanelToggle(root, find<HTMLButtonElement>('.panel-toggle'))
  const showLensTab = () =>
    tabControl.select(dataset.lens === 'why' ? 'numbers' : swapped() ? 'map' : 'surface')

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
    stageText: find('#stage-text'),
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
    why: find('.why-card'),
    trustKey: find('.trust-key'),
    lessons: find('.lessons'),
    timeline: find('.timeline'),
    panel: find('.settings'),
    stationary: find('.stationary-section'),
    notices: find('.notices'),
    get tab() {
      return tabControl.current()
    },
    setTab: tabControl.select,
    showLensTab,
    togglePanel: panelControl,
    setLens(lens, { part, why, maps, mapTitle }) {
      beside.hidden = maps === 1
      const before = { ...dataset }
      Object.assign(dataset, { lens, part, why })
      setText(mapName, swapped() ? 'Loss surface' : mapTitle)
      if (before.lens === lens && before.part === part && before.why === why) return
      showLens(lens)
      showPart(part)
      showWhy(why)
      showLensTab()
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

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
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

/** Without a choice, the panel is open on a large screen and closed on a small one. */
function createPanelToggle(root: HTMLElement, button: HTMLButtonElement) {
  const compact = matchMedia(compactQuery)
  let chosen: boolean | null = null
  const show = () => {
    const open = chosen ?? !compact.matches
    root.dataset.panel = open ? 'open' : 'closed'
    button.setAttribute('aria-expanded', String(open))
  }
  const toggle = (open: boolean | null = root.dataset.panel !== 'open') => {
    const before = chosen
    chosen = open
    show()
    return before
  }
  show()
  compact.addEventListener('change', show)
  button.addEventListener('click', () => toggle())
  return toggle
}

/** The map's contents, in words. */
export function mapTitle(settings: Settings): string {
  const { lens, why } = settings
  if (isWarmUp(settings)) return 'w³ + b² from above'
  if (lens !== 'why' || why.map === 'loss') return 'Loss from above'
  return why.map === 'first' ? 'Actual / first order' : 'Actual / first + second'
}
