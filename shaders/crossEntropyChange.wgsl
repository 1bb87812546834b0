// Part. The change of lossTerm of one sample when z rises by d (all in bits), like
// crossEntropyChange in src/model/step/lossChange.ts.

// It is the same for (-z, 1 - y, -d): f is taken from the side where it is at most 1/2.
fn termChange(before: Activation, y: f32, d: f32) -> f32 {
  let isAbove = before.z > 0.0;
  return changeFromBelow(
    -abs(before.z),
    select(before.value, before.complement, isAbove),
    select(y, 1.0 - y, isAbove),
    select(d, -d, isAbove),
  );
}

// softplus(z + d) - softplus(z) - y d = log(1 + f (e^d - 1)) - y d for z <= 0. From d = 1 bit on,
// e^d may overflow, and the difference of two softplus is as good.
fn changeFromBelow(z: f32, f: f32, y: f32, d: f32) -> f32 {
  let near = log2p1(f * exp2m1(min(d, 1.0))) - y * d;
  let after = z + d;
  let linear = select(-y * d, z + (1.0 - y) * d, after > 0.0);
  let far = linear + (log2p1(exp2(-abs(after))) - log2p1(exp2(z)));
  return select(far, near, d < 1.0);
}
