// Part. Plain gradient descent, as in src/model/rules/gradientDescent.ts.

// theta - eta g
fn takeStep(theta: vec2f, gradient: vec2f, learningRate: f32) -> vec2f {
  return theta - learningRate * gradient;
}
