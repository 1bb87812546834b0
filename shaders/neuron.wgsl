// Part. The sigmoid neuron, as in src/model/neuron.ts, but with z measured in bits:
// u = z log2(e), so that e^-|z| is exp2(-|u|), which the hardware provides.

struct Activation {
  z: f32,           // in bits
  value: f32,       // f = sigmoid(z)
  complement: f32,  // 1 - f, never by subtraction: it cancels where f is close to 1
  slope: f32,       // f (1 - f)
}

fn activate(u: f32) -> Activation {
  let e = exp2(-abs(u));
  let r = 1.0 / (1.0 + e);
  let small = e * r;
  let positive = u >= 0.0;
  return Activation(u, select(small, r, positive), select(r, small, positive), small * r);
}

// log2(1 + 2^u), in bits like its argument.
fn softplus(u: f32) -> f32 {
  return max(u, 0.0) + log2(1.0 + exp2(-abs(u)));
}
