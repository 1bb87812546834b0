// Part. Second derivatives of the objective: (ww, wb, bb), as hessian in src/model/objective.ts. The
// entry file has called holdObjective.

fn hessian(theta: vec2f) -> vec3f {
  let scale = objective.gradientScale;
  // x is in bits: each factor x of a sum brings one ln 2.
  return vec3f(ln2 * scale.x, scale.x, scale.y) * hessianSum(theta.x, theta.y * log2e);
}

const ln2 = 0.6931471805599453;

// The share of one sample in the sums, before the scales.
fn hessianShare(w: f32, scaledB: f32, sample: vec2f) -> vec3f {
  let term = curvatureTerm(activateSample(w, scaledB, sample), sample.y);
  return vec3f(term * (sample.x * sample.x), term * sample.x, term);
}
