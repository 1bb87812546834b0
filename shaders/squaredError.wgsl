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
