// Part. The gradient over all points at every step.

const stepsByAllPoints = true;

fn slopeAt(state: State, step: u32) -> vec2f {
  return ruleGradient(state);
}
