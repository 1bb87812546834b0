// Part. The change of lossTerm of one sample when z rises by d (in bits), like squaredErrorChange
// in src/model/step/lossChange.ts.

// df (2 (f0 - y) + df), df = f1 - f0 = f1 (1 - f0) (1 - e^-d), mirrored for d < 0
fn termChange(before: Activation, y: f32, d: f32) -> f32 {
  let after = activate(before.z + d);
  let product = select(
    before.value * after.complement,
    -(after.value * before.complement),
    d >= 0.0,
  );
  let df = exp2m1(-abs(d)) * product;
  return df * (2.0 * (before.value - y) + df);
}
