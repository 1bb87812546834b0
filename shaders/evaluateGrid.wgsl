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

// Rows that one invocation evaluates: more would leave a large GPU idle, fewer take the objective
// into private memory too often.
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
  holdObjective();
  // Compilers leave loads from a uniform in the loop, as in objective.wgsl.
  let nodeStep = params.nodeStep;
  let columns = params.columns;
  let lastNode = params.rows - 1u;
  let column = min(id.x * nodeStep, columns - 1u);
  let w = nodes[column];
  let first = params.firstRow + id.y * rowsEach;
  let last = min(first + rowsEach, params.lastRow);
  for (var taken = first; taken < last; taken++) {
    let row = min(taken * nodeStep, lastNode);
    let evaluation = evaluate(vec2f(w, nodes[columns + row]));
    reduceExtremes(evaluation.x);
    textureStore(cells, vec2u(column, row), vec4f(evaluation, 0.0));
  }
}
