// Part. Squared error of one sample, as in src/model/squaredError.ts.

// (f - y)^2
fn lossTerm(a: Activation, y: f32) -> f32 {
  let error = a.value - y;
  return error * error;
}

// (f - y) f (1 - f)
fn gradientTerm(a: Activation, y: f32) -> f32 {
  return (a.value - y) * a.slope;
}

// s^2 + (f - y) s (1 - 2 f) with s = f (1 - f)
fn curvatureTerm(a: Activation, y: f32) -> f32 {
  return a.slope * a.slope + (a.value - y) * a.slope * (a.complement - a.value);
}
