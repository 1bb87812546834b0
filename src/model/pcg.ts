/**
 * PCG-RXS-M-XS with 32 bits, used as a hash: M. E. O'Neill, "PCG: A Family of Simple Fast
 * Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014. It uses
 * integer arithmetic only, so any language gives the same bits.
 */
export function pcg(input: number): number {
  const state = (Math.imul(input, 747796405) + 2891336453) >>> 0
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0
  return ((word >>> 22) ^ word) >>> 0
}

/** Uniform in [0, 1), a multiple of 2^-24 and so exact in f32; one for each (seed, index). */
export function uniform(seed: number, index: number): number {
  return (pcg((pcg(seed) + index) >>> 0) >>> 8) / 2 ** 24
}
