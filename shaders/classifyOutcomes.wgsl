// Entry. Carries the descents of the nodes [first, first + count) of a plane of starts (and rates)
// from firstStep to lastStep; after the very last step, says where each has ended:
// cells at texel (column, row) = (class, minimum or 255, step of arrival or -1, final loss).
// The same steps as in src/model/outcomes/classify.ts, which explains each class.

struct OutcomeParams {
  columns: u32,
  rows: u32,
  nodeStep: u32,     // takes every nodeStep-th node of the final map, and the last one
  first: u32,        // among the nodes taken, row after row
  count: u32,
  firstStep: u32,
  lastStep: u32,
  steps: u32,        // of the whole descent
  windowStart: u32,  // the step from which a rise of the loss counts
  stayStart: u32,    // a descent that arrived after this step has not stayed
  columnAxis: u32,   // what the nodes are: 0 w, 1 b, 2 the learning rate
  rowAxis: u32,
  startW: f32,       // values that no axis gives
  startB: f32,
  learningRate: f32,
  targetCount: u32,
  epochSteps: u32,   // steps that are judged by their mean place; 1 unless by batches
  stability: f32,    // a minimum holds descent while rate * largest is below it
  rise: f32,
  plateau: f32,
  lowLoss: f32,
}

struct Descent {
  state: State,
  place: vec2f,       // the place that is judged: theta, or its mean over the last whole epoch
  epochSum: vec2f,    // of theta, in the epoch under way
  windowPlace: vec2f, // at windowStart
  windowLoss: f32,
  arrivalStep: u32,   // the step after the last one outside every minimum
  hasRisen: u32,
  lossBefore: f32,    // noLoss at a minimum
  firstHalf: f32,     // sum of the losses in the first half of the window
  secondHalf: f32,
  lowestLoss: f32,    // in the window
}

const bound = 1e6;

// Steps between checks whether a descent still moves: checking at each step costs more.
const together = 16u;

// 0 carries descents on, 1 also watches the loss, 2 says where they have ended. Each has its own
// pipeline: a second loop or a second gradient halves the speed of the first one on SwiftShader.
override phase: u32 = 0;
// Minima come first among the targets: each number of them, up to 8, has its own pipeline.
override minimumCount: u32 = 0;

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: OutcomeParams;
@group(0) @binding(2) var<uniform> targets: array<Target, 16>;
// All columns' values, then all rows': computed in f64 and rounded once, for both engines.
@group(0) @binding(3) var<storage, read> nodes: array<f32>;
@group(0) @binding(4) var<storage, read_write> descents: array<Descent>;
@group(0) @binding(5) var cells: texture_storage_2d<rgba32float, write>;
@group(1) @binding(0) var<uniform> rule: RuleParams;
@group(1) @binding(1) var<storage, read> stepTable: array<vec4f>;

fn isStationary(descent: Descent) -> bool {
  var found = false;
  for (var k = 0u; k < params.targetCount; k++) {
    let point = targets[k];
    let canHold = k < minimumCount && holds(point);
    let isLeaving =
      distance(descent.place, point.place) > distance(descent.windowPlace, point.place);
    found = found || (!canHold && isWithin(descent.windowPlace, point) && !isLeaving);
  }
  return found;
}

// Rises count unless the losses, on the whole, are still coming down: a swing that dies away loses
// more than half of its height above the lowest loss from one half of the window to the other.
fn isOscillating(descent: Descent) -> bool {
  if (!isJudgedByMeans) {
    return descent.hasRisen != 0u;
  }
  let middle = middleOfWindow();
  let first = descent.firstHalf / f32(max(1u, middle - params.windowStart));
  let second = descent.secondHalf / f32(max(1u, params.steps - middle));
  let low = descent.lowestLoss;
  return descent.hasRisen != 0u && second - low >= 0.5 * (first - low);
}

fn middleOfWindow() -> u32 {
  return (params.windowStart + params.steps) / 2u;
}

fn classOf(descent: Descent, finalLoss: f32) -> u32 {
  let theta = descent.state.theta;
  let place = descent.place;
  if (max(abs(theta.x), abs(theta.y)) > bound) {
    return 4u; // diverged
  }
  if (beyondAll(place) <= 0.0 && descent.arrivalStep <= params.stayStart) {
    return 0u; // minimum
  }
  if (isOscillating(descent)) {
    return 2u; // oscillating
  }
  let isGrowing = length(place) > length(descent.windowPlace);
  if (isGrowing && finalLoss < descent.windowLoss && finalLoss < params.lowLoss) {
    return 5u; // receding
  }
  if (isStationary(descent)) {
    return 6u; // stationary
  }
  // A further step over all points, regardless of the schedule.
  let next = takeStep(descent.state, ruleGradient(descent.state), learningRate);
  if (all(next.theta == theta)) {
    return 7u; // frozen
  }
  let slope = gradient(theta);
  // plateau or moving
  return select(3u, 1u, dot(slope, slope) < params.plateau * params.plateau);
}

// The value that an axis gives at this node, or the fixed one if no axis does.
fn axisValue(axis: u32, column: u32, row: u32, held: f32) -> f32 {
  let byRow = select(held, nodes[params.columns + row], params.rowAxis == axis);
  return select(byRow, nodes[column], params.columnAxis == axis);
}

fn descentFrom(column: u32, row: u32) -> Descent {
  let w = axisValue(0u, column, row, params.startW);
  let b = axisValue(1u, column, row, params.startB);
  let start = vec2f(w, b);
  var descent: Descent;
  descent.state = beginning(start);
  descent.place = start;
  descent.arrivalStep = select(0u, params.epochSteps, beyondAll(start) > 0.0);
  descent.lossBefore = noLoss;
  descent.lowestLoss = noLoss;
  return descent;
}

