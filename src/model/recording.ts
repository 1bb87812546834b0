/** Chooses the steps of a descent that are kept. */

/** Records 0, stride, 2 stride, ... and the last step. */
export interface Recording {
  steps: number
  stride: number
}

/** Number of records, including the start and the last step. */
export function recordCount({ steps, stride }: Recording): number {
  return Math.ceil(steps / stride) + 1
}

/** Step at which record `index` was taken. */
export function recordStep({ steps, stride }: Recording, index: number): number {
  return Math.min(index * stride, steps)
}

/** Index of the last record at or before `step`. */
export function recordBefore(recording: Recording, step: number): number {
  return step >= recording.steps ? recordCount(recording) - 1 : Math.floor(step / recording.stride)
}

/** Records 0, recordStep, 2 recordStep, ... and the last: `chosen` of them. */
export interface EvenRecords {
  recordStep: number
  chosen: number
  lastRecord: number
}

/** At most `most` records (at least 2), evenly spaced, including the first and the last. */
export function evenRecords(recording: Recording, most: number): EvenRecords {
  const lastRecord = recordCount(recording) - 1
  const recordStep = Math.ceil(lastRecord / (most - 1))
  return { recordStep, chosen: Math.ceil(lastRecord / recordStep) + 1, lastRecord }
}

/** Steps of evenly chosen records. */
export function evenSteps(recording: Recording, records: EvenRecords): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: records.chosen }, (_, k) =>
    recordStep(recording, Math.min(k * records.recordStep, records.lastRecord)),
  )
}

/** All recorded steps, in order. */
export function recordedSteps(recording: Recording): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: recordCount(recording) }, (_, i) => recordStep(recording, i))
}

/** The smallest stride, at least `wanted`, for which `capacity` positions hold every record. */
export function fittingStride(
  trajectories: number,
  steps: number,
  wanted: number,
  capacity: number,
): number {
  const records = Math.max(2, Math.floor(capacity / trajectories))
  return Math.max(wanted, Math.ceil(steps / (records - 1)))
}
