// Entry. Finds the minimum at which each trajectory is after its last step: texel i is its number,
// from 1, or 0 for none.

struct DestinationParams {
  trajectories: u32,
  record: u32,       // the last one
  recordsWidth: u32, // in texels
  width: u32,        // of `destinations`, in texels
  circles: u32,      // how many of them count
}

@group(0) @binding(0) var<uniform> params: DestinationParams;
@group(0) @binding(1) var records: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> circles: array<vec4f>; // (w, b, radius, 0)
@group(0) @binding(3) var destinations: texture_storage_2d<r32float, write>;

@compute @workgroup_size(64)
fn findDestinations(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.trajectories) {
    return;
  }
  let texelOfEnd = recordTexel(params.record, id.x, params.trajectories, params.recordsWidth);
  let end = textureLoad(records, texelOfEnd, 0).xy;
  var found = 0.0;
  for (var k = 0u; k < params.circles; k++) {
    // Not a number is in none of them.
    if (distance(end, circles[k].xy) <= circles[k].z) {
      found = f32(k + 1u);
    }
  }
  let texel = vec2u(id.x % params.width, id.x / params.width);
  textureStore(destinations, texel, vec4f(found, 0.0, 0.0, 0.0));
}
