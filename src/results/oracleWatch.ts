/** When the oracle looks at what is shown, and what it has found. */
import type { Crowd, Surface } from '../engine/engine'
import type { OracleCheck } from './oracleCheck'

/** Looks once at each new pair of results: a steady page reads nothing back. */
export class OracleWatch {
  /** What the last look found, null before the first. */
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
      // Replaced or lost meanwhile: its successor is looked at in its place.
    }
  }

  forget(): void {
    this.found = null
    this.seen = null
  }
}
