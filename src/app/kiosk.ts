/**
 * The gallery running by itself: `?kiosk`. Scene after scene plays until somebody takes over; when
 * nothing has been touched for a minute, it goes on. Nothing is made per scene, so that it can run
 * for days. `?kiosk=10` is ten times as fast.
 */
import { playsByItself } from '../state/look'
import type { Scene } from '../state/scenes'
import type { Settings } from '../state/settings'
import type { Layout } from '../ui/layout'
import '../ui/kiosk.css'
import { Clock } from './clock'
import type { PageActions } from './pageParts'

export interface KioskPage {
  readonly actions: PageActions
  readonly layout: Layout
  /** Resolves when the scene is shown. */
  take(scene: Scene): Promise<void>
  showCaption(scene: Scene): void
  hideCaption(): void
  notice(text: string): void
}

/** Milliseconds without a touch until it goes on. */
const idle = 60_000

/** Milliseconds that a scene is shown: as long as it plays, within what reading it takes. */
const dwell = { shortest: 12_000, still: 14_000, longest: 20_000, end: 2000 }

/** Steps a second: the bound of the setting. */
const fastest = 10_000

/** Milliseconds that a scene may take to compute, at any speed of the kiosk. */
const patience = 60_000

/** Milliseconds after the end of a touch in which its click may still come. */
const clickDelay = 300

/** Keys that do not take over: they are for whoever sets the kiosk up. */
const setUpKeys = new Set(['f', 'F', 'Control', 'Shift', 'Alt', 'Meta', 'Escape'])

const signsOfLife = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchmove'] as const

export class Kiosk {
  private readonly factor = factorOf(location.search)
  /** Begun by a button and not by the address, it ends with the first touch. */
  private readonly comesBack = new URLSearchParams(location.search).has('kiosk')
  private readonly clock = new Clock()
  private readonly cover = document.createElement('div')
  private readonly scenes: readonly Scene[]
  private readonly pageBox = document.querySelector<HTMLElement>('.page')!
  private isRunning = false
  private wasPanelOpen = false
  private next = 0
  /** How many scenes have been begun. */
  private taken = 0
  /** How the present scene plays where a person watches it. */
  private pace: Pick<Settings, 'speed' | 'loop'> | null = null

  constructor(
    scenes: readonly Scene[],
    private readonly page: KioskPage,
  ) {
    // A lesson needs hands.
    this.scenes = scenes.filter(({ query }) => !query.includes('lesson='))
    // Over all, so that the first touch takes over and does nothing else.
    this.cover.className = 'kiosk-cover'
    this.cover.hidden = true
    document.body.append(this.cover)
    for (const name of signsOfLife) addEventListener(name, this.onInput, listening)
    this.cover.addEventListener('pointerup', this.uncover)
    this.cover.addEventListener('pointercancel', this.uncover)
  }

  readonly start = () => {
    if (this.isRunning) return
    this.isRunning = true
    for (const dialog of document.querySelectorAll('dialog')) dialog.close()
    this.wasPanelOpen = this.pageBox.dataset.panel === 'open'
    this.page.layout.togglePanel(false)
    this.pageBox.dataset.kiosk = ''
    this.cover.hidden = false
    this.showNext()
  }

  private readonly showNext = () => {
    const scene = this.scenes[this.next]
    this.next = (this.next + 1) % this.scenes.length
    this.pace = null
    const shown = this.page.take(scene)
    this.page.showCaption(scene)
    const taken = ++this.taken
    this.clock.set(patience, this.showNext)
    void shown.then(() => {
      if (this.isRunning && this.taken === taken) this.watch()
    })
  }

  /** The scene is shown and begins to play. */
  private watch(): void {
    const { actions } = this.page
    const settings = actions.current()
    const { speed, loop, steps } = settings
    const playing = (1000 * steps) / speed + dwell.end
    const time = playsByItself(settings)
      ? Math.min(Math.max(playing, dwell.shortest), dwell.longest)
      : dwell.still
    this.pace = { speed, loop }
    // Where it ends is to be seen until the next one comes.
    actions.change({ speed: Math.min(speed * this.factor, fastest), loop: false })
    this.clock.set(time / this.factor, this.showNext)
  }

  private takeOver(): void {
    this.isRunning = false
    this.clock.clear()
    this.page.hideCaption()
    this.page.layout.togglePanel(this.wasPanelOpen)
    delete this.pageBox.dataset.kiosk
    if (this.pace) this.page.actions.change(this.pace)
    if (this.comesBack) {
      this.page.notice('The page is yours. After a minute without a touch the gallery goes on.')
    }
  }

  private readonly onInput = (event: Event) => {
    if (this.isRunning) {
      if (!takesOver(event)) return
      this.takeOver()
      if (event.type !== 'pointerdown') this.cover.hidden = true
    }
    if (this.comesBack) this.clock.set(idle / this.factor, this.start)
  }

  /** The click of the touch that took over is to land here, too. */
  private readonly uncover = () => {
    setTimeout(() => {
      this.cover.hidden = !this.isRunning
    }, clickDelay)
  }
}

function takesOver(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) return event.type !== 'pointermove'
  return !setUpKeys.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey
}

const listening = { capture: true, passive: true } as const

function factorOf(query: string): number {
  const factor = Number(new URLSearchParams(query).get('kiosk'))
  return factor > 0 ? Math.min(factor, 100) : 1
}
