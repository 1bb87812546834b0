// Entry. The loss along recorded trajectories:
// losses[k * count + i] = L at the k-th of the chosen records of trajectory i.

struct TraceParams {
  trajectories: u32,
  count: u32,      // trajectories [0, count)
  chosen: u32,     // how many records
  recordStep: u32, // records 0, recordStep, 2 recordStep, ... and the last
  lastRecord: u32,
  width: u32,      // of `records`, in texels
}

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: TraceParams;
@group(0) @binding(2) var records: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> losses: array<f32>;

@compute @workgroup_size(64)
fn traceLosses(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count * params.chosen) {
    return;
  }
  holdObjective();
  let record = min(id.x / params.count * params.recordStep, params.lastRecord);
  let texel = recordTexel(record, id.x % params.count, params.trajectories, params.width);
  losses[id.x] = loss(textureLoad(records, texel, 0).xy);
}
