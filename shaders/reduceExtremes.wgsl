// Part. The lowest and the highest of the values that all invocations give; the entry file binds
// `extremes`. A float's bits, with those of negative floats inverted, sort like unsigned integers.

struct Extremes {
  lowest: atomic<u32>,
  highest: atomic<u32>,
}

fn sortableBits(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}

// Few values are a new extreme, so checking first costs less than always merging: evaluateGrid
// takes half the time on SwiftShader.
fn reduceExtremes(low: f32, high: f32) {
  let lowBits = sortableBits(low);
  if (lowBits < atomicLoad(&extremes.lowest)) {
    atomicMin(&extremes.lowest, lowBits);
  }
  let highBits = sortableBits(high);
  if (highBits > atomicLoad(&extremes.highest)) {
    atomicMax(&extremes.highest, highBits);
  }
}
