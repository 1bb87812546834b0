/** A GPU's queue with a clock of its own: everything that is submitted takes the time it is given. */
import { Pacer } from '../../src/gpu/pacer'
import { Turns } from '../../src/gpu/turns'

export class FakeQueue {
  now = 0
  private end = 0
  /** Whether the end of what stands before a frame is noticed only with the end of the frame. */
  isBlockedByFrames = false
  private frameEnd = 0
  private submissions = 0
  private frameAt = 0
  private readonly events: { at: number; order: number; happen(): void }[] = []
  /** Ends are noticed only at multiples of these milliseconds. */
  noticeEvery = 1e-9
  /** Milliseconds that the GPU's own clock says of a slice that took so long; null without one. */
  clock: (milliseconds: number) => number | null = () => null
  private lastSlice = 0
  longestSlice = 0
  readonly counts = { frames: 0, slices: 0 }
  readonly turns = new Turns(this, () => this.now)
  readonly pacer = new Pacer({ lost: new Promise(() => {}) }, this.turns, () => ({
    end: async () => {
      const milliseconds = this.clock(this.lastSlice)
      await this.onSubmittedWorkDone()
      return milliseconds
    },
    discard() {},
  }))

  submit(kind: 'frames' | 'slices', milliseconds: number): void {
    this.end = Math.max(this.now, this.end) + milliseconds
    this.counts[kind]++
    this.submissions++
    if (kind === 'slices') {
      this.lastSlice = milliseconds
      this.longestSlice = Math.max(this.longestSlice, milliseconds)
      return
    }
    this.frameEnd = this.end
    this.frameAt = this.submissions
  }

  onSubmittedWorkDone(): Promise<undefined> {
    const end = Math.ceil(this.end / this.noticeEvery) * this.noticeEvery
    const at = this.submissions
    return new Promise((resolve) => {
      const notice = () => {
        const isBlocked = this.isBlockedByFrames && this.frameAt > at && this.frameEnd > this.now
        if (isBlocked) this.at(this.frameEnd, notice, at)
        else resolve(undefined)
      }
      this.at(end, notice, at)
    })
  }

  /** Animation frames every 16 ms, as long as `wants`: each draws if it is drawing's turn. */
  animate(cost: () => number, wants: () => boolean): void {
    const frame = () => {
      if (!wants()) return
      if (this.turns.mayDraw) {
        this.submit('frames', cost())
        void this.turns.drew()
      }
      this.at(this.now + 16, frame)
    }
    this.at(this.now, frame)
  }

  /** Computes work of which a millisecond takes `rate`. */
  compute(total: number, rate: number): Promise<void> {
    let rest = total
    return this.pacer.run((budget) => {
      const work = Math.min(rest, budget)
      if (work > 0) this.submit('slices', work / rate)
      rest -= work
      return work
    })
  }

  /** Lets time pass until the promise is settled. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    promise.then(settle, settle)
    for (;;) {
      // Whatever the last event has set free runs before the next one.
      await new Promise((resolve) => setImmediate(resolve))
      if (isSettled) return promise
      this.events.sort((a, b) => a.at - b.at || a.order - b.order)
      const next = this.events.shift()
      if (!next) throw new Error('Nothing is left to happen.')
      this.now = Math.max(this.now, next.at)
      next.happen()
    }
  }

  /** At the same time the earlier of two submissions is noticed first, and an animation frame last. */
  private at(time: number, happen: () => void, order = Number.POSITIVE_INFINITY): void {
    this.events.push({ at: time, order, happen })
  }
}
