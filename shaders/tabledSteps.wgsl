// Part. Steps that differ: row (step - tableFirst) of `stepTable` begins with
// (factor on the learning rate, factors of a batch's gradient, points in the batch); the batch's
// samples follow, two in each vec4f, as in Objective.

const isSteady = false;

fn tableRow(step: u32) -> u32 {
  return (step - rule.tableFirst) * rule.rowSize;
}

fn rateAt(learningRate: f32, step: u32) -> f32 {
  return learningRate * stepTable[tableRow(step)].x;
}
