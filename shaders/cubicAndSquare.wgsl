// Part. The warm-up function, as in src/model/cubicAndSquare.ts.

// w^3 + b^2
fn cubicAndSquare(theta: vec2f) -> f32 {
  return theta.x * theta.x * theta.x + theta.y * theta.y;
}

// (3 w^2, 2 b)
fn cubicAndSquareGradient(theta: vec2f) -> vec2f {
  return vec2f(3.0 * (theta.x * theta.x), 2.0 * theta.y);
}

// (ww, wb, bb)
fn cubicAndSquareHessian(theta: vec2f) -> vec3f {
  return vec3f(6.0 * theta.x, 0.0, 2.0);
}

// dw (3 w (w + dw) + dw^2) + db (2 b + db)
fn cubicAndSquareChange(theta: vec2f, step: vec2f) -> f32 {
  let alongW = 3.0 * (theta.x * (theta.x + step.x)) + step.x * step.x;
  return step.x * alongW + step.y * (2.0 * theta.y + step.y);
}
