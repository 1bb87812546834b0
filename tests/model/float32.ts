/** f32 by its bits, independent of src/model/permitted/interval.ts. */
import fc from 'fast-check'

const floats = new Float32Array(1)
const bits = new Uint32Array(floats.buffer)

export const smallestNormal = 2 ** -126

/** The f32 with these bits. */
function fromBits(pattern: number): number {
  bits[0] = pattern
  return floats[0]
}

/** The least f32 above an f32. */
export function nextUp(value: number): number {
  if (value === 0) return 2 ** -149
  floats[0] = value
  return fromBits(value > 0 ? bits[0] + 1 : bits[0] - 1)
}

export const nextDown = (value: number) => -nextUp(-value)

/** The two f32 between which a number lies; twice the same where it is one. */
export function neighbours(value: number): [down: number, up: number] {
  const near = Math.fround(value)
  if (near === value) return [near, near]
  return near < value ? [near, nextUp(near)] : [nextDown(near), near]
}

/**
 * ULP(x) of the WGSL specification: the least distance between two different f32 a <= x <= b.
 * At a power of two that is the distance downwards. Subnormals count as zero: 2^-149 and not less.
 */
export function ulpOf(value: number): number {
  const size = Math.max(Math.abs(value), smallestNormal)
  const [down, up] = neighbours(size)
  if (down !== up) return up - down
  return size === smallestNormal ? 2 ** -149 : size - nextDown(size)
}

/** Finite f32 of all magnitudes, subnormal ones and both zeros among them. */
export const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true })

/** f32 of moderate size: their sums and products stay in range. */
export const moderateFloat = fc.float({
  noNaN: true,
  min: Math.fround(-1e6),
  max: Math.fround(1e6),
})
