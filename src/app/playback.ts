/** Moves the shown step during playback, in each frame before it is drawn. */
export class Playback {
  playing = false
  private last = 0
  private exact = 0

  constructor(
    private readonly state: () => { step: number; steps: number; speed: number; loop: boolean },
    private readonly onStep: (step: number) => void,
    private readonly onStateChange: () => void,
  ) {}

  /** Plays; begins again at the start if the last step is shown. */
  play(): void {
    if (this.playing) return
    const { step, steps } = this.state()
    this.exact = step >= steps ? 0 : step
    if (this.exact !== step) this.onStep(this.exact)
    this.last = performance.now()
    this.playing = true
    this.onStateChange()
  }

  pause(): void {
    if (!this.playing) return
    this.playing = false
    this.onStateChange()
  }

  /** @param now time of the frame that is about to be drawn, in milliseconds */
  advance(now: number): void {
    const { step, steps, speed, loop } = this.state()
    // Somebody has scrubbed: go on from there.
    if (Math.min(Math.floor(this.exact), steps) !== step) this.exact = step
    // The step does not jump after the tab was hidden for a while.
    this.exact += (Math.min(Math.max(now - this.last, 0), 250) / 1000) * speed
    this.last = now
    if (this.exact >= steps && !loop) this.pause()
    // The last step stays for a second, to show where the run ended.
    if (this.exact >= steps + speed) this.exact = 0
    const next = Math.min(Math.floor(this.exact), steps)
    if (next !== step) this.onStep(next)
  }
}
