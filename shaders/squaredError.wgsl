// Part. Squared error of one sample, as in src/model/squaredError.ts.

// (f - y)^2
fn lossTerm(u: f32, y: f32) -> f32 {
  let error = activate(u).value - y;
  return error * error;
}

// (f - y) f (1 - f)
fn gradientTerm(u: f32, y: f32) -> f32 {
  let a = activate(u);
  return (a.value - y) * a.slope;
}
