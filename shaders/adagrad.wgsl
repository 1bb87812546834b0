// Part. AdaGrad, as in src/model/rules/adagrad.ts.

struct State {
  theta: vec2f,
  squares: vec2f,
}

const isGradientAtTheta = true;
const isJudgedByMeans = false;

fn beginning(theta: vec2f) -> State {
  return State(theta, vec2f(0.0));
}

fn isSame(a: State, b: State) -> bool {
  return all(a.theta == b.theta) && all(a.squares == b.squares);
}

fn ruleGradient(state: State) -> vec2f {
  return gradient(state.theta);
}

// s <- s + g^2, theta <- theta - eta g / (sqrt(s) + epsilon)
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  let squares = state.squares + slope * slope;
  return State(state.theta - learningRate * slope / rootPlus(squares, rule.epsilon), squares);
}
