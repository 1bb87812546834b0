// Part. The terms of one sample in the second derivatives (ww, wb, bb), and factors of the sums.

const ln2 = 0.6931471805599453;

// x is in bits: each factor x in a sum contributes one ln 2.
fn hessianScale(gradientScale: vec2f) -> vec3f {
  return vec3f(ln2 * gradientScale.x, gradientScale.x, gradientScale.y);
}

fn hessianTerms(a: Activation, sample: vec2f) -> vec3f {
  let term = curvatureTerm(a, sample.y);
  return vec3f(term * (sample.x * sample.x), term * sample.x, term);
}
