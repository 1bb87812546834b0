/**
 * Divides a GPU's queue between computing and drawing. The queue works off one thing after the
 * other, and a frame may take a hundred times as long as a slice of computing: while something is
 * computed, a frame is drawn only after two frames' worth of computing, so that computing has two
 * thirds of the time at least.
 */

/** Milliseconds of computing for each millisecond of drawing, while something is computed. */
const computingShare = 2

/** Frames on their way at once: a second one keeps the GPU busy, a third one only waits. */
const mostFrames = 2

/** Ends that are noticed within these milliseconds are noticed at once. */
const instant = 1

/**
 * Milliseconds by which the end of a slice may be noticed late: Firefox looks every 100 ms. Where a
 * slice took longer than the GPU's clock says by more, the clock is not believed: a wrong one must
 * not make slices of seconds.
 */
const latestNotice = 200

/** The time that a slice took. */
export interface SliceTime {
  milliseconds: number
  /** The milliseconds are the slice's alone: by the GPU's clock, or because no frame was beside it. */
  isClean: boolean
}

export class Turns {
  private previousEnd = 0
  /** Runs under way. */
  private runs = 0
  /** Milliseconds that the next frame has to leave to computing first. */
  private owed = 0
  /** Whether a slice without a frame beside it has ended since the last frame. */
  private isLearned = true
  private frames = 0
  /** Increases with the submission of each frame. */
  private frameCount = 0
  /** Milliseconds too many of the slices that were noticed in the last instant. */
  private excess = 0

  constructor(
    private readonly queue: Pick<GPUQueue, 'onSubmittedWorkDone'>,
    private readonly now = () => performance.now(),
  ) {}

  /** Whether a frame that is drawn now takes nothing from computing that is due to it. */
  get mayDraw(): boolean {
    const { runs, frames, owed, isLearned } = this
    return runs === 0 ? frames < mostFrames : frames === 0 && owed <= 0 && isLearned
  }

  /** Call after the submission of a frame; the milliseconds that it took on the GPU. */
  async drew(): Promise<number> {
    this.frames++
    this.frameCount++
    this.isLearned = false
    // A lost queue draws nothing more; whoever awaits its loss reports it.
    const milliseconds = await this.ended().catch(() => 0)
    this.frames--
    // The end of a slice before it may have been noticed only now.
    const whole = milliseconds + this.excess
    this.excess = 0
    this.owed = computingShare * whole
    return whole
  }

  /** Frames are held back until the function that is returned is called. */
  beginComputing(): () => void {
    this.runs++
    return () => {
      this.runs--
    }
  }

  /**
   * Call after the submission of a slice.
   *
   * @param expected milliseconds that it takes at the speed known so far
   * @param measured milliseconds by the GPU's own clock; null or omitted where there is none
   */
  async computed(
    expected: number,
    measured: Promise<number | null> = Promise.resolve(null),
  ): Promise<SliceTime> {
    const { frames, frameCount } = this
    const [whole, own] = await Promise.all([this.ended(), measured])
    const isAlone = frames === 0 && frameCount === this.frameCount
    const isDoubtful = own !== null && isAlone && whole > own + latestNotice
    const exact = isDoubtful ? null : own
    const milliseconds = exact ?? (isAlone ? whole : Math.min(whole, expected))
    const isClean = exact !== null || isAlone
    this.excess += Math.max(0, whole - milliseconds)
    this.owed -= milliseconds
    this.isLearned ||= isAlone
    return { milliseconds, isClean }
  }

  /** Milliseconds from the submission, or from the end of what stood before it, to the end. */
  private async ended(): Promise<number> {
    const begin = this.now()
    await this.queue.onSubmittedWorkDone()
    const end = this.now()
    if (end - this.previousEnd > instant) this.excess = 0
    const milliseconds = end - Math.max(begin, this.previousEnd)
    this.previousEnd = end
    return milliseconds
  }
}
