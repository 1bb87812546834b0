/** Decides when the oracle checks what is shown, and keeps its findings. */
import type { Crowd, Surface } from '../engine/engine'
import type { OracleCheck } from './oracleCheck'

/** Checks each new pair of results once, so that a page at rest reads nothing back. */
export class OracleWatch {
  /** The last check's findings; null before the first. */
  found: OracleCheck | null = null
  private seen: readonly [Surface, Crowd | null] | null = null
  private looks = 0

  async look(surface: Surface, crowd: Crowd | null): Promise<void> {
    if (this.seen?.[0] === surface && this.seen[1] === crowd) return
    const pair = [surface, crowd] as const
    this.seen = pair
    this.found = null
    try {
      // Not needed for the first picture.
      const { checkByOracle } = await import('./oracleCheck')
      const found = await checkByOracle(surface, crowd, this.looks++)
      if (this.seen === pair) this.found = found
    } catch {
      // It was replaced or lost in the meantime: its successor is checked instead.
    }
  }

  forget(): void {
    this.found = null
    this.seen = null
  }
}
