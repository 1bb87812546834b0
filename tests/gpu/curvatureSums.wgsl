// Part. The sum of cellCurvature.wgsl over all samples as a plain loop: what the unrolled form of
// src/gpu/shaders.ts must equal.

fn curvatureSum(w: f32, scaledB: f32, step: vec2f) -> vec4f {
  var sum = vec4f(0.0);
  for (var i = 0u; i < boundObjective.sampleCount; i++) {
    sum += curvatureShare(w, scaledB, step, sampleAt(i));
  }
  return sum;
}
