// Part. Plain gradient descent, as in src/model/rules/gradientDescent.ts.

struct State {
  theta: vec2f,
}

const isGradientAtTheta = true;
const isJudgedByMeans = false;

fn beginning(theta: vec2f) -> State {
  return State(theta);
}

fn isSame(a: State, b: State) -> bool {
  return all(a.theta == b.theta);
}

fn ruleGradient(state: State) -> vec2f {
  return gradient(state.theta);
}

// theta - eta g
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  return State(state.theta - learningRate * slope);
}
