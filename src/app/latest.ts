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
  /** The value is of older settings, or not complete; true while a job is wanted or running. */
  isComplete = true
  /** The value is of older settings than those wanted. */
  isStale = false
  /** Share of the job under way that is done, null when there is none. */
  progress: number | null = null

  private wanted: Job<Value> | null = null
  private abort = new AbortController()
  private running: Promise<void> | null = null
  /** Grows with each clearing. */
  private epoch = 0

  constructor(private readonly events: LatestEvents<Value>) {}

  request(job: Job<Value>): void {
    this.wanted = job
    this.isStale = true
    this.isComplete = false
    this.abort.abort(new Error('A newer job has taken its place.'))
    this.running ??= this.run().finally(() => {
      this.running = null
    })
  }

  /** Drops the job under way; the value stays as it is. */
  cancel(): void {
    this.wanted = null
    this.abort.abort(new Error('Cancelled.'))
  }

  /** Forgets the value; what a job under way still gives is dropped, too. */
  clear(): void {
    this.cancel()
    this.epoch++
    this.value = null
  }

  /** Resolves when no job is wanted or running. */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  private async run(): Promise<void> {
    while (this.wanted) {
      const job = this.wanted
      this.wanted = null
      this.abort = new AbortController()
      const { epoch } = this
      const { signal } = this.abort
      const take = (value: Value) => {
        if (epoch === this.epoch) this.take(value)
      }
      try {
        const value = await job({
          signal,
          onProgress: (fraction) => this.report(fraction),
          onCoarse: take,
        })
        this.isComplete = this.wanted === null
        take(value)
      } catch (reason) {
        if (!signal.aborted) this.events.onError(reason)
      }
      this.report(null)
    }
  }

  private take(value: Value): void {
    const before = this.value
    this.value = value
    this.isStale = this.wanted !== null
    this.events.onValue(value, before)
  }

  private report(progress: number | null): void {
    this.progress = progress
    this.events.onProgress()
  }
}
