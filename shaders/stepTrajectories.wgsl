// Entry. Carries trajectories [first, first + count) from step firstStep to lastStep and records
// them. The same pipeline runs the whole descent in slices and recomputes the steps between two
// records, so both give the same bits.

struct StepParams {
  trajectories: u32, // in the crowd: the stride from one record to the next
  first: u32,
  count: u32,
  firstStep: u32,
  lastStep: u32,
  steps: u32,        // of the whole descent: its last step is always a record
  stride: u32,
  firstRecord: u32,  // the first record in `records`
  width: u32,        // of `records`, in texels
  stopBelow: f32,
}

// Which stop rule the pipeline is made for: 0 none, 1 |g| < stopBelow, 2 loss < stopBelow.
override stopKind: u32 = 0;
override workgroupSize: u32 = 64;

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: StepParams;
@group(0) @binding(2) var<storage, read_write> states: array<State>;
@group(0) @binding(3) var records: texture_storage_2d<rg32float, write>;
// A learning rate for each trajectory, or one for all.
@group(0) @binding(4) var<storage, read> learningRates: array<f32>;
@group(1) @binding(0) var<uniform> rule: RuleParams;
@group(1) @binding(1) var<storage, read> stepTable: array<vec4f>;

fn storeRecord(step: u32, trajectory: u32, theta: vec2f) {
  let record = (step + params.stride - 1u) / params.stride - params.firstRecord;
  let texel = recordTexel(record, trajectory, params.trajectories, params.width);
  textureStore(records, texel, vec4f(theta, 0.0, 0.0));
}

// The rule steps along `slope`.
fn isSatisfied(theta: vec2f, slope: vec2f) -> bool {
  if (stopKind == 1u) {
    var here = slope;
    if (!isGradientAtTheta) {
      here = gradient(theta);
    }
    return dot(here, here) < params.stopBelow * params.stopBelow;
  }
  if (stopKind == 2u) {
    return loss(theta) < params.stopBelow;
  }
  return false;
}

@compute @workgroup_size(workgroupSize)
fn stepTrajectories(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) {
    return;
  }
  holdObjective();
  let trajectory = params.first + id.x;
  let learningRate = learningRates[min(trajectory, arrayLength(&learningRates) - 1u)];
  var state = states[trajectory];
  if (params.firstStep == 0u || params.firstStep == params.lastStep) {
    storeRecord(params.firstStep, trajectory, state.theta);
  }
  var step = params.firstStep;
  while (step < params.lastStep) {
    let next = min(params.lastStep, (step / params.stride + 1u) * params.stride);
    for (; step < next; step++) {
      let slope = slopeAt(state, step);
      if (isSatisfied(state.theta, slope)) {
        break;
      }
      state = takeStep(state, slope, rateAt(learningRate, step));
    }
    step = next;
    if (step % params.stride == 0u || step == params.steps) {
      storeRecord(step, trajectory, state.theta);
    }
  }
  states[trajectory] = state;
}
