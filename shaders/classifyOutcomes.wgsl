// Entry. Carries the descents of the nodes [first, first + count) of a plane of starts (and rates)
// from firstStep to lastStep; after the last step of all, says where each has ended:
// cells at texel (column, row) = (class, minimum or 255, step of arrival or -1, final loss).
// As in src/model/classify.ts, which says what each class means.

struct OutcomeParams {
  columns: u32,
  rows: u32,
  nodeStep: u32,     // every so many nodes of the final map, and the last one
  first: u32,        // among the nodes taken, row after row
  count: u32,
  firstStep: u32,
  lastStep: u32,
  steps: u32,        // of the whole descent
  windowStart: u32,  // the step from which a rise of the loss counts
  stayStart: u32,    // who arrived after this step has not stayed
  columnAxis: u32,   // what the nodes are: 0 w, 1 b, 2 the learning rate
  rowAxis: u32,
  startW: f32,       // what no axis gives
  startB: f32,
  learningRate: f32,
  targetCount: u32,
  rise: f32,
  plateau: f32,
  lowLoss: f32,
}

struct Target {
  place: vec2f,
  radius: f32,
  largest: f32, // eigenvalue of the Hessian: what decides whether a descent can hold there
}

struct Descent {
  theta: vec2f,
  windowTheta: vec2f, // at windowStart
  windowLoss: f32,
  arrivalStep: u32,   // the step after the last one outside of every minimum
  hasRisen: u32,
  lossBefore: f32,    // noLoss at a minimum
}

const noMinimum = 255u;
const noLoss = 1e38; // no rise can follow it
const bound = 1e6;

// Steps between two looks whether a descent still moves: to look at each step costs more.
const together = 16u;

// 0 carries descents on, 1 does so and watches the loss, 2 says where they have ended. A pipeline
// for each: a second loop or a second gradient halves the speed of the first one on SwiftShader.
override phase: u32 = 0;
// Of the targets, minima come first: a pipeline is made for each number of them, up to 8.
override minimumCount: u32 = 0;

@group(0) @binding(0) var<uniform> boundObjective: Objective;
@group(0) @binding(1) var<uniform> params: OutcomeParams;
@group(0) @binding(2) var<uniform> targets: array<Target, 16>;
// All columns' values, then all rows': computed in f64 and rounded once, for both engines.
@group(0) @binding(3) var<storage, read> nodes: array<f32>;
@group(0) @binding(4) var<storage, read_write> descents: array<Descent>;
@group(0) @binding(5) var cells: texture_storage_2d<rgba32float, write>;

var<private> learningRate: f32;
// (w, b, radius^2) of the minima; radius^2 is -1 for one that can hold nothing at this rate.
var<private> minima: array<vec3f, 8>;

fn holds(point: Target) -> bool {
  return learningRate * point.largest < 2.0;
}

fn holdMinima() {
  for (var k = 0u; k < minimumCount; k++) {
    let point = targets[k];
    minima[k] = vec3f(point.place, select(-1.0, point.radius * point.radius, holds(point)));
  }
}

// Distance^2 less radius^2: not positive within minimum k.
fn beyond(theta: vec2f, k: u32) -> f32 {
  let away = theta - minima[k].xy;
  return dot(away, away) - minima[k].z;
}

// The least of all minima. Written out: turns of a loop would cost more than what stands in it.
fn beyondAll(theta: vec2f) -> f32 {
  var least = noLoss;
  if (minimumCount > 0u) { least = beyond(theta, 0u); }
  if (minimumCount > 1u) { least = min(least, beyond(theta, 1u)); }
  if (minimumCount > 2u) { least = min(least, beyond(theta, 2u)); }
  if (minimumCount > 3u) { least = min(least, beyond(theta, 3u)); }
  if (minimumCount > 4u) { least = min(least, beyond(theta, 4u)); }
  if (minimumCount > 5u) { least = min(least, beyond(theta, 5u)); }
  if (minimumCount > 6u) { least = min(least, beyond(theta, 6u)); }
  if (minimumCount > 7u) { least = min(least, beyond(theta, 7u)); }
  return least;
}

// One of the minima that theta is within; circles do not meet.
fn minimumAt(theta: vec2f) -> u32 {
  var found = noMinimum;
  for (var k = 0u; k < minimumCount; k++) {
    found = select(found, k, beyond(theta, k) <= 0.0);
  }
  return found;
}

fn isWithin(theta: vec2f, point: Target) -> bool {
  return distance(theta, point.place) <= point.radius;
}

