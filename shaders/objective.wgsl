// Part. The objective and its gradient: the neuron's over its samples, L = lossScale sum lossTerm, or
// w^3 + b^2, which has no samples.
//
// The entry file binds `boundObjective`. For loss and gradient each invocation holds a copy in
// private memory, made once by holdObjective: compilers leave a load from a uniform in the loop of
// steps, and with the copy the same steps are 2 times as fast on SwiftShader and 1.7 times on
// lavapipe. evaluate reads the binding: for a few places the copy costs more than it saves. Other
// parts give lossTerm and gradientTerm, and the sums over all samples (unrolledSums in
// src/gpu/shaders.ts).

struct Objective {
  sampleCount: u32,
  lossScale: f32,       // includes ln 2 if the terms are in bits
  gradientScale: vec2f, // (ln 2, 1) times the factor of the loss convention
  // Two samples in each: (x log2(e), y, x log2(e), y).
  samples: array<vec4f, 512>,
}

// Which function the pipeline is made for: 0 the neuron's loss, 1 w^3 + b^2.
override objectiveKind: u32 = 0;

struct HeldObjective {
  lossScale: f32,
  gradientScale: vec2f,
  samples: array<vec4f, heldPairs>, // only the first two if there are too many to unroll
}

var<private> objective: HeldObjective;

const log2e = 1.4426950408889634;

fn holdObjective() {
  objective.lossScale = boundObjective.lossScale;
  objective.gradientScale = boundObjective.gradientScale;
  for (var i = 0u; i < heldPairs; i++) {
    objective.samples[i] = boundObjective.samples[i];
  }
}

fn loss(theta: vec2f) -> f32 {
  if (objectiveKind == 1u) {
    return cubicAndSquare(theta);
  }
  return objective.lossScale * lossSum(theta.x, theta.y * log2e);
}

// (dL/dw, dL/db)
fn gradient(theta: vec2f) -> vec2f {
  if (objectiveKind == 1u) {
    return cubicAndSquareGradient(theta);
  }
  return objective.gradientScale * gradientSum(theta.x, theta.y * log2e);
}

// (L, dL/dw, dL/db), with one activation for both; without holdObjective
fn evaluate(theta: vec2f) -> vec3f {
  if (objectiveKind == 1u) {
    return vec3f(cubicAndSquare(theta), cubicAndSquareGradient(theta));
  }
  let scale = vec3f(boundObjective.lossScale, boundObjective.gradientScale);
  return scale * evaluationSum(theta.x, theta.y * log2e);
}

fn activateSample(w: f32, scaledB: f32, sample: vec2f) -> Activation {
  return activate(w * sample.x + scaledB);
}

// The shares of one sample in the sums, before scaling. x is in bits: x log2(e).

fn lossShare(w: f32, scaledB: f32, sample: vec2f) -> f32 {
  return lossTerm(activateSample(w, scaledB, sample), sample.y);
}

fn gradientShare(w: f32, scaledB: f32, sample: vec2f) -> vec2f {
  let term = gradientTerm(activateSample(w, scaledB, sample), sample.y);
  return vec2f(term * sample.x, term);
}

fn evaluationShare(w: f32, scaledB: f32, sample: vec2f) -> vec3f {
  let a = activateSample(w, scaledB, sample);
  let term = gradientTerm(a, sample.y);
  return vec3f(lossTerm(a, sample.y), term * sample.x, term);
}
