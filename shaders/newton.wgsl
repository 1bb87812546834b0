// Part. Damped Newton, as in src/model/rules/newton.ts.

struct State {
  theta: vec2f,
}

// Smaller determinants count as zero, as happens far out, where the Hessian vanishes.
const leastDeterminant = 1e-30;

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

// d solves (H + damping tr(H) I) d = g if that matrix is positive definite, otherwise d = g;
// theta - eta d
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  let h = hessian(state.theta);
  let added = rule.damping * (h.x + h.z);
  let a = h.x + added;
  let c = h.z + added;
  let determinant = a * c - h.y * h.y;
  let solved = vec2f(c * slope.x - h.y * slope.y, a * slope.y - h.y * slope.x) / determinant;
  let direction = select(slope, solved, a > 0.0 && determinant > leastDeterminant);
  return State(state.theta - learningRate * direction);
}
