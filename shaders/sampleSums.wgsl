// Part. Sums over all samples as plain loops: what the unrolled form of src/gpu/shaders.ts must
// equal. scaledB is b log2(e).

fn sampleAt(i: u32) -> vec2f {
  let both = objective.samples[i / 2u];
  return select(both.xy, both.zw, i % 2u == 1u);
}

fn lossSum(w: f32, scaledB: f32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < objective.sampleCount; i++) {
    sum += lossShare(w, scaledB, sampleAt(i));
  }
  return sum;
}

fn gradientSum(w: f32, scaledB: f32) -> vec2f {
  var sum = vec2f(0.0);
  for (var i = 0u; i < objective.sampleCount; i++) {
    sum += gradientShare(w, scaledB, sampleAt(i));
  }
  return sum;
}
