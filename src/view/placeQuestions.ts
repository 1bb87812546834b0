/** Asking the stage for places takes a frame or so: one question at a time, the newest of those that wait. */
import type { Place } from './picture'

type Ask = () => Promise<void>

export class PlaceQuestions {
  private busy = false
  private waiting: Ask | null = null
  private waitingMatters = false

  constructor(private readonly placeAt: (x: number, y: number) => Promise<Place | null>) {}

  /** @param matters the answer of a click, say, which no question of a hover may push aside */
  ask(x: number, y: number, deliver: (place: Place | null) => void, matters: boolean): void {
    if (this.waiting && this.waitingMatters && !matters) return
    this.waiting = async () => deliver(await this.placeAt(x, y))
    this.waitingMatters = matters
    void this.work()
  }

  /** Drops the question that waits, unless its answer matters. */
  drop(): void {
    if (!this.waitingMatters) this.waiting = null
  }

  private async work(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      while (this.waiting) {
        const ask = this.waiting
        this.waiting = null
        this.waitingMatters = false
        await ask()
      }
    } finally {
      this.busy = false
    }
  }
}
