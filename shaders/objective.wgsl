// Part. The neuron's objective over its samples: L = lossScale sum lossTerm and its gradient.
// The entry file binds `objective`, or heldObjective.wgsl gives it; another part gives lossTerm and
// gradientTerm, and one of sampleSums.wgsl or its unrolled form (src/gpu/shaders.ts) gives lossSum
// and gradientSum.

struct Objective {
  sampleCount: u32,
  lossScale: f32,       // includes ln 2 where the terms are in bits
  gradientScale: vec2f, // (ln 2, 1) times the factor of the loss convention
  // Two samples in each: (x log2(e), y, x log2(e), y).
  samples: array<vec4f, 512>,
}

const log2e = 1.4426950408889634;

fn loss(theta: vec2f) -> f32 {
  return objective.lossScale * lossSum(theta.x, theta.y * log2e);
}

// (dL/dw, dL/db)
fn gradient(theta: vec2f) -> vec2f {
  return objective.gradientScale * gradientSum(theta.x, theta.y * log2e);
}

// gradientTerm times (x log2(e), 1): one sample's share of the gradient, before the scale.
fn gradientShare(w: f32, scaledB: f32, sample: vec2f) -> vec2f {
  let term = gradientTerm(w * sample.x + scaledB, sample.y);
  return vec2f(term * sample.x, term);
}

fn lossShare(w: f32, scaledB: f32, sample: vec2f) -> f32 {
  return lossTerm(w * sample.x + scaledB, sample.y);
}
