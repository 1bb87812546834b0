// Part. Cells of a grid with Hessian, and the change of the loss over one step of gradient descent
// from there: curvature at texel (column, row) = (L_ww, L_wb, L_bb, L(theta - eta g) - L(theta)).
// Without holdObjective. Other parts give termChange and the sum over all samples
// (curvatureSums.wgsl, or unrolled in src/gpu/shaders.ts).

const highestFloat = 0x1.fffffep+127;

// The lowest and the highest of their losses. This is a loop because SwiftShader takes a second to
// compile these cells if they are written out eight times.
fn evaluateRows(column: u32, first: u32) -> vec2f {
  let w = nodes[column];
  var bounds = vec2f(highestFloat, -highestFloat);
  for (var i = 0u; i < rowsEach; i++) {
    let loss = evaluateBoth(nodeAt(column, first + i, w));
    bounds = vec2f(min(bounds.x, loss), max(bounds.y, loss));
  }
  return bounds;
}

// Its loss.
fn evaluateBoth(node: Node) -> f32 {
  let evaluation = evaluateCell(node);
  let step = -params.learningRate * evaluation.yz;
  textureStore(curvature, node.texel, evaluateCurvature(node.theta, step));
  return evaluation.x;
}

fn evaluateCurvature(theta: vec2f, step: vec2f) -> vec4f {
  if (objectiveKind == 1u) {
    return vec4f(cubicAndSquareHessian(theta), cubicAndSquareChange(theta, step));
  }
  let scale = vec4f(hessianScale(boundObjective.gradientScale), boundObjective.lossScale);
  return scale * curvatureSum(theta.x, theta.y * log2e, vec2f(step.x, step.y * log2e));
}

// The shares of one sample in the sums, before scaling. The change of z is computed from the step
// and x, never as the difference of two rounded z.
fn curvatureShare(w: f32, scaledB: f32, step: vec2f, sample: vec2f) -> vec4f {
  let before = activateSample(w, scaledB, sample);
  let change = termChange(before, sample.y, step.x * sample.x + step.y);
  return vec4f(hessianTerms(before, sample), change);
}
