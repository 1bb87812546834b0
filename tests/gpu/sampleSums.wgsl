// Part. Sums over all samples as plain loops: what the unrolled form of src/gpu/shaders.ts must
// equal. scaledB is b log2(e).

const heldPairs = 1u;

fn sampleAt(i: u32) -> vec2f {
  let both = boundObjective.samples[i / 2u];
  return select(both.xy, both.zw, i % 2u == 1u);
}

fn lossSum(w: f32, scaledB: f32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < boundObjective.sampleCount; i++) {
    sum += lossShare(w, scaledB, sampleAt(i));
  }
  return sum;
}

fn gradientSum(w: f32, scaledB: f32) -> vec2f {
  var sum = vec2f(0.0);
  for (var i = 0u; i < boundObjective.sampleCount; i++) {
    sum += gradientShare(w, scaledB, sampleAt(i));
  }
  return sum;
}

fn evaluationSum(w: f32, scaledB: f32) -> vec3f {
  var sum = vec3f(0.0);
  for (var i = 0u; i < boundObjective.sampleCount; i++) {
    sum += evaluationShare(w, scaledB, sampleAt(i));
  }
  return sum;
}
