// Part. The inputs of update rules in addition to the gradient. The entry file binds `rule` and
// `stepTable`; a program whose rule needs neither has no second group.
//
// Each rule's own part gives State (theta first, then what the rule carries along), beginning,
// ruleGradient, takeStep and isSame; it also says whether ruleGradient is the gradient at theta,
// and whether its losses swing by themselves, so that only their means show a trend.

struct RuleParams {
  gamma: f32,       // share of the velocity that is kept
  meanKept: f32,    // beta1
  meanAdded: f32,   // 1 - beta1
  squareKept: f32,  // beta, beta2
  squareAdded: f32, // 1 - beta, 1 - beta2
  epsilon: f32,
  damping: f32,     // share of the Hessian's trace
  tableFirst: u32,  // the step of the table's first row
  rowSize: u32,     // of the table, in vec4f
}

// Both languages raise smaller values to this: below it a root's permitted error is unbounded.
const leastSquare = 1e-37;

// sqrt(s) + epsilon: epsilon is outside the root.
fn rootPlus(square: vec2f, epsilon: f32) -> vec2f {
  return sqrt(max(square, vec2f(leastSquare))) + epsilon;
}
