// Part. Functions that src/model/step/lossChange.ts takes from Math and WGSL lacks, in bits like
// everything that depends on z: differences that keep their digits where 1 would swallow them.

// 2^u - 1, for u <= 1. Near 0 it is t + t^2 / 2! + ... with t = u ln 2: the omitted terms at
// |t| < 1/2 are below 2^-26 of the whole.
fn exp2m1(u: f32) -> f32 {
  let t = clamp(ln2 * u, -0.5, 0.5);
  let series = t * (1.0 + t * (1.0 / 2.0 + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * (1.0 / 120.0
    + t * (1.0 / 720.0 + t * (1.0 / 5040.0 + t / 40320.0)))))));
  return select(exp2(u) - 1.0, series, abs(u) < 0.6875);
}

// log2(1 + t), for -1/2 <= t <= 1: 2 artanh(s) = 2 (s + s^3 / 3 + ...) with s = t / (2 + t), in bits.
// |s| <= 1/3: the omitted terms are below 2^-25 of the whole. WGSL's own log2 is only accurate to
// 2^-21 here.
fn log2p1(t: f32) -> f32 {
  let s = t / (2.0 + t);
  let q = s * s;
  return 2.0 * log2e * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0
    + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0))))));
}
