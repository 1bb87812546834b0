/** What is on the screen, and when it is drawn anew: at the next frame after something has changed. */
import { formatCount } from '../display/numbers'
import type { Crowd } from '../engine/engine'
import type { Page } from '../page/page'
import type { Session } from '../page/session'
import { OracleWatch } from '../results/oracleWatch'
import type { Results } from '../results/results'
import type { History } from '../settings/history'
import type { Place } from '../stage/picture'
import type { PageParts } from './page'
import type { Playback } from './playback'
import { shownCrowd, stagePicture } from './stagePicture'

/** Milliseconds between two looks at the progress: even a number is a frame of the page. */
const progressInterval = 100

/** Milliseconds without a change until what is shown is put into words. */
const wordsDelay = 600

/** Milliseconds that the first frame waits for complete results at most. */
const firstFrameDelay = 1200

export class Frames {
  private pointer: Place | null = null
  private readonly watch = new OracleWatch()
  private frame = 0
  private isPageOld = true
  private isStageOld = true
  /** When the stage may be drawn although results are still missing. */
  private drawAnywayAt = 0
  private strideTold = 1
  private wordsTimer: ReturnType<typeof setTimeout> | undefined
  private progressTimer: ReturnType<typeof setTimeout> | null = null
  private placing: Promise<void> = Promise.resolve()

  constructor(
    private readonly page: Page,
    private readonly playback: Playback,
    private readonly history: History,
    private readonly parts: PageParts,
  ) {}

  private get results(): Results {
    return this.page.results
  }

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
    const drawing = this.page.session?.drawing
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
    return shownCrowd(this.page.current(), this.results)
  }

  private tellStride({ recording: { stride }, trajectories }: Crowd): void {
    if (stride !== this.strideTold && stride > 1) {
      this.parts.notice(
        `${formatCount(trajectories)} descents are recorded every ${stride} steps; the steps between are recomputed exactly.`,
      )
    }
    this.strideTold = stride
  }

  /** Moves the heads of the crowd to the shown step. */
  placeHeads(): void {
    const { crowd } = this
    if (!crowd) return
    this.placing = crowd.seek(this.page.current().step).then(
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
    const { page, results, parts } = this
    let session: Session
    do {
      session = await page.opened()
      await results.settled()
      await this.placing
      await parts.lenses.loaded(page.current())
    } while (session !== page.session || results.isRunning)
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
    this.isPageOld = true
    this.frame ||= requestAnimationFrame(this.onFrame)
  }

  /** A step of the playback is drawn in the frame in which it is taken. */
  private readonly onFrame = (now: number) => {
    const { playback } = this
    this.frame = playback.playing ? requestAnimationFrame(this.onFrame) : 0
    if (playback.playing) playback.advance(now)
    if (this.isPageOld) this.draw()
  }

  private draw(): void {
    this.isPageOld = false
    const { page, results, pointer, parts } = this
    const { session } = page
    const settings = page.current()
    parts.show({
      settings,
      results,
      pointer,
      check: this.watch.found,
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
    session.drawing.show({
      ...stagePicture(settings, results, pointer),
      ...parts.lenses.overlay(settings, results),
    })
  }

  /** While it plays, the words of a moment ago would be read. */
  private async putIntoWords(): Promise<void> {
    const { page, results } = this
    if (this.playback.playing || !results.isComplete) return
    const { stageText } = await import('../page/stageText')
    const settings = page.current()
    const { layout, lenses } = this.parts
    layout.stageText.textContent = stageText(settings, results, lenses.words(settings, results))
  }
}
