// Entry. Spreads the counts of each cell over its neighbours by the weights 1 2 1 along each side, so
// that a single head is a soft dot and not a square: texel = the sum over 3 x 3 cells / 16.

@group(0) @binding(0) var<storage, read> counts: array<vec4u>;
@group(0) @binding(1) var density: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(8, 8)
fn softenCounts(@builtin(global_invocation_id) id: vec3u) {
  let side = i32(textureDimensions(density).x);
  let cell = vec2i(id.xy);
  if (any(cell >= vec2i(side))) {
    return;
  }
  var sum = vec4f(0.0);
  for (var row = -1; row <= 1; row++) {
    for (var column = -1; column <= 1; column++) {
      let at = cell + vec2i(column, row);
      if (all(at >= vec2i(0)) && all(at < vec2i(side))) {
        let weight = f32((2 - abs(row)) * (2 - abs(column)));
        sum += weight * vec4f(counts[at.y * side + at.x]);
      }
    }
  }
  textureStore(density, id.xy, sum / 16.0);
}
