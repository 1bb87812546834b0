// Entry. Counts heads into the cells of a square grid over a part of (w, b), by where they will end;
// heads outside of it count nowhere.

struct DensityParams {
  heads: u32,
  width: u32,     // of the texture of heads, in texels
  side: u32,      // cells along each side
  lowW: f32,
  lowB: f32,
  cellsPerW: f32, // along w, in a unit of w
  cellsPerB: f32,
}

@group(0) @binding(0) var<uniform> params: DensityParams;
@group(0) @binding(1) var heads: texture_2d<f32>;
// Four counts in a cell: of heads without a destination, at minimum 1, at 2, at any other.
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(3) var destinations: texture_2d<f32>; // as wide as `heads`

@compute @workgroup_size(64)
fn countHeads(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.heads) {
    return;
  }
  let texel = vec2u(id.x % params.width, id.x / params.width);
  let theta = textureLoad(heads, texel, 0).xy;
  let at = (theta - vec2f(params.lowW, params.lowB)) * vec2f(params.cellsPerW, params.cellsPerB);
  // Not a number is not in it either.
  if (all(at >= vec2f(0.0)) && all(at < vec2f(f32(params.side)))) {
    let cell = vec2u(at);
    let kind = min(u32(textureLoad(destinations, texel, 0).x), 3u);
    atomicAdd(&counts[4u * (cell.y * params.side + cell.x) + kind], 1u);
  }
}