// At the end of an epoch: its mean place.
fn closeEpoch(descent: ptr<function, Descent>, sum: vec2f) -> vec2f {
  (*descent).place = sum / f32(params.epochSteps);
  return vec2f(0.0);
}

fn isEpochEnd(step: u32) -> bool {
  return (step + 1u) % params.epochSteps == 0u;
}

fn carryOn(descent: ptr<function, Descent>) {
  let rate = learningRate;
  var state = (*descent).state;
  var arrivalStep = (*descent).arrivalStep;
  var sum = (*descent).epochSum;
  var step = params.firstStep;
  while (step < params.lastStep) {
    let stop = min(step + together, params.lastStep);
    var before = state;
    for (; step < stop; step++) {
      before = state;
      state = takeStep(state, slopeAt(state, step), rateAt(rate, step));
      if (stepsByAllPoints) {
        arrivalStep = select(arrivalStep, step + 2u, beyondAll(state.theta) > 0.0);
      } else {
        sum += state.theta;
        if (isEpochEnd(step)) {
          sum = closeEpoch(descent, sum);
          let next = step + 1u + params.epochSteps;
          arrivalStep = select(arrivalStep, next, beyondAll((*descent).place) > 0.0);
        }
      }
    }
    if (isSteady && isSame(state, before)) {
      break; // nothing can change from here on
    }
  }
  (*descent).state = state;
  if (stepsByAllPoints) {
    (*descent).place = state.theta;
  }
  (*descent).epochSum = sum;
  (*descent).arrivalStep = arrivalStep;
}

// Compares losses only between two places outside every minimum.
fn carryOnWatched(descent: ptr<function, Descent>) {
  let rate = learningRate;
  var state = (*descent).state;
  var arrivalStep = (*descent).arrivalStep;
  var lossBefore = (*descent).lossBefore;
  var hasRisen = (*descent).hasRisen;
  var sum = (*descent).epochSum;
  var halves = vec3f((*descent).firstHalf, (*descent).secondHalf, (*descent).lowestLoss);
  if (params.firstStep == params.windowStart) {
    let place = (*descent).place;
    let lossNow = loss(place);
    (*descent).windowPlace = place;
    (*descent).windowLoss = lossNow;
    lossBefore = select(noLoss, lossNow, beyondAll(place) > 0.0);
  }
  let middle = middleOfWindow();
  for (var step = params.firstStep; step < params.lastStep; step++) {
    let next = takeStep(state, slopeAt(state, step), rateAt(rate, step));
    if (isSteady && isSame(next, state)) {
      break;
    }
    state = next;
    var place = state.theta;
    if (!stepsByAllPoints) {
      sum += state.theta;
      if (!isEpochEnd(step)) {
        continue;
      }
      sum = closeEpoch(descent, sum);
      place = (*descent).place;
    }
    let isOutside = beyondAll(place) > 0.0;
    var lossNow = noLoss;
    if (isJudgedByMeans) {
      let lossHere = loss(place);
      lossNow = select(noLoss, lossHere, isOutside);
      let isFirst = step < middle;
      let shares = vec2f(select(0.0, lossHere, isFirst), select(lossHere, 0.0, isFirst));
      halves = vec3f(halves.xy + shares, min(halves.z, lossHere));
    } else {
      lossNow = select(noLoss, loss(place), isOutside);
    }
    let counts = isOutside && (!isJudgedByMeans || step >= middle);
    hasRisen = select(hasRisen, 1u, counts && lossNow > lossBefore * (1.0 + params.rise));
    lossBefore = lossNow;
    arrivalStep = select(arrivalStep, step + 1u + params.epochSteps, isOutside);
  }
  (*descent).state = state;
  if (stepsByAllPoints) {
    (*descent).place = state.theta;
  }
  (*descent).epochSum = sum;
  (*descent).arrivalStep = arrivalStep;
  (*descent).lossBefore = lossBefore;
  (*descent).hasRisen = hasRisen;
  (*descent).firstHalf = halves.x;
  (*descent).secondHalf = halves.y;
  (*descent).lowestLoss = halves.z;
}

fn storeOutcome(descent: Descent, column: u32, row: u32) {
  let finalLoss = loss(descent.state.theta);
  let outcome = classOf(descent, finalLoss);
  let isArrived = outcome == 0u;
  let minimum = f32(select(noMinimum, minimumAt(descent.place), isArrived));
  let arrivalStep = select(-1.0, f32(descent.arrivalStep), isArrived);
  textureStore(cells, vec2u(column, row), vec4f(f32(outcome), minimum, arrivalStep, finalLoss));
}

@compute @workgroup_size(64)
fn classifyOutcomes(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) {
    return;
  }
  let taken = params.first + id.x;
  let columnsTaken = (params.columns - 2u) / params.nodeStep + 2u;
  let column = min(taken % columnsTaken * params.nodeStep, params.columns - 1u);
  let row = min(taken / columnsTaken * params.nodeStep, params.rows - 1u);
  learningRate = axisValue(2u, column, row, params.learningRate);
  holdObjective();
  holdMinima();
  var descent = descents[id.x];
  if (params.firstStep == 0u && phase != 2u) {
    descent = descentFrom(column, row);
  }
  if (phase == 0u) {
    carryOn(&descent);
  }
  if (phase == 1u) {
    carryOnWatched(&descent);
  }
  if (phase == 2u) {
    storeOutcome(descent, column, row);
  } else {
    descents[id.x] = descent;
  }
}
