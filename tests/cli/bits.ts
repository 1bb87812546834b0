/** Numbers of the command line held against those of the model. */
import { expect } from 'vitest'

/** Every number, sign of zero included. */
export function expectBits(
  found: readonly number[],
  wanted: ArrayLike<number>,
  what: string,
): void {
  expect(found.length, what).toBe(wanted.length)
  const at = found.findIndex((value, i) => !Object.is(value, wanted[i]))
  expect(at, `${what}: ${found[at]} at ${at}, not ${wanted[at]}`).toBe(-1)
}

/** Float k of each cell of four. */
export function every(cells: Float32Array, k: number): Float32Array {
  return cells.filter((_, i) => i % 4 === k)
}
