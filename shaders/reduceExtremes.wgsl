// Entry. The lowest and the highest loss of a grid: each workgroup reduces what its invocations
// stride over, then merges into two atomics. A float's bits, with negative ones turned round,
// sort as unsigned integers do.

struct ExtremesParams {
  columns: u32,
  rows: u32,
  nodeStep: u32,
}

struct Extremes {
  lowest: atomic<u32>,
  highest: atomic<u32>,
}

const groupSize = 64u;

@group(0) @binding(0) var<uniform> params: ExtremesParams;
@group(0) @binding(1) var cells: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> extremes: Extremes;

var<workgroup> lowestOf: array<u32, groupSize>;
var<workgroup> highestOf: array<u32, groupSize>;

fn sortableBits(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}

@compute @workgroup_size(groupSize)
fn reduceExtremes(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(num_workgroups) groups: vec3u,
) {
  let taken = (vec2u(params.columns, params.rows) - 2u) / params.nodeStep + 2u;
  let last = vec2u(params.columns, params.rows) - 1u;
  var lowest = 0xffffffffu;
  var highest = 0u;
  for (var i = id.x; i < taken.x * taken.y; i += groups.x * groupSize) {
    let cell = min(vec2u(i % taken.x, i / taken.x) * params.nodeStep, last);
    let bits = sortableBits(textureLoad(cells, cell, 0).x);
    lowest = min(lowest, bits);
    highest = max(highest, bits);
  }
  lowestOf[local] = lowest;
  highestOf[local] = highest;
  for (var half = groupSize / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      lowestOf[local] = min(lowestOf[local], lowestOf[local + half]);
      highestOf[local] = max(highestOf[local], highestOf[local + half]);
    }
  }
  if (local == 0u) {
    atomicMin(&extremes.lowest, lowestOf[0]);
    atomicMax(&extremes.highest, highestOf[0]);
  }
}
