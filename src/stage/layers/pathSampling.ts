/** Chooses which points of a recorded path are drawn within a budget of vertices. */

/**
 * A path's points are records 0, skip, 2 skip, ... up to the last one before the shown step, then
 * the head. Between two points there are `parts` straight pieces, all laid on the surface.
 */
export interface PathSampling {
  skip: number
  parts: number
}

/** `skip` depends on the whole path, not on the step, so that a trail grows only at its head. */
export function samplePath(records: number, budget: number, mostParts: number): PathSampling {
  if (records > budget) return { skip: Math.ceil(records / budget), parts: 1 }
  return { skip: 1, parts: Math.max(1, Math.min(mostParts, Math.floor(budget / records))) }
}

/** Number of straight pieces when the shown step is at or after record `last`. */
export function pieceCount({ skip, parts }: PathSampling, last: number): number {
  return (Math.floor(last / skip) + 1) * parts
}
