/**
 * The page: the only place that knows all rooms. Data flows one way: an action changes the
 * settings, the table says which results are stale, those are computed, and what has changed is
 * drawn at the next frame.
 */
import type { Crowd } from '../engine/engine'
import { readAddress } from '../state/address'
import { changeSettings, staleResults } from '../state/change'
import { createHistory, type Phase } from '../state/history'
import { playsByItself } from '../state/look'
import { presets } from '../state/presets'
import { defaults, type Settings } from '../state/settings'
import { mapAfter } from '../state/zoom'
import type { Place, ZoomGesture } from '../view/picture'
import { AddressBar } from './addressBar'
import { OracleWatch } from './oracleWatch'
import { createPageApi } from './pageApi'
import { type PageActions, PageParts } from './pageParts'
import { Playback } from './playback'
import { computed, Results } from './results'
import { type Session, sentenceOf } from './session'
import { SessionKeeper } from './sessionKeeper'
import { withSmallerDefaults } from './smallerDefaults'
import { shownCrowd, stagePicture } from './stagePicture'
import { startAt } from './startAt'

/** Milliseconds between two looks at the progress: even a number is a frame of the page. */
const progressInterval = 100

/** Milliseconds without a change until what is shown is put into words. */
const wordsDelay = 600

/** Milliseconds that the first frame waits for complete results at most. */
const firstFrameDelay = 1200

const isKiosk = new URLSearchParams(location.search).has('kiosk')

export function startApp(root: HTMLElement): void {
  new App(root).start()
}

class App implements PageActions {
  private settings: Settings
  private readonly history = createHistory()
  private pointer: Place | null = null
  private readonly watch = new OracleWatch()
  private isFirstOpening = true
  private frame = 0
  private isStageOld = true
  /** When the stage may be drawn although results are still missing. */
  private drawAnywayAt = 0
  private strideTold = 1
  private wordsTimer: ReturnType<typeof setTimeout> | undefined
  private progressTimer: ReturnType<typeof setTimeout> | null = null
  private placing: Promise<void> = Promise.resolve()
  private readonly parts: PageParts
  private readonly keeper: SessionKeeper
  private readonly address = new AddressBar((sentence) => this.parts.notice(sentence))
  private readonly complaints: string[]
  private readonly results = new Results({
    onChange: () => this.afterResults(),
    // Progress is written, not drawn: a frame of the stage may cost more than a slice.
    onProgress: () => {
      this.progressTimer ??= setTimeout(() => {
        this.progressTimer = null
        this.refresh()
      }, progressInterval)
    },
    onRetired: (result) => this.retire(result),
    onError: (reason) => this.fail(reason),
  })
  private readonly playback = new Playback(
    () => this.settings,
    (step) => this.seek(step),
    () => this.redraw(),
  )

  constructor(root: HTMLElement) {
    const { settings, complaints } = readAddress(location.search)
    this.settings = settings
    this.complaints = complaints
    this.parts = new PageParts(root, this)
    this.keeper = new SessionKeeper(this.parts.layout, this, {
      preference: () => this.settings.engine,
      onOpened: (session) => this.onOpened(session),
      onClosed: () => {
        this.results.clear()
        this.watch.forget()
      },
      onGiveUpGpu: () => {
        this.settings = { ...this.settings, engine: 'cpu' }
      },
      notice: (text, kind) => this.parts.notice(text, kind),
    })
  }

  start(): void {
    const { parts, complaints } = this
    parts.layout.onResize(() => this.session?.drawing.layout())
    if (complaints.length > 0) parts.notice(complaints.join(' '), 'error')
    const ready = this.becomeReady()
    // Whoever waits for it hears of a failure; the notice has it already.
    ready.catch(() => {})
    window.steepest = createPageApi({
      ready,
      engine: () => this.session?.engine ?? null,
      opened: async () => (await this.keeper.current()).engine,
      settings: () => this.settings,
      apply: (partial) => this.apply(partial),
    })
    this.redraw()
    if (isKiosk) void ready.catch(() => {}).then(() => this.parts.gallery('startKiosk'))
  }

  private get session(): Session | null {
    return this.keeper.session
  }

