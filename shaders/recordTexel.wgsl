// Part. The place of record r of trajectory i in a texture: texel number r * trajectories + i,
// filled row by row.

fn recordTexel(record: u32, trajectory: u32, trajectories: u32, width: u32) -> vec2u {
  let texel = record * trajectories + trajectory;
  return vec2u(texel % width, texel / width);
}
