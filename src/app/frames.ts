/** Redraws the screen, at the next frame after a change. */
import { formatCount } from '../display/numbers'
import type { Crowd } from '../engine/engine'
import type { Page } from '../page/page'
import type { Session } from '../page/session'
import { OracleWatch } from '../results/oracleWatch'
import type { Results } from '../results/results'
import type { History } from '../settings/history'
import type { Place } from '../stage/picture'
import { loadModule } from '../widgets/loadModule'
import type { PageParts } from './pageParts'
import type { Playback } from './playback'
import { shownCrowd, stagePicture } from './stagePicture'

/** Milliseconds between two updates of the progress: even a number costs a frame of the page. */
const progressInterval = 100

/** Milliseconds without a change until the text about the picture is written. */
const wordsDelay = 600

/** Milliseconds after a change that is one of many until a picture counts as standing still. */
const restDelay = 250

/** The most milliseconds that the first frame waits for complete results. */
const firstFrameDelay = 1200

export class Frames {
  private pointer: Place | null = null
  private readonly watch = new OracleWatch()
  private frame = 0
  private isPageOld = true
  private isStageOld = true
  private areHeadsOld = false
  private movingUntil = 0
  private restTimer: ReturnType<typeof setTimeout> | undefined
  /** Time from which the stage is drawn even if results are missing. */
  private drawAnywayAt = 0
  private drawnTrajectories = 0
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
    if (this.results.isComplete) this.afterCompletion()
  }

  /** Updates the progress; the stage is drawn as often as its turn comes, if the crowd has grown. */
  onProgress(): void {
    const finished = this.crowd?.finished ?? 0
    if (finished !== this.drawnTrajectories) this.placeHeads()
    this.progressTimer ??= setTimeout(() => {
      this.progressTimer = null
      this.refresh()
    }, progressInterval)
  }

  /** The present frame may still read the result; after the next one nothing does. */
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

  /** Draws the heads of the crowd at the shown step. */
  placeHeads(): void {
    this.areHeadsOld = true
    this.redraw()
  }

  /** Moves the heads to the shown step; if that takes until later, another frame shows them. */
  private moveHeads(): void {
    if (!this.areHeadsOld) return
    this.areHeadsOld = false
    const placing = this.crowd?.seek(this.page.current().step)
    if (!placing) return
    this.placing = placing.then(
      () => this.redraw(),
      // The engine is lost, which is reported elsewhere.
      () => {},
    )
  }

  /** Resolves when the screen shows what the settings say; rejects as `complete` does. */
  async settled(): Promise<void> {
    const { drawing } = await this.complete()
    await drawing.drawn()
  }

  /**
   * Resolves when the next frame will show what the settings say.
   *
   * @throws a sentence if the results for these settings cannot be shown
   */
  async complete(): Promise<Session> {
    const { page, results, parts } = this
    let session: Session
    do {
      session = await page.opened()
      await results.settled()
      this.moveHeads()
      await this.placing
      await parts.lenses.loaded(page.current())
    } while (session !== page.session || results.isRunning)
    if (!results.isComplete) {
      throw new Error(
        'The page does not show these settings: the computation was cancelled or failed. Change a setting to compute again.',
      )
    }
    if (this.isPageOld) this.drawPage()
    if (this.isStageOld || session.drawing.stage?.isReduced) this.drawStage()
    return session
  }

  /** Draws everything in this task, while the stage's canvas still holds its picture. */
  drawNow(): void {
    this.drawPage()
    this.drawStage()
  }

  /** Redraws the stage and everything else at the next frame. */
  redraw(): void {
    this.isStageOld = true
    this.refresh()
  }

  /** Updates everything but the stage at the next frame. */
  refresh(): void {
    this.isPageOld = true
    this.frame ||= requestAnimationFrame(this.onFrame)
  }

  /** Takes a step of the playback and draws it in the same frame; both wait for their turn. */
  private readonly onFrame = (now: number) => {
    const { playback, page } = this
    const mayDraw = page.session?.drawing.mayDraw() ?? true
    const goesOn = playback.playing || (this.isStageOld && !mayDraw)
    this.frame = goesOn ? requestAnimationFrame(this.onFrame) : 0
    if (playback.playing && mayDraw) playback.advance(now)
    if (this.isPageOld) this.drawPage()
    if (this.isStageOld && mayDraw) this.drawStage(playback.playing || now < this.movingUntil)
  }

  /** Tells that the present change is one of many, in a drag for example. */
  moves(): void {
    this.movingUntil = performance.now() + restDelay
  }

  /** Draws everything whole when nothing has moved for a while. */
  private rest(): void {
    clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      if (this.page.session?.drawing.stage?.isReduced) this.redraw()
    }, restDelay)
  }

  private drawPage(): void {
    this.isPageOld = false
    const { page, results, pointer, parts } = this
    const { session } = page
    const settings = page.current()
    parts.show({
      settings,
      results,
      pointer,
      check: this.watch.found,
      engine: page.hasEnded ? 'none' : (session?.engine ?? null),
      isReduced: session?.drawing.stage?.isReduced ?? false,
      playing: this.playback.playing,
      history: this.history,
    })
    clearTimeout(this.wordsTimer)
    this.wordsTimer = setTimeout(() => void this.putIntoWords(), wordsDelay)
  }

  private drawStage(isMoving = false): void {
    const { page, results, pointer, parts } = this
    const { session } = page
    if (!session) return
    // The first frame compiles all shaders, and the first slices would have to wait for it.
    if (!results.isComplete && performance.now() < this.drawAnywayAt) return
    this.isStageOld = false
    this.drawAnywayAt = 0
    this.moveHeads()
    this.drawnTrajectories = this.crowd?.finished ?? 0
    const settings = page.current()
    const { drawing } = session
    const wasReduced = drawing.stage?.isReduced
    const overlay = parts.lenses.overlay(settings, results)
    drawing.show({ ...stagePicture(settings, results, pointer), ...overlay }, isMoving)
    // The status tells.
    if (drawing.stage?.isReduced !== wasReduced) this.refresh()
    if (isMoving) this.rest()
  }

  /** Writes nothing during playback, when a screen reader would read text that is already old. */
  private async putIntoWords(): Promise<void> {
    const { page, results } = this
    if (this.playback.playing || !results.isComplete) return
    // Without it there are no words until the next change, which is another try.
    const loaded = await loadModule(() => import('../page/stageText')).catch(() => null)
    if (!loaded) return
    const settings = page.current()
    const { layout, lenses } = this.parts
    layout.stageText.textContent = loaded.stageText(
      settings,
      results,
      lenses.words(settings, results),
    )
  }
}