  private onOpened({ engine }: Session): void {
    // At the first opening only: later settings are somebody's choice.
    if (this.isFirstOpening && engine.kind === 'cpu') {
      this.settings = withSmallerDefaults(this.settings, location.search)
    }
    this.isFirstOpening = false
    this.results.request(engine, this.settings, new Set(computed))
    this.drawAnywayAt = performance.now() + firstFrameDelay
    setTimeout(() => this.redraw(), firstFrameDelay)
  }

  private async becomeReady(): Promise<void> {
    await this.shown()
    this.begin(location.search)
  }

  /** What an address without a step shows: where it ends, or how it gets there. */
  private begin(query: string): void {
    if (!playsByItself(this.settings) || new URLSearchParams(query).has('step')) return
    if (prefersStillness()) this.seek(this.settings.steps)
    else this.playback.play()
  }

  // Changes

  current(): Settings {
    return this.settings
  }

  /** Takes what is acceptable of a change, and says what is not. */
  change(partial: unknown, phase?: Phase): void {
    const { settings, complaints } = changeSettings(this.settings, partial)
    if (complaints.length > 0) this.parts.notice(complaints.join(' '), 'error')
    this.commit(settings, phase)
  }

  /** As a script asks for it: all or nothing. */
  private async apply(partial: unknown): Promise<void> {
    const { settings, complaints } = changeSettings(this.settings, partial)
    if (complaints.length > 0) throw new Error(complaints.join(' '))
    this.commit(settings)
    await this.shown()
  }

  private commit(wanted: Settings, phase: Phase = 'end'): void {
    const before = this.settings
    this.take({ ...wanted, map: mapAfter(wanted, before) })
    this.history.record(before, this.settings, phase, performance.now())
  }

  undo(): void {
    this.take(this.history.undo(this.settings))
  }

  redo(): void {
    this.take(this.history.redo(this.settings))
  }

  private take(wanted: Settings): void {
    const before = this.settings
    const settings = { ...wanted, step: Math.min(wanted.step, wanted.steps) }
    const stale = staleResults(before, settings)
    this.settings = settings
    if (stale.has('engine')) this.keeper.reopen()
    else if (this.session) this.results.request(this.session.engine, settings, stale)
    if (settings.step !== before.step) this.placeHeads()
    this.redraw()
    this.followAddress()
  }

  takePreset(name: string): void {
    const preset = presets.find((candidate) => candidate.name === name)
    if (!preset) return
    const { lens = this.settings.lens } = preset
    const { axes, columns, rows } = defaults.map
    const { runners, ...settings } = preset.settings
    // Several have been put together by hand: a data set does not take them away.
    const own = this.settings.runners.length > 1
    const map = { axes, columns, rows }
    this.change({ ...settings, ...(own ? {} : { runners }), lens, step: 0, map })
    const kept = own ? ' The runners stay as they are.' : ''
    this.parts.notice(`${preset.reason} ${preset.source}${kept}`)
    if (playsByItself(this.settings) && !prefersStillness()) this.play()
  }

  async takeScene(query: string): Promise<void> {
    this.playback.pause()
    const { engine } = this.settings
    const scene = readAddress(query).settings
    const isCpu = this.session?.engine.kind === 'cpu'
    this.commit({ ...(isCpu ? withSmallerDefaults(scene, query) : scene), engine })
    const taken = this.settings
    await this.shown()
    // Or somebody has been faster.
    if (this.settings === taken) this.begin(query)
  }

  reset(): void {
    this.commit({ ...defaults, engine: this.settings.engine })
  }

  cancel(): void {
    this.results.cancel()
    this.parts.notice('Cancelled; what is shown is as far as it got.')
  }

  private followAddress(): void {
    // Loaded again, a kiosk is to be one.
    if (!isKiosk) this.address.follow(this.linked)
  }

  copyLink(): void {
    void this.address.copyLink(this.linked)
  }

  /** While it plays no step is meant: who opens the link sees it play, too. */
  private get linked(): Settings {
    return this.playback.playing ? { ...this.settings, step: 0 } : this.settings
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
    this.seek(Math.min(Math.max(step, 0), this.settings.steps))
  }

  private seek(step: number): void {
    const before = this.settings
    this.settings = { ...before, step }
    const { session } = this
    if (session) {
      const stale = staleResults(before, this.settings)
      this.results.request(session.engine, this.settings, stale)
    }
    this.placeHeads()
    this.redraw()
  }

