// Part. The neuron's objective over its samples: L = lossScale sum lossTerm and its gradient.
// The entry file binds `boundObjective` and calls holdObjective; another part gives lossTerm and
// gradientTerm, and one of sampleSums.wgsl or its unrolled form (src/gpu/shaders.ts) gives lossSum,
// gradientSum and heldPairs.

struct Objective {
  sampleCount: u32,
  lossScale: f32,       // includes ln 2 where the terms are in bits
  gradientScale: vec2f, // (ln 2, 1) times the factor of the loss convention
  // Two samples in each: (x log2(e), y, x log2(e), y).
  samples: array<vec4f, 512>,
}

// What an invocation holds of the bound objective: samples only where there are few.
struct HeldObjective {
  lossScale: f32,
  gradientScale: vec2f,
  samples: array<vec4f, heldPairs>,
}

var<private> objective: HeldObjective;

// Compilers leave a load from a uniform in the loop of steps. Held, the same steps are 2 times as
// fast on SwiftShader and 1.7 times on lavapipe.
fn holdObjective() {
  objective.lossScale = boundObjective.lossScale;
  objective.gradientScale = boundObjective.gradientScale;
  for (var i = 0u; i < heldPairs; i++) {
    objective.samples[i] = boundObjective.samples[i];
  }
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
