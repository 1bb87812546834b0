// Part. Cells of a grid with loss and gradient only.

// The lowest and the highest of their losses.
fn evaluateRows(column: u32, first: u32) -> vec2f {
  let lower = evaluateFourRows(column, first);
  let upper = evaluateFourRows(column, first + 4u);
  let lowest = min(lower, upper);
  let highest = max(lower, upper);
  return vec2f(
    min(min(lowest.x, lowest.y), min(lowest.z, lowest.w)),
    max(max(highest.x, highest.y), max(highest.z, highest.w)),
  );
}

// Their losses. Written out instead of looped: 1.5 times as fast on SwiftShader, which keeps
// loop-carried values in memory.
fn evaluateFourRows(column: u32, first: u32) -> vec4f {
  let w = nodes[column];
  return vec4f(
    evaluateCell(nodeAt(column, first, w)).x,
    evaluateCell(nodeAt(column, first + 1u, w)).x,
    evaluateCell(nodeAt(column, first + 2u, w)).x,
    evaluateCell(nodeAt(column, first + 3u, w)).x,
  );
}
