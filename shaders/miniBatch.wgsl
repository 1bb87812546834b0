// Part. Descent by some points at a time, as in src/model/rules/miniBatch.ts; with one point per
// step it is the stochastic rule. The step table holds the points of each step.

struct State {
  theta: vec2f,
}

const isGradientAtTheta = false;
const isJudgedByMeans = false;
const stepsByAllPoints = false;

fn beginning(theta: vec2f) -> State {
  return State(theta);
}

fn isSame(a: State, b: State) -> bool {
  return all(a.theta == b.theta);
}

fn ruleGradient(state: State) -> vec2f {
  return gradient(state.theta);
}

// n / (points in the batch) times their share of the gradient
fn slopeAt(state: State, step: u32) -> vec2f {
  if (objectiveKind == 1u) {
    return gradient(state.theta);
  }
  let row = tableRow(step);
  let head = stepTable[row];
  let w = state.theta.x;
  let scaledB = state.theta.y * log2e;
  let count = u32(head.w);
  var sum = vec2f(0.0);
  for (var i = 0u; i < count; i += 2u) {
    let both = stepTable[row + 1u + i / 2u];
    sum += gradientShare(w, scaledB, both.xy);
    if (i + 1u < count) {
      sum += gradientShare(w, scaledB, both.zw);
    }
  }
  return head.yz * sum;
}

// theta - eta g over the batch alone
fn takeStep(state: State, slope: vec2f, learningRate: f32) -> State {
  return State(state.theta - learningRate * slope);
}
