// Part. `objective` as a copy that each invocation holds, for kernels that evaluate it many times:
// compilers leave a load from a uniform in the loop of steps. Held, the same steps are 2 times as
// fast on SwiftShader and 1.7 times on lavapipe; a kernel that evaluates once only loses by it.
// The entry file binds `boundObjective`; the unrolled sums give heldPairs.

struct HeldObjective {
  lossScale: f32,
  gradientScale: vec2f,
  samples: array<vec4f, heldPairs>, // none but the first two where there are more than are unrolled
}

var<private> objective: HeldObjective;

fn holdObjective() {
  objective.lossScale = boundObjective.lossScale;
  objective.gradientScale = boundObjective.gradientScale;
  for (var i = 0u; i < heldPairs; i++) {
    objective.samples[i] = boundObjective.samples[i];
  }
}
