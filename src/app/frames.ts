/** What is on the screen, and when it is drawn anew: at the next frame after something has changed. */
import type { Crowd } from '../engine/engine'
import { OracleWatch } from '../results/oracleWatch'
import type { Results } from '../results/results'
import type { History } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { Place } from '../stage/picture'
import type { PageParts } from './page'
import type { Session } from './session'
import { shownCrowd, stagePicture } from './stagePicture'

/** Milliseconds between two looks at the progress: even a number is a frame of the page. */
const progressInterval = 100

/** Milliseconds without a change until what is shown is put into words. */
const wordsDelay = 600

/** Milliseconds that the first frame waits for complete results at most. */
const firstFrameDelay = 1200

/** What there is to show. */
export interface Shown {
  settings(): Settings
  /** Null while none is open. */
  session(): Session | null
  /** The session that is open or being opened. */
  opened(): Promise<Session>
  playing(): boolean
  readonly history: History
}

export class Showing {
  private pointer: Place | null = null
  private readonly watch = new OracleWatch()
  private frame = 0
  private isStageOld = true
  /** When the stage may be drawn although results are still missing. */
  private drawAnywayAt = 0
  private strideTold = 1
  private wordsTimer: ReturnType<typeof setTimeout> | undefined
  private progressTimer: ReturnType<typeof setTimeout> | null = null
  private placing: Promise<void> = Promise.resolve()

  constructor(
    private readonly shown: Shown,
    private readonly results: Results,
    private readonly parts: PageParts,
  ) {}

  onOpened(): void {
    this.drawAnywayAt = performance.now() + firstFrameDelay
    setTimeout(() => this.redraw(), firstFrameDelay)
  }

  onClosed(): void {
    this.watch.forget()
  }

  onPointer(place: Place | null): void {
    this.pointer = place
    this.redraw()
  }

  onResults(): void {
    this.placeHeads()
    this.redraw()
    if (this.results.isComplete) this.afterCompletion()
  }

  /** Progress is written, not drawn: a frame of the stage may cost more than a slice. */
  onProgress(): void {
    this.progressTimer ??= setTimeout(() => {
      this.progressTimer = null
      this.refresh()
    }, progressInterval)
  }

  /** What is drawn now may still read it; after the next frame nothing does. */
  onRetired(result: { dispose(): void }): void {
    const drawing = this.shown.session()?.drawing
    this.redraw()
    requestAnimationFrame(() => {
      void (drawing?.drawn() ?? Promise.resolve()).then(() => result.dispose())
    })
  }

  private afterCompletion(): void {
    const surface = this.results.surface.value
    const crowd = this.crowd
    if (!surface) return
    if (crowd) this.tellStride(crowd)
    void this.watch.look(surface, crowd).then(() => this.refresh())
  }

  private get crowd(): Crowd | null {
    return shownCrowd(this.shown.settings(), this.results)
  }

  private tellStride({ recording: { stride }, trajectories }: Crowd): void {
    if (stride !== this.strideTold && stride > 1) {
      this.parts.notice(
        `${trajectories.toLocaleString('en')} descents are recorded every ${stride} steps; the steps between are recomputed exactly.`,
      )
    }
    this.strideTold = stride
  }

  /** Moves the heads of the crowd to the shown step. */
  placeHeads(): void {
    const { crowd } = this
    if (!crowd) return
    this.placing = crowd.seek(this.shown.settings().step).then(
      () => this.redraw(),
      // The engine is lost, which is told elsewhere.
      () => {},
    )
  }

  /** Resolves when the screen shows what the settings say; rejects as `complete`. */
  async settled(): Promise<void> {
    const { drawing } = await this.complete()
    await drawing.drawn()
  }

  /**
   * Resolves when what is drawn next is what the settings say.
   *
   * @throws a sentence where what is shown can not become that of the settings
   */
  async complete(): Promise<Session> {
    const { shown, results, parts } = this
    let session: Session
    do {
      session = await shown.opened()
      await results.settled()
      await this.placing
      await parts.lenses.loaded(shown.settings())
    } while (session !== shown.session() || results.isRunning)
    if (!results.isComplete) {
      throw new Error(
        'The settings are not shown: their computing was cancelled or has failed. Change a setting to compute again.',
      )
    }
    this.draw()
    return session
  }

  /** Draws the stage and shows everything else, at the next frame. */
  redraw(): void {
    this.isStageOld = true
    this.refresh()
  }

  /** Shows everything but the stage, at the next frame. */
  refresh(): void {
    this.frame ||= requestAnimationFrame(() => this.draw())
  }

  private draw(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    const { shown, results, pointer, parts } = this
    const [settings, session] = [shown.settings(), shown.session()]
    parts.show({
      settings,
      results,
      pointer,
      check: this.watch.found,
      engine: session?.engine ?? null,
      playing: shown.playing(),
      history: shown.history,
    })
    clearTimeout(this.wordsTimer)
    this.wordsTimer = setTimeout(() => void this.putIntoWords(), wordsDelay)
    if (!session || !this.isStageOld) return
    // The first frame compiles all that draws, and the first slices would have to wait for it.
    if (!results.isComplete && performance.now() < this.drawAnywayAt) return
    this.isStageOld = false
    this.drawAnywayAt = 0
    session.drawing.show({
      ...stagePicture(settings, results, pointer),
      ...parts.lenses.overlay(settings, results),
    })
  }

  /** While it plays, the words of a moment ago would be read. */
  private async putIntoWords(): Promise<void> {
    const { shown, results } = this
    if (shown.playing() || !results.isComplete) return
    const { stageText } = await import('../page/stageText')
    const settings = shown.settings()
    const { layout, lenses } = this.parts
    layout.stageText.textContent = stageText(settings, results, lenses.words(settings, results))
  }
}
