/**
 * Runs long work in slices of about 12 ms, so that the page's frames get their turn and no system
 * considers the GPU hung. The size of a slice follows the measured speed. Two slices are in flight,
 * so that the GPU does not wait for the page between them.
 */
import type { SliceClock } from './sliceClock'
import type { Turns } from './turns'

const sliceMilliseconds = 12
const inFlight = 2

/** Fewest loss terms per millisecond to assume: smaller slices would spend the time waiting. */
const leastRate = 5000

export interface PacedOptions {
  signal?: AbortSignal | undefined
  /** Called after each slice with the work so far, and this slice's work and milliseconds. */
  onSlice?(done: number, work: number, milliseconds: number): void
}

export class Pacer {
  /**
   * Work in one millisecond, in loss terms (one sample at one place). It begins with the speed of a
   * slow processor, so that the first slice is short everywhere.
   */
  private rate = 50_000
  /** The sums behind `rate`: recent work and the time it took; older slices count less. */
  private lately = { work: this.rate, milliseconds: 1 }
  private lost: string | null = null

  constructor(
    device: Pick<GPUDevice, 'lost'>,
    private readonly turns: Turns,
    private readonly clock: SliceClock | null = null,
  ) {
    void device.lost.then(({ message }) => {
      this.lost = `The graphics device was lost: ${message}`
    })
  }

  /** Work in one slice at the current speed. */
  get budget(): number {
    return this.rate * sliceMilliseconds
  }

  /** Milliseconds that the work is expected to take. */
  expected(work: number): number {
    return work / this.rate
  }

  /**
   * Calls `submit(budget)` again and again; it submits work of about that size and returns what it
   * was, or 0 when nothing is left. Rejects when aborted, or when the device is lost.
   */
  async run(submit: (budget: number) => number, options: PacedOptions = {}): Promise<void> {
    const end = this.turns.beginComputing()
    try {
      await this.runSlices(submit, options)
    } finally {
      end()
    }
  }

  private async runSlices(
    submit: (budget: number) => number,
    { signal, onSlice }: PacedOptions,
  ): Promise<void> {
    const slices: Promise<void>[] = []
    let done = 0
    for (;;) {
      signal?.throwIfAborted()
      if (this.lost) throw new Error(this.lost)
      const mark = this.clock?.()
      const work = submit(this.budget)
      if (work === 0) {
        mark?.discard()
        break
      }
      const time = this.turns.computed(this.expected(work), mark?.end())
      const slice = time.then(({ milliseconds, isClean }) => {
        if (isClean) this.learn(work, milliseconds)
        done += work
        if (!signal?.aborted) onSlice?.(done, work, milliseconds)
      })
      // Awaited below, but perhaps only after another one has failed.
      slice.catch(() => {})
      slices.push(slice)
      if (slices.length >= inFlight) await slices.shift()
    }
    await Promise.all(slices)
    signal?.throwIfAborted()
    if (this.lost) throw new Error(this.lost)
  }

  /**
   * Sums are blended, not rates: two slices may be noticed at once, and then the second one seems
   * to have taken no time. A slice may be 4 times as large as the one before, or a quarter.
   */
  private learn(work: number, milliseconds: number): void {
    const { lately, rate } = this
    lately.work = lately.work / 2 + work
    lately.milliseconds = lately.milliseconds / 2 + milliseconds
    const measured = lately.work / Math.max(lately.milliseconds, 0.1)
    this.rate = Math.max(leastRate, Math.min(Math.max(measured, rate / 4), rate * 4))
  }
}
