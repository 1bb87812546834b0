// Entry. Loss and gradient at the nodes of a grid over the (w, b) plane:
// cells at texel (column, row) = (loss, dL/dw, dL/db, 0), row 0 at the smallest b; and the extremes
// of the loss over all nodes so far.

struct GridParams {
  columns: u32,
  rows: u32,
  nodeStep: u32, // every so many nodes of the final grid, and the last one
  firstRow: u32, // rows [firstRow, lastRow) of the nodes taken
  lastRow: u32,
}

// Rows that one invocation evaluates: more would leave a large GPU idle, fewer look at the extremes
// too often.
const rowsEach = 8u;

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: GridParams;
// All columns' w, then all rows' b: computed in f64 and rounded once, for both engines.
@group(0) @binding(2) var<storage, read> nodes: array<f32>;
@group(0) @binding(3) var cells: texture_storage_2d<rgba32float, write>;
@group(0) @binding(4) var<storage, read_write> extremes: Extremes;

@compute @workgroup_size(64)
fn evaluateGrid(@builtin(global_invocation_id) id: vec3u) {
  let columnsTaken = (params.columns - 2u) / params.nodeStep + 2u;
  if (id.x >= columnsTaken) {
    return;
  }
  let column = min(id.x * params.nodeStep, params.columns - 1u);
  let first = params.firstRow + id.y * rowsEach;
  let lower = evaluateFourRows(column, first);
  let upper = evaluateFourRows(column, first + 4u);
  let lowest = min(lower, upper);
  let highest = max(lower, upper);
  reduceExtremes(
    min(min(lowest.x, lowest.y), min(lowest.z, lowest.w)),
    max(max(highest.x, highest.y), max(highest.z, highest.w)),
  );
}

// Their losses. Written out, not a loop: 1.5 times as fast on SwiftShader, which keeps in memory
// what a loop carries from turn to turn.
fn evaluateFourRows(column: u32, first: u32) -> vec4f {
  let w = nodes[column];
  return vec4f(
    evaluateCell(column, first, w),
    evaluateCell(column, first + 1u, w),
    evaluateCell(column, first + 2u, w),
    evaluateCell(column, first + 3u, w),
  );
}

// Past the last row, that one again.
fn evaluateCell(column: u32, taken: u32, w: f32) -> f32 {
  let row = min(min(taken, params.lastRow - 1u) * params.nodeStep, params.rows - 1u);
  let evaluation = evaluate(vec2f(w, nodes[params.columns + row]));
  textureStore(cells, vec2u(column, row), vec4f(evaluation, 0.0));
  return evaluation.x;
}
