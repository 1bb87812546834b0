/**
 * The page: the only place that knows all rooms. Data flows one way: an action changes the
 * settings, the table says which results are stale, those are computed, and the next frame draws
 * the changes.
 */
import { ProgramError } from '../gpu/programError'
import { startAt } from '../page/gestures'
import type { GalleryAct } from '../page/keyboard'
import type { Layout } from '../page/layout'
import { type NoticeKind, sentenceOf } from '../page/notices'
import type { Page } from '../page/page'
import { machineOf, type Session } from '../page/session'
import { Results } from '../results/results'
import { defaultsFor, readAddress, withDefaultsFor } from '../settings/address'
import { changeSettings, staleResults } from '../settings/change'
import { createHistory, type Phase } from '../settings/history'
import { computed, defaults, type Settings } from '../settings/settings'
import { mapAfter } from '../settings/shown'
import type { Place, ZoomGesture } from '../stage/picture'
import { AddressBar } from './addressBar'
import { Frames } from './frames'
import { createPageApi } from './pageApi'
import { PageParts } from './pageParts'
import { Playback } from './playback'
import { followPrinting } from './printing'
import { settingsBeforeReload } from './reload'
import { SessionKeeper } from './sessionKeeper'
import { SceneTaker } from './takeScene'

/** Milliseconds for which a kiosk shows why it is about to reload. */
const reloadDelay = 10_000

export function startApp(root: HTMLElement): void {
  new App(root).start()
}

class App implements Page {
  settings: Settings
  readonly given: ReadonlyMap<string, string>
  private readonly history = createHistory()
  private isFirstOpening: boolean
  hasEnded = false
  private readonly parts: PageParts
  private readonly keeper: SessionKeeper
  private readonly frames: Frames
  private readonly address = new AddressBar(
    () => this.linked,
    () => this.session && defaultsFor(machineOf(this.session.engine)),
    (sentence) => this.notice(sentence),
  )
  readonly results = new Results({
    onChange: () => this.frames.onResults(),
    onProgress: () => this.frames.onProgress(),
    onRetired: (result) => this.frames.onRetired(result),
    onError: (reason) => this.fail(reason),
  })
  private readonly playback = new Playback(
    () => this.settings,
    (step) => this.seek(step),
    () => this.redraw(),
  )
  private readonly scenes = new SceneTaker(this, this.playback, () => this.parts.lenses)

  constructor(root: HTMLElement) {
    const { settings, complaints, given } = readAddress(location.search)
    const before = settingsBeforeReload()
    this.settings = before ?? settings
    // They are somebody's choice, also where they are the defaults of a large machine.
    this.isFirstOpening = before === null
    this.given = given
    this.parts = new PageParts(root, this)
    if (complaints.length > 0) this.notice(complaints.join(' '), 'error')
    this.frames = new Frames(this, this.playback, this.history, this.parts)
    this.keeper = new SessionKeeper(this.parts.layout, this, {
      preference: () => this.settings.engine,
      onOpened: (session) => this.onOpened(session),
      onClosed: () => {
        this.results.clear()
        this.frames.onClosed()
      },
      onGiveUpGpu: () => {
        this.settings = { ...this.settings, engine: 'cpu' }
      },
      onEnd: () => {
        this.hasEnded = true
        this.redraw()
        // Nobody is there to reload a kiosk.
        if (this.isKiosk) setTimeout(() => location.reload(), reloadDelay)
      },
      notice: (text, kind) => this.notice(text, kind),
    })
  }

  start(): void {
    this.layout.onResize(() => this.session?.drawing.layout())
    followPrinting(this.layout, () => this.frames.drawNow())
    const ready = this.becomeReady()
    // A notice already reports a failure, and so does the promise to whoever awaits it.
    ready.catch(() => {})
    window.steepest = createPageApi(this, ready)
    this.redraw()
    if (this.given.has('bench')) void ready.catch(() => {}).then(() => this.benchmark())
    if (this.isKiosk) void ready.catch(() => {}).then(() => this.gallery('startKiosk'))
  }

  private get isKiosk(): boolean {
    return this.given.has('kiosk')
  }

  get session(): Session | null {
    return this.keeper.session
  }

  get layout(): Layout {
    return this.parts.layout
  }

  opened(): Promise<Session> {
    return this.keeper.current()
  }

  complete(): Promise<Session> {
    return this.frames.complete()
  }

  settled(): Promise<void> {
    return this.frames.settled()
  }

  private onOpened({ engine }: Session): void {
    this.hasEnded = false
    // Only at the first opening: later settings are somebody's choice.
    if (this.isFirstOpening) this.settings = withDefaultsFor(machineOf(engine), this)
    this.isFirstOpening = false
    this.results.request(engine, this.settings, new Set(computed))
    this.frames.onOpened()
  }

  private async becomeReady(): Promise<void> {
    await this.settled()
    this.scenes.begin(this.given)
  }

  // Changes

  notice(text: string, kind?: NoticeKind): void {
    this.parts.notice(text, kind)
  }

  moduleFailed(reason: unknown): void {
    this.parts.moduleFailed(reason)
  }

