// Part. Nesterov's accelerated gradient, as in src/model/rules/nesterov.ts.

struct State {
  theta: vec2f,
  velocity: vec2f,
}

const isGradientAtTheta = false;
const isJudgedByMeans = true;

fn beginning(theta: vec2f) -> State {
  return State(theta, vec2f(0.0));
}

fn isSame(a: State, b: State) -> bool {
  return all(a.theta == b.theta) && all(a.velocity == b.velocity);
}

// g at theta - gamma v
fn ruleGradient(state: State) -> vec2f {
  return gradient(state.theta - rule.gamma * state.velocity);
}

// v <- gamma v + eta g, theta <- theta - v
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  let velocity = rule.gamma * state.velocity + learningRate * slope;
  return State(state.theta - velocity, velocity);
}
