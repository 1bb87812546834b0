// Entry. Loss and gradient at the nodes of a grid over the (w, b) plane:
// cells at texel (column, row) = (loss, dL/dw, dL/db, 0), row 0 at the smallest b; and the extremes
// of the loss over all nodes so far. Another part gives evaluateRows: cellAlone.wgsl for these
// only, cellCurvature.wgsl for the Hessian and the change over one step as well.

struct GridParams {
  columns: u32,
  rows: u32,
  nodeStep: u32, // takes every nodeStep-th node of the final grid, and the last one
  firstRow: u32, // rows [firstRow, lastRow) of the nodes taken
  lastRow: u32,
  learningRate: f32, // of the step whose change is wanted
}

// Rows that one invocation evaluates: more would leave a large GPU idle, fewer would check the
// extremes too often.
const rowsEach = 8u;

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: GridParams;
// All columns' w, then all rows' b: computed in f64 and rounded once, for both engines.
@group(0) @binding(2) var<storage, read> nodes: array<f32>;
@group(0) @binding(3) var cells: texture_storage_2d<rgba32float, write>;
@group(0) @binding(4) var<storage, read_write> extremes: Extremes;
// Bound only if it is written.
@group(0) @binding(5) var curvature: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(64)
fn evaluateGrid(@builtin(global_invocation_id) id: vec3u) {
  let columnsTaken = (params.columns - 2u) / params.nodeStep + 2u;
  if (id.x >= columnsTaken) {
    return;
  }
  let column = min(id.x * params.nodeStep, params.columns - 1u);
  let first = params.firstRow + id.y * rowsEach;
  let bounds = evaluateRows(column, first);
  reduceExtremes(bounds.x, bounds.y);
}

struct Node {
  texel: vec2u,
  theta: vec2f,
}

// A node past the last row repeats that row.
fn nodeAt(column: u32, taken: u32, w: f32) -> Node {
  let row = min(min(taken, params.lastRow - 1u) * params.nodeStep, params.rows - 1u);
  return Node(vec2u(column, row), vec2f(w, nodes[params.columns + row]));
}

fn evaluateCell(node: Node) -> vec3f {
  let evaluation = evaluate(node.theta);
  textureStore(cells, node.texel, vec4f(evaluation, 0.0));
  return evaluation;
}
