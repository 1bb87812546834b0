/**
 * One result that follows the settings. The newest job wins; a running job is not stopped before
 * its coarse result arrives, so that a drag always shows something, and is dropped after that.
 */
import type { JobOptions } from '../engine/engine'

type Job<Value> = (options: JobOptions<Value>) => Promise<Value>

export interface LatestEvents<Value> {
  /** A value has arrived; `before` is the one it replaces, to be released. */
  onValue(value: Value, before: Value | null): void
  onProgress(): void
  onError(reason: unknown): void
}

export class Latest<Value> {
  value: Value | null = null
  /** The value is the complete result of the newest job. */
  isComplete = true
  /** The value belongs to a job older than the newest. */
  isStale = false
  /** Share done of the running job, or null if none is running. */
  progress: number | null = null

  private newest: Job<Value> | null = null
  private wanted: Job<Value> | null = null
  private running: Promise<void> | null = null
  private underWay: Promise<void> | null = null
  /** Drops a job after its coarse result, because a newer one has taken its place. */
  private superseded = new AbortController()
  /** Drops a job at once. */
  private cancelled = new AbortController()
  /** Increases with each clearing. */
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

  /** Drops the running job; the value is unchanged. */
  cancel(): void {
    this.wanted = null
    this.superseded.abort(new Error('Cancelled.'))
    this.cancelled.abort(new Error('Cancelled.'))
  }

  /** Forgets the value; later results of the running job are dropped too. */
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

  /** Resolves when the running job, if any, has ended, even if a newer one is wanted. */
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