fn isStationary(descent: Descent) -> bool {
  var found = false;
  for (var k = 0u; k < params.targetCount; k++) {
    let point = targets[k];
    let canHold = k < minimumCount && holds(point);
    let isLeaving =
      distance(descent.theta, point.place) > distance(descent.windowTheta, point.place);
    found = found || (!canHold && isWithin(descent.windowTheta, point) && !isLeaving);
  }
  return found;
}

fn classOf(descent: Descent, finalLoss: f32) -> u32 {
  let theta = descent.theta;
  if (max(abs(theta.x), abs(theta.y)) > bound) {
    return 4u; // diverged
  }
  if (beyondAll(theta) <= 0.0 && descent.arrivalStep <= params.stayStart) {
    return 0u; // minimum
  }
  if (descent.hasRisen != 0u) {
    return 2u; // oscillating
  }
  let isGrowing = length(theta) > length(descent.windowTheta);
  if (isGrowing && finalLoss < descent.windowLoss && finalLoss < params.lowLoss) {
    return 5u; // receding
  }
  if (isStationary(descent)) {
    return 6u; // stationary
  }
  let slope = gradient(theta);
  if (all(takeStep(theta, slope, learningRate) == theta)) {
    return 7u; // frozen
  }
  // plateau or moving
  return select(3u, 1u, dot(slope, slope) < params.plateau * params.plateau);
}

// The value that an axis gives at this node, or what is held where none does.
fn axisValue(axis: u32, column: u32, row: u32, held: f32) -> f32 {
  let byRow = select(held, nodes[params.columns + row], params.rowAxis == axis);
  return select(byRow, nodes[column], params.columnAxis == axis);
}

fn beginning(column: u32, row: u32) -> Descent {
  let w = axisValue(0u, column, row, params.startW);
  let b = axisValue(1u, column, row, params.startB);
  let start = vec2f(w, b);
  let arrivalStep = select(0u, 1u, beyondAll(start) > 0.0);
  return Descent(start, start, 0.0, arrivalStep, 0u, noLoss);
}

fn carryOn(descent: ptr<function, Descent>) {
  let rate = learningRate;
  var theta = (*descent).theta;
  var arrivalStep = (*descent).arrivalStep;
  var step = params.firstStep;
  while (step < params.lastStep) {
    let stop = min(step + together, params.lastStep);
    var before = theta;
    for (; step < stop; step++) {
      before = theta;
      theta = takeStep(theta, gradient(theta), rate);
      arrivalStep = select(arrivalStep, step + 2u, beyondAll(theta) > 0.0);
    }
    if (all(theta == before)) {
      break; // nothing can change any more
    }
  }
  (*descent).theta = theta;
  (*descent).arrivalStep = arrivalStep;
}

// The loss counts between two places outside of every minimum.
fn carryOnWatched(descent: ptr<function, Descent>) {
  let rate = learningRate;
  var theta = (*descent).theta;
  var arrivalStep = (*descent).arrivalStep;
  var lossBefore = (*descent).lossBefore;
  var hasRisen = (*descent).hasRisen;
  if (params.firstStep == params.windowStart) {
    let lossNow = loss(theta);
    (*descent).windowTheta = theta;
    (*descent).windowLoss = lossNow;
    lossBefore = select(noLoss, lossNow, beyondAll(theta) > 0.0);
  }
  for (var step = params.firstStep; step < params.lastStep; step++) {
    let next = takeStep(theta, gradient(theta), rate);
    if (all(next == theta)) {
      break;
    }
    theta = next;
    let isOutside = beyondAll(theta) > 0.0;
    let lossNow = select(noLoss, loss(theta), isOutside);
    hasRisen = select(hasRisen, 1u, isOutside && lossNow > lossBefore * (1.0 + params.rise));
    lossBefore = lossNow;
    arrivalStep = select(arrivalStep, step + 2u, isOutside);
  }
  (*descent).theta = theta;
  (*descent).arrivalStep = arrivalStep;
  (*descent).lossBefore = lossBefore;
  (*descent).hasRisen = hasRisen;
}

fn storeOutcome(descent: Descent, column: u32, row: u32) {
  let finalLoss = loss(descent.theta);
  let outcome = classOf(descent, finalLoss);
  let isArrived = outcome == 0u;
  let minimum = f32(select(noMinimum, minimumAt(descent.theta), isArrived));
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
    descent = beginning(column, row);
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
