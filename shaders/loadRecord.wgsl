// Entry. Copies one record of every trajectory back into the states. Values that a rule carries
// along do not change, so only rules that carry nothing can go on from there.

struct LoadParams {
  trajectories: u32,
  record: u32,
  width: u32,     // of `records`, in texels
  stateSize: u32, // of a state, in vec2f
}

@group(0) @binding(0) var<uniform> params: LoadParams;
@group(0) @binding(1) var records: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> states: array<vec2f>;

@compute @workgroup_size(64)
fn loadRecord(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.trajectories) {
    return;
  }
  let texel = recordTexel(params.record, id.x, params.trajectories, params.width);
  states[id.x * params.stateSize] = textureLoad(records, texel, 0).xy;
}
