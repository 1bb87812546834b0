/**
 * The gallery running by itself: `?kiosk`. Scene after scene plays until somebody takes over; after
 * a minute without a touch, it goes on. It creates nothing per scene, so that it can run for days.
 * `?kiosk=10` is ten times as fast.
 */
import type { Page } from '../../page/page'
import './gallery.css'
import type { Scene } from '../../settings/scenes'
import { fastestSpeed, type Settings } from '../../settings/settings'
import { playsByItself } from '../../settings/shown'
import type { Caption } from './caption'

/** Milliseconds without a touch until the kiosk goes on. */
const idle = 60_000

/** A dialog that is still working for somebody, for example on a video. */
const busy = 'dialog[open][data-busy], dialog[open] [data-busy]'

/** Milliseconds that a scene is shown: as long as it plays, within limits for reading it. */
const dwell = { shortest: 12_000, still: 14_000, longest: 20_000, end: 2000 }

/** Milliseconds that a scene may take to compute, at any speed of the kiosk. */
const patience = 60_000

/** Milliseconds after a touch within which its click may still come. */
const clickDelay = 300

/** Keys that do not take over, because they serve to set up the kiosk. */
const setUpKeys = new Set(['f', 'F', 'F11', 'Control', 'Shift', 'Alt', 'Meta', 'Escape'])

const signsOfLife = [
  ...(['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchmove'] as const),
  // Somebody is about to drop a file.
  'dragenter',
] as const

export class Kiosk {
  private readonly factor
  /** Whether the address started it; started by a button, it ends with the first touch. */
  private readonly comesBack
  private readonly clock = new Clock()
  private readonly cover = document.createElement('div')
  private readonly scenes: readonly Scene[]
  private readonly pageBox = document.querySelector<HTMLElement>('.page')!
  private isRunning = false
  /** The settings before the kiosk. */
  private before: Settings | null = null
  private panelBefore: boolean | null = null
  private wakeLock: WakeLockSentinel | null = null
  private next = 0
  /** The number of scenes begun. */
  private taken = 0
  /** The speed and loop of the present scene outside the kiosk. */
  private pace: Pick<Settings, 'speed' | 'loop'> | null = null

  constructor(
    scenes: readonly Scene[],
    private readonly page: Page,
    private readonly caption: Caption,
    /** Resolves when the scene is shown; the history does not record it. */
    private readonly take: (scene: Scene) => Promise<void>,
  ) {
    this.factor = speedFactor(page.given.get('kiosk'))
    this.comesBack = page.given.has('kiosk')
    // Lessons need somebody to click.
    this.scenes = scenes.filter(({ query }) => !query.includes('lesson='))
    // Covers the page, so that the first touch takes over and does nothing else.
    this.cover.className = 'kiosk-cover'
    this.cover.hidden = true
    document.body.append(this.cover)
    for (const name of signsOfLife) addEventListener(name, this.onInput, listening)
    this.cover.addEventListener('pointerup', this.uncover)
    this.cover.addEventListener('pointercancel', this.uncover)
    document.addEventListener('visibilitychange', () => void this.keepAwake())
  }

  readonly start = () => {
    if (this.isRunning) return
    this.isRunning = true
    for (const dialog of document.querySelectorAll('dialog')) dialog.close()
    this.before = this.page.current()
    this.panelBefore = this.page.layout.togglePanel(false)
    this.pageBox.dataset.kiosk = ''
    this.cover.hidden = false
    void this.keepAwake()
    this.showNext()
  }

  private readonly goOn = () => {
    if (document.querySelector(busy)) this.waitForTouch()
    else this.start()
  }

  private waitForTouch(): void {
    this.clock.set(idle / this.factor, this.goOn)
  }

  /** Hiding the page ends the lock. Some browsers have none, or refuse it on a low battery. */
  private async keepAwake(): Promise<void> {
    if (!this.isRunning || document.hidden || this.wakeLock?.released === false) return
    try {
      this.wakeLock = await navigator.wakeLock.request('screen')
      // Somebody has taken over during the request.
      if (!this.isRunning) void this.wakeLock.release()
    } catch {}
  }

  private readonly showNext = () => {
    const scene = this.scenes[this.next]
    this.next = (this.next + 1) % this.scenes.length
    this.pace = null
    const shown = this.take(scene)
    this.caption.show(scene)
    const taken = ++this.taken
    this.clock.set(patience, this.showNext)
    void shown.then(() => {
      if (this.isRunning && this.taken === taken) this.watch()
    })
  }

  /** Plays the shown scene. */
  private watch(): void {
    const { page } = this
    const settings = page.current()
    const { speed, loop, steps } = settings
    const playing = (1000 * steps) / speed + dwell.end
    const time = playsByItself(settings)
      ? Math.min(Math.max(playing, dwell.shortest), dwell.longest)
      : dwell.still
    this.pace = { speed, loop }
    // The end of the scene stays visible until the next one comes.
    page.change({ speed: Math.min(speed * this.factor, fastestSpeed), loop: false }, null)
    this.clock.set(time / this.factor, this.showNext)
  }

  private takeOver(): void {
    const { page } = this
    this.isRunning = false
    this.clock.clear()
    void this.wakeLock?.release()
    this.caption.hide()
    page.layout.togglePanel(this.panelBefore)
    delete this.pageBox.dataset.kiosk
    if (this.pace) page.change(this.pace, null)
    // Undo leads back to the settings before the kiosk, except for an engine lost since then.
    const { engine } = page.current()
    page.record({ ...this.before!, engine }, 'whole')
    if (this.comesBack) {
      this.page.notice('The page is yours. The gallery goes on after a minute without a touch.')
    }
  }

  private readonly onInput = (event: Event) => {
    if (this.isRunning) {
      if (!takesOver(event)) return
      this.takeOver()
      if (event.type !== 'pointerdown') this.cover.hidden = true
    }
    if (this.comesBack) this.waitForTouch()
  }

  /** The cover also has to catch the click of the touch that took over. */
  private readonly uncover = () => {
    setTimeout(() => {
      this.cover.hidden = !this.isRunning
    }, clickDelay)
  }
}

function takesOver(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) return event.type !== 'pointermove'
  const { key, ctrlKey, metaKey, altKey } = event
  // With Ctrl or Cmd, only undo and redo take over.
  if (ctrlKey || metaKey) return /^[zy]$/i.test(key)
  return !altKey && !setUpKeys.has(key)
}

const listening = { capture: true, passive: true } as const

/** The factor of the usual speed; 1 if the address does not give a positive number. */
export function speedFactor(text: string | undefined): number {
  const factor = Number(text)
  return factor > 0 ? Math.min(factor, 100) : 1
}

/** One alarm, which pauses while the page is hidden. */
class Clock {
  private timer = 0
  private left = 0
  private since = 0
  private ring: (() => void) | null = null

  constructor() {
    document.addEventListener('visibilitychange', this.onVisibility)
  }

  /** Replaces the previous alarm. */
  set(milliseconds: number, ring: () => void): void {
    this.clear()
    this.left = milliseconds
    this.ring = ring
    if (!document.hidden) this.run()
  }

  clear(): void {
    clearTimeout(this.timer)
    this.timer = 0
    this.ring = null
  }

  private run(): void {
    this.since = performance.now()
    this.timer = window.setTimeout(() => {
      const { ring } = this
      this.clear()
      ring?.()
    }, this.left)
  }

  private readonly onVisibility = () => {
    if (!this.ring) return
    if (!document.hidden) return this.run()
    clearTimeout(this.timer)
    this.left = Math.max(0, this.left - (performance.now() - this.since))
  }
}
