/**
 * The page's boxes. One canvas lies under the stage and the side column; the map card's inside is
 * a hole through which it shows. The style sheet alone decides where the boxes are; this file only
 * measures them.
 */

import type { Rect } from '../display/rect'
import { remember } from '../display/remember'
import type { Settings } from '../settings/settings'
import { isStageSmall, isWarmUp, shows } from '../settings/shown'
import { onResize } from '../widgets/resize'
import { createTabList } from '../widgets/tabList'
import type { PageActions } from './actions'
import { markup, type Tab } from './markup'

/** layout.css repeats this condition, because media queries cannot use custom properties. */
export const compactQuery = '(max-width: 1023px), (max-height: 599px)'

/** Boxes that other parts of the page fill. */
const boxSelectors = {
  /** Holds tick labels in the same box as the canvas, and lets the pointer through. */
  labels: '#labels',
  /** Describes the canvas for those who cannot see it. */
  stageText: '#stage-text',
  views: '.views',
  status: '.status',
  legend: '.legend',
  readout: '.readout',
  data: '.data-card',
  /** In the lens of starts: buttons above the large map, its numbers, and their charts. */
  mapTools: '.map-tools',
  outcomes: '.outcome-card',
  histograms: '.histograms',
  /** In the lens of rates. */
  runners: '.runners',
  scores: '.score-card',
  sweep: '.sweep',
  smallMaps: '.small-maps',
  profile: '.profile',
  /** In the lens of one step: the card of its part, the key of the map's colours, the lessons. */
  why: '.why-card',
  trustKey: '.trust-key',
  lessons: '.lessons',
  timeline: '.timeline',
  panel: '.settings',
  /** Above the settings, while x is not of size one. */
  scaleHint: '.scale-hint',
  stationary: '.stationary-section',
  notices: '.notices',
} as const

type Boxes = { readonly [Name in keyof typeof boxSelectors]: HTMLElement }

export interface Layout extends Boxes {
  /** Replaces the canvas: once it has had a context, it can never get one of another kind. */
  renewCanvas(): HTMLCanvasElement
  readonly canvas: HTMLCanvasElement
  /** Holds a canvas of its own if the large one cannot be drawn on. */
  readonly mapHole: HTMLElement
  /** The tab in front on a small screen. */
  readonly tab: Tab
  setTab(tab: Tab): void
  /** Arranges the boxes for lens and part; new ones bring their tab to the front. */
  show(settings: Settings): void
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
  otherLossRect(): Rect | null
  /** Calls back when the canvas, stage or map needs other pixels. Returns a function to stop. */
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
  let shown: Settings | null = null
  const labels = find(boxSelectors.labels)
  const stage = find('.stage')
  const hole = find('.map-hole')
  const [large, otherLoss] = root.querySelectorAll<HTMLElement>('.large-hole')
  const message = find('.stage-message')
  const mapName = find('.map-card .card-title')
  const showTabs = createLensTabs(root, actions)
  const arrange = remember<void>()
  const tabs = createTabs(root, find('.tab-list'))
  const isStageInHole = () => shown !== null && isStageSmall(shown)

  return {
    ...findBoxes(root),
    get canvas() {
      return canvas
    },
    renewCanvas() {
      const fresh = canvas.cloneNode() as HTMLCanvasElement
      canvas.replaceWith(fresh)
      labels.replaceChildren()
      canvas = fresh
      return fresh
    },
    get mapHole() {
      return shown && shows(shown, 'outcomes') ? large : hole
    },
    get tab() {
      return tabs.current()
    },
    setTab: tabs.select,
    showLensTab: () => tabs.select(shown ? lensTab(shown) : 'surface'),
    togglePanel: createPanelToggle(root, find<HTMLButtonElement>('.panel-toggle')),
    show(settings) {
      const { lens, map, rates, why } = settings
      shown = settings
      otherLoss.hidden = !map.bothLosses
      setText(mapName, isStageInHole() ? 'Loss surface' : mapTitle(settings))
      arrange([lens, rates.part, why.part], () => {
        showTabs(settings)
        tabs.select(lensTab(settings))
      })
    },
    stageRect: () => measure(isStageInHole() ? hole : stage, canvas),
    mapRect: () => measure(isStageInHole() ? large : hole, canvas),
    otherLossRect: () => measure(otherLoss, canvas),
    onResize: (callback) => onResize([labels, stage, hole, large, otherLoss], callback),
    stageMessage(text) {
      message.hidden = text === null
      message.textContent = text ?? ''
    },
  }
}

function findBoxes(root: HTMLElement): Boxes {
  const found = Object.entries(boxSelectors).map(([name, selector]) => [
    name,
    root.querySelector(selector),
  ])
  return Object.fromEntries(found)
}

/** The tabs of lenses and of their parts, which the style sheet follows by attributes of the root. */
function createLensTabs(root: HTMLElement, actions: Pick<PageActions, 'change'>) {
  const list = (selector: string) => root.querySelector<HTMLElement>(selector)!
  const showLens = createTabList(list('.lenses'), 'lens', (lens) => actions.change({ lens }))
  const showPart = createTabList(list('.rates-parts'), 'part', (part) =>
    actions.change({ rates: { part } }),
  )
  const showWhy = createTabList(list('.why-parts'), 'why', (part) =>
    actions.change({ why: { part } }),
  )
  return ({ lens, rates, why }: Settings) => {
    Object.assign(root.dataset, { lens, part: rates.part, why: why.part })
    showLens(lens)
    showPart(rates.part)
    showWhy(why.part)
  }
}

const tabOfLens: { readonly [Name in Settings['lens']]?: Tab } = { why: 'numbers' }

function lensTab(settings: Settings): Tab {
  return tabOfLens[settings.lens] ?? (isStageSmall(settings) ? 'map' : 'surface')
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
    // On a page that scrolls, the sheet may open below what is in sight.
    if (open) root.querySelector('.panel')!.scrollIntoView({ block: 'nearest' })
    return before
  }
  show()
  compact.addEventListener('change', () => {
    // The size of paper says nothing about the screen.
    if (!matchMedia('print').matches) show()
  })
  button.addEventListener('click', () => toggle())
  return toggle
}

/** The map's contents, in words. */
function mapTitle(settings: Settings): string {
  if (isWarmUp(settings)) return 'w³ + b² from above'
  if (!shows(settings, 'trust')) return 'Loss from above'
  return settings.why.map === 'first' ? 'Actual / first order' : 'Actual / first + second'
}
