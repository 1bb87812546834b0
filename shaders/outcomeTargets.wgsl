// Part. Places where the gradient vanishes, and whether a descent is at one. The entry file binds
// `targets` and `params`, and says how many of the targets are minima; they come first.

struct Target {
  place: vec2f,
  radius: f32,
  largest: f32, // eigenvalue of the Hessian, which decides whether a descent can hold there
}

const noMinimum = 255u;
const noLoss = 1e38; // no rise can follow it

var<private> learningRate: f32;
// (w, b, radius^2) of the minima; radius^2 is -1 for one that cannot hold descents at this rate.
var<private> minima: array<vec3f, 8>;

fn holds(point: Target) -> bool {
  return learningRate * point.largest < params.stability;
}

fn holdMinima() {
  for (var k = 0u; k < minimumCount; k++) {
    let point = targets[k];
    minima[k] = vec3f(point.place, select(-1.0, point.radius * point.radius, holds(point)));
  }
}

// Distance^2 - radius^2: not positive within minimum k.
fn beyond(theta: vec2f, k: u32) -> f32 {
  let away = theta - minima[k].xy;
  return dot(away, away) - minima[k].z;
}

// The least over all minima. Written out: a loop would cost more than its body.
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

// The minimum that theta is within; circles do not overlap.
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
