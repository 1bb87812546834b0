/**
 * One result that follows the settings. The newest job wins; a job under way is not stopped before
 * its coarse result is there, so that a drag always shows something, and is dropped after that.
 */
import type { JobOptions } from '../engine/engine'

type Job<Value> = (options: JobOptions<Value>) => Promise<Value>

export interface LatestEvents<Value> {
  /** A value has arrived; `before` is the one that it replaces, to be released. */
  onValue(value: Value, before: Value | null): void
  onProgress(): void
  onError(reason: unknown): void
}

export class Latest<Value> {
  value: Value | null = null
  /** The value is that of the newest job, and all of it. */
  isComplete = true
  /** The value is of an older job than the newest. */
  isStale = false
  /** Share of the job under way that is done, null when there is none. */
  progress: number | null = null

  private newest: Job<Value> | null = null
  private wanted: Job<Value> | null = null
  private running: Promise<void> | null = null
  private underWay: Promise<void> | null = null
  /** Drops a job after its coarse result: a newer one has taken its place. */
  private superseded = new AbortController()
  /** Drops a job at once. */
  private cancelled = new AbortController()
  /** Grows with each clearing. */
  private epoch = 0

  constructor(private readonly events: LatestEvents<Value>) {}

  request(job: Job<Value>): void {
    this.newest = job
    this.wanted = job
    this.isStale = true
    this.isComplete = false
    this.superseded.abort(new Error('A newer job has taken its place.'))
    this.running ??= this.run()
  }

  /** Drops the job under way; the value stays as it is. */
  cancel(): void {
    this.wanted = null
    this.superseded.abort(new Error('Cancelled.'))
    this.cancelled.abort(new Error('Cancelled.'))
  }

  /** Forgets the value; what a job under way still gives is dropped, too. */
  clear(): void {
    this.cancel()
    this.epoch++
    this.value = null
  }

  get isRunning(): boolean {
    return this.running !== null
  }

  /** Resolves when no job is wanted or running. */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  /** Resolves when the job under way has ended, though a newer one may be wanted; at once without one. */
  async next(): Promise<void> {
    await this.underWay
  }

  private async run(): Promise<void> {
    while (this.wanted) {
      const job = this.wanted
      this.wanted = null
      this.underWay = this.runOne(job)
      await this.underWay
      this.report(null)
    }
    this.running = null
  }

  private async runOne(job: Job<Value>): Promise<void> {
    this.superseded = new AbortController()
    this.cancelled = new AbortController()
    const { epoch } = this
    const [{ signal }, { signal: coarseSignal }] = [this.superseded, this.cancelled]
    const take = (value: Value, isWhole: boolean) => {
      if (epoch === this.epoch) this.take(value, job, isWhole)
    }
    try {
      const value = await job({
        signal,
        coarseSignal,
        onProgress: (fraction) => this.report(fraction),
        onCoarse: (partial) => take(partial, false),
      })
      take(value, true)
    } catch (reason) {
      if (!signal.aborted) this.events.onError(reason)
    }
  }

  private take(value: Value, job: Job<Value>, isWhole: boolean): void {
    const before = this.value
    this.value = value
    this.isStale = job !== this.newest
    this.isComplete = isWhole && !this.isStale
    this.events.onValue(value, before)
  }

  private report(progress: number | null): void {
    this.progress = progress
    this.events.onProgress()
  }
}
