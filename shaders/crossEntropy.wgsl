// Part. Cross-entropy of one sample, as in src/model/crossEntropy.ts, in bits.

// softplus(z) - y z, in bits
fn lossTerm(u: f32, y: f32) -> f32 {
  return softplus(u) - y * u;
}

// f - y
fn gradientTerm(u: f32, y: f32) -> f32 {
  return activate(u).value - y;
}
