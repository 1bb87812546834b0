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

@group(0) @binding(0) var<uniform> objective: Objective;
@group(0) @binding(1) var<uniform> params: GridParams;
// All columns' w, then all rows' b: computed in f64 and rounded once, for both engines.
@group(0) @binding(2) var<storage, read> nodes: array<f32>;
@group(0) @binding(3) var cells: texture_storage_2d<rgba32float, write>;
@group(0) @binding(4) var<storage, read_write> extremes: Extremes;

@compute @workgroup_size(32, 4)
fn evaluateGrid(@builtin(global_invocation_id) id: vec3u) {
  let taken = vec2u(id.x, id.y + params.firstRow);
  let columnsTaken = (params.columns - 2u) / params.nodeStep + 2u;
  if (taken.x >= columnsTaken || taken.y >= params.lastRow) {
    return;
  }
  let cell = min(taken * params.nodeStep, vec2u(params.columns - 1u, params.rows - 1u));
  let theta = vec2f(nodes[cell.x], nodes[params.columns + cell.y]);
  let height = loss(theta);
  reduceExtremes(height);
  textureStore(cells, cell, vec4f(height, gradient(theta), 0.0));
}
