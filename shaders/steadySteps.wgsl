// Part. The same learning rate at every step.

const isSteady = true;

fn rateAt(learningRate: f32, step: u32) -> f32 {
  return learningRate;
}