  current(): Settings {
    return this.settings
  }

  /** Takes the valid parts of a change, and complains about the others. */
  change(partial: unknown, phase?: Phase | null): void {
    const { settings, complaints } = changeSettings(this.settings, partial)
    if (complaints.length > 0) this.notice(complaints.join(' '), 'error')
    this.wish(partial)
    this.commit(settings, phase)
  }

  async apply(partial: unknown): Promise<void> {
    const { settings, complaints } = changeSettings(this.settings, partial)
    if (complaints.length > 0) throw new Error(complaints.join(' '))
    this.wish(partial)
    this.commit(settings)
    await this.settled()
  }

  /** Asking for the lens that is on, too, is a wish: it may have failed to load. */
  private wish(partial: unknown): void {
    if (typeof partial === 'object' && partial !== null && 'lens' in partial) {
      this.parts.lenses.retry()
    }
  }

  commit(wanted: Settings, phase: Phase | null = 'end'): void {
    const before = this.settings
    this.take({ ...wanted, map: mapAfter(wanted, before) })
    if (phase) this.record(before, phase)
    if (phase === 'move') this.frames.moves()
  }

  record(before: Settings, phase: Phase): void {
    this.history.record(before, this.settings, phase, performance.now())
  }

  undo(): void {
    this.restore(this.history.undo(this.settings))
  }

  redo(): void {
    this.restore(this.history.redo(this.settings))
  }

  private restore(settings: Settings): void {
    // Pauses, so that playback does not run past the restored step.
    if (settings.step !== this.settings.step) this.playback.pause()
    this.take(settings)
  }

  private take(wanted: Settings): void {
    const before = this.settings
    const settings = { ...wanted, step: Math.min(wanted.step, wanted.steps) }
    const stale = staleResults(before, settings)
    this.settings = settings
    if (stale.has('engine')) this.keeper.reopen()
    else if (this.session) this.results.request(this.session.engine, settings, stale)
    if (settings.step !== before.step) this.frames.placeHeads()
    this.redraw()
    this.followAddress()
  }

  takePreset(name: string): void {
    this.scenes.preset(name)
  }

  takeScene(query: string, phase: Phase | null = 'whole'): Promise<void> {
    return this.scenes.scene(query, phase)
  }

  reset(): void {
    this.scenes.reset()
  }

  cancel(): void {
    this.results.cancel()
    this.notice('Cancelled; you see the results so far.')
  }

  private followAddress(): void {
    // A kiosk has to be a kiosk again after a reload.
    if (!this.isKiosk) this.address.follow()
  }

  copyLink(): void {
    void this.address.copyLink()
  }

  /** During playback the link has no step, so that it plays for whoever opens it, too. */
  private get linked(): Settings {
    return this.playback.playing ? { ...this.settings, step: 0 } : this.settings
  }

  // Dialogs and panel

  files(file?: File): void {
    this.parts.dialogs.files(file)
  }

  save(request: unknown): Promise<Blob> {
    return this.parts.dialogs.save(request)
  }

  openData(file?: File): void {
    this.parts.dialogs.openData(file)
  }

  gallery(act: GalleryAct | 'startKiosk'): Promise<void> {
    return this.parts.dialogs.gallery(act)
  }

  benchmark(): void {
    this.parts.dialogs.benchmark()
  }

  showKeys(): void {
    this.parts.dialogs.showKeys()
  }

  togglePanel(): void {
    this.layout.togglePanel()
  }

  // Playing

  play(): void {
    this.playback.play()
  }

  pause(): void {
    this.playback.pause()
    this.followAddress()
  }

  togglePlay(): void {
    if (this.playback.playing) this.pause()
    else this.play()
  }

  scrub(step: number): void {
    this.pause()
    this.frames.moves()
    this.seek(Math.min(Math.max(step, 0), this.settings.steps))
  }

  seek(step: number): void {
    const before = this.settings
    this.settings = { ...before, step }
    const stale = staleResults(before, this.settings)
    if (this.session) this.results.request(this.session.engine, this.settings, stale)
    this.frames.placeHeads()
    this.redraw()
  }

  // Gestures on the stage and the map

  onPointer(place: Place | null): void {
    this.frames.onPointer(place)
  }

  onStart(place: Place, phase: Phase): void {
    this.change(startAt(place, this.settings), phase)
  }

  onZoom(gesture: ZoomGesture): void {
    this.parts.lenses.zoom(gesture, this.settings)
  }

  onCamera(camera: Settings['camera']): void {
    this.change({ camera })
    this.frames.moves()
  }

  resetCamera(): void {
    this.change({ camera: defaults.camera })
  }

  topView(): void {
    this.change({ camera: { ...defaults.camera, azimuth: 0, elevation: 90 } })
  }

  // Frames

  redraw(): void {
    this.frames.redraw()
  }

  private fail(reason: unknown): void {
    // Then the processor takes over, which is told instead.
    if (reason instanceof ProgramError && reason.isVital) return
    this.notice(sentenceOf(reason), 'error')
    this.frames.refresh()
  }
}
