// Part. Cross-entropy of one sample, as in src/model/crossEntropy.ts, in bits.

// softplus(z) - y z, in bits
fn lossTerm(a: Activation, y: f32) -> f32 {
  return softplus(a.z) - y * a.z;
}

// f - y
fn gradientTerm(a: Activation, y: f32) -> f32 {
  return a.value - y;
}

// f (1 - f)
fn curvatureTerm(a: Activation, y: f32) -> f32 {
  return a.slope;
}
