// Part. Adam, as in src/model/rules/adam.ts.

struct State {
  theta: vec2f,
  mean: vec2f,
  squares: vec2f,
  corrections: vec2f, // 1 - beta1^t, 1 - beta2^t, carried along: no power is needed
}

const isGradientAtTheta = true;
const isJudgedByMeans = true;

fn beginning(theta: vec2f) -> State {
  return State(theta, vec2f(0.0), vec2f(0.0), vec2f(0.0));
}

fn isSame(a: State, b: State) -> bool {
  let isPlace = all(a.theta == b.theta) && all(a.mean == b.mean);
  return isPlace && all(a.squares == b.squares) && all(a.corrections == b.corrections);
}

fn ruleGradient(state: State) -> vec2f {
  return gradient(state.theta);
}

// m <- beta1 m + (1 - beta1) g, s likewise with g^2,
// theta <- theta - eta (m / c1) / (sqrt(s / c2) + epsilon)
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  let kept = vec2f(rule.meanKept, rule.squareKept);
  let added = vec2f(rule.meanAdded, rule.squareAdded);
  let corrections = added + kept * state.corrections;
  let mean = kept.x * state.mean + added.x * slope;
  let squares = kept.y * state.squares + added.y * (slope * slope);
  let root = rootPlus(squares / corrections.y, rule.epsilon);
  let theta = state.theta - learningRate * (mean / corrections.x) / root;
  return State(theta, mean, squares, corrections);
}