  // What a person does on the stage and the map

  onPointer(place: Place | null): void {
    this.pointer = place
    this.redraw()
  }

  onStart(place: Place, phase: Phase): void {
    this.change(startAt(place, this.settings), phase)
  }

  onZoom(gesture: ZoomGesture): void {
    const { lens, rates } = this.settings
    if (lens === 'starts') this.parts.starts?.zoom(gesture)
    if (lens === 'rates' && rates.part === 'crowd') this.parts.rates?.zoom(gesture)
  }

  onCamera(camera: Settings['camera'], _phase: 'move' | 'end'): void {
    this.change({ camera })
  }

  resetCamera(): void {
    this.change({ camera: defaults.camera })
  }

  topView(): void {
    this.change({ camera: { ...defaults.camera, azimuth: 0, elevation: 90 } })
  }

  // Showing

  private afterResults(): void {
    this.placeHeads()
    this.redraw()
    if (this.results.isComplete) this.afterCompletion()
  }

  private afterCompletion(): void {
    const surface = this.results.surface.value
    const crowd = this.shownCrowd
    if (!surface) return
    if (crowd) this.tellStride(crowd)
    void this.watch.look(surface, crowd).then(() => this.refresh())
  }

  private get shownCrowd(): Crowd | null {
    return shownCrowd(this.settings, this.results)
  }

  private tellStride({ recording: { stride }, trajectories }: Crowd): void {
    if (stride !== this.strideTold && stride > 1) {
      this.parts.notice(
        `${trajectories.toLocaleString('en')} descents are recorded every ${stride} steps; the steps between are recomputed exactly.`,
      )
    }
    this.strideTold = stride
  }

  private fail(reason: unknown): void {
    this.parts.notice(sentenceOf(reason), 'error')
    this.refresh()
  }

  private retire(result: { dispose(): void }): void {
    const drawing = this.session?.drawing
    // What is drawn now may still read it; after the next frame nothing does.
    this.redraw()
    requestAnimationFrame(() => {
      void (drawing?.drawn() ?? Promise.resolve()).then(() => result.dispose())
    })
  }

  /** Moves the heads of the crowd to the shown step. */
  private placeHeads(): void {
    const crowd = this.shownCrowd
    if (!crowd) return
    this.placing = crowd.seek(this.settings.step).then(
      () => this.redraw(),
      // The engine is lost, which is told elsewhere.
      () => {},
    )
  }

  /** Rejects with a sentence where what is shown can not become that of the settings. */
  private async shown(): Promise<void> {
    let session: Session
    do {
      session = await this.keeper.current()
      await this.results.settled()
      await this.placing
    } while (session !== this.session || this.results.isRunning)
    if (!this.results.isComplete) {
      throw new Error('The new settings are not shown: their computing was cancelled or failed.')
    }
    this.draw()
    await session.drawing.drawn()
  }

  /** Draws the stage and shows everything else, at the next frame. */
  redraw(): void {
    this.isStageOld = true
    this.refresh()
  }

  /** Shows everything but the stage, at the next frame. */
  private refresh(): void {
    this.frame ||= requestAnimationFrame(() => this.draw())
  }

  private draw(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    const { settings, session, results, pointer, watch } = this
    this.parts.show({
      settings,
      results,
      pointer,
      check: watch.found,
      engine: session?.engine ?? null,
      playing: this.playback.playing,
      history: this.history,
    })
    clearTimeout(this.wordsTimer)
    this.wordsTimer = setTimeout(() => void this.putIntoWords(), wordsDelay)
    if (!session || !this.isStageOld) return
    // The first frame compiles all that draws, and the first slices would have to wait for it.
    if (!results.isComplete && performance.now() < this.drawAnywayAt) return
    this.isStageOld = false
    this.drawAnywayAt = 0
    const { starts, why } = this.parts
    const picture = stagePicture(settings, results, pointer, starts?.lit ?? null)
    session.drawing.show(why?.addTo(picture, results) ?? picture)
  }

  /** While it plays, the words of a moment ago would be read. */
  private async putIntoWords(): Promise<void> {
    if (this.playback.playing || !this.results.isComplete) return
    const { stageText } = await import('./stageText')
    this.parts.layout.stageText.textContent = await stageText(this.settings, this.results)
  }
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
