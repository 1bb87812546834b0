// Part. Second derivatives of the objective: (ww, wb, bb), as hessian in src/model/objective.ts. The
// entry file has called holdObjective.

fn hessian(theta: vec2f) -> vec3f {
  if (objectiveKind == 1u) {
    return cubicAndSquareHessian(theta);
  }
  return hessianScale(objective.gradientScale) * hessianSum(theta.x, theta.y * log2e);
}

// The share of one sample in the sums, before scaling.
fn hessianShare(w: f32, scaledB: f32, sample: vec2f) -> vec3f {
  return hessianTerms(activateSample(w, scaledB, sample), sample);
}
