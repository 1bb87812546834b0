/**
 * Losses in fixed-point arithmetic with 256 bits after the point, so that a difference of two of
 * them can be trusted: its error is below 2^-220. It shares nothing with src/model.
 */
import type { NeuronSpec } from '../../src/model/objective'

const bits = 256n
const one = 1n << bits

const multiply = (a: bigint, b: bigint) => (a * b) >> bits
const divide = (a: bigint, b: bigint) => (a << bits) / b

/** Exact for anything that is a multiple of 2^-256. */
function fixed(value: number): bigint {
  let scaled = value
  let shift = bits
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    shift--
  }
  return shift >= 0n ? BigInt(scaled) << shift : BigInt(scaled) >> -shift
}

const toNumber = (value: bigint) => Number(value) / 2 ** 256

/** e^t for t <= 1: Taylor's series at t / 2^24, squared 24 times. */
function exp(t: bigint): bigint {
  const reduced = t >> 24n
  let term = one
  let sum = 0n
  // A shift rounds down, so a negative term ends as -1, not as 0.
  for (let k = 1n; term > 1n || term < -1n; k++) {
    sum += term
    term = multiply(term, reduced) / k
  }
  for (let i = 0; i < 24; i++) sum = multiply(sum, sum)
  return sum
}

/** log v for 1 <= v <= 2, by Halley's method: 16 digits, 48, 144. */
function log(v: bigint): bigint {
  let y = fixed(Math.log(toNumber(v)))
  for (let i = 0; i < 2; i++) {
    const e = exp(y)
    y += divide(2n * (v - e), v + e)
  }
  return y
}

function termOf(z: bigint, y: bigint, loss: NeuronSpec['loss']): bigint {
  const e = exp(z < 0n ? z : -z)
  if (loss === 'crossEntropy') return (z > 0n ? z : 0n) + log(one + e) - multiply(y, z)
  const error = divide(z < 0n ? e : one, one + e) - y
  return multiply(error, error)
}

/**
 * The change of the loss from (w, b) to (w + dw, b + db), all taken as they are, and the same sum
 * with each sample's size: what rounding is to be compared with.
 */
export function preciseChange(
  { samples, loss }: NeuronSpec,
  [w, b]: readonly [number, number],
  [dw, db]: readonly [number, number],
): { change: number; size: number } {
  let change = 0n
  let size = 0n
  for (const [x, y] of samples) {
    const [fixedX, fixedY] = [Math.fround(x), Math.fround(y)].map(fixed)
    const before = multiply(fixed(w), fixedX) + fixed(b)
    const after = before + multiply(fixed(dw), fixedX) + fixed(db)
    const term = termOf(after, fixedY, loss) - termOf(before, fixedY, loss)
    change += term
    size += term < 0n ? -term : term
  }
  const scale = loss === 'half' ? 0.5 : 1 / samples.length
  return { change: scale * toNumber(change), size: scale * toNumber(size) }
}
