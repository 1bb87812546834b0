// Part. The sum of hessian.wgsl over all samples as a plain loop: what the unrolled form of
// src/gpu/shaders.ts must equal.

fn hessianSum(w: f32, scaledB: f32) -> vec3f {
  var sum = vec3f(0.0);
  for (var i = 0u; i < boundObjective.sampleCount; i++) {
    sum += hessianShare(w, scaledB, sampleAt(i));
  }
  return sum;
}
