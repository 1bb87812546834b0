// Part. What update rules are given besides the gradient. The entry file binds `rule` and
// `stepTable`; a program whose rule needs neither has no second group.
//
// Each rule's own part gives State (theta first, then what the rule carries along), beginning,
// ruleGradient, takeStep and isSame; and whether ruleGradient is the gradient at theta, and whether
// its losses swing by themselves, so that only their means say where they go.

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

// Below this a root's permitted error has no bound; in both languages the root is taken of it.
const leastSquare = 1e-37;

// sqrt(s) + epsilon: epsilon stands outside of the root.
fn rootPlus(square: vec2f, epsilon: f32) -> vec2f {
  return sqrt(max(square, vec2f(leastSquare))) + epsilon;
}
