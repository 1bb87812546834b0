/**
 * The engine: one interface, two implementations (GpuEngine on WebGPU, CpuEngine on workers).
 * Jobs are plain JSON and typed arrays, so that both can be swapped, compared and exported.
 */
import type { DescentJob } from '../model/descent'
import type { Circle } from '../model/destinations'
import type { GridJob } from '../model/grid'
import type { Part } from '../model/headDensity'
import type { OutcomeJob } from '../model/outcomes/outcome'
import type { EvenRecords, Recording } from '../model/recording'

export interface JobOptions<Coarse = never> {
  /** Aborting rejects the job's promise with the signal's reason. */
  signal?: AbortSignal
  /** With `onCoarse`: `signal` waits for the coarse result, this one does not. */
  coarseSignal?: AbortSignal
  /** Called after each slice with the share of the work done so far, 0 to 1. */
  onProgress?(fraction: number): void
  /**
   * Called once, early, with a result that already shows the whole in less detail; not called if
   * the whole job is quick. It is the object with which the promise will resolve, and it belongs to
   * the caller from this call on.
   */
  onCoarse?(coarse: Coarse): void
}

/**
 * Floats that the view draws: texel index (x, y) = (i mod width, floor(i / width)).
 * The GPU engine gives the texture it wrote, which the view reads in place; the CPU engine gives
 * an array to upload, and `version` grows with each change of it.
 */
export type Plane = {
  width: number
  height: number
  /** 1: r32float, 2: rg32float, 4: rgba32float */
  channels: 1 | 2 | 4
} & (
  | { texture: GPUTexture; array?: undefined }
  | { array: Float32Array<ArrayBuffer>; version: number; texture?: undefined }
)

/** Loss and gradient over a grid, and curvature if asked for, kept where the view can draw them. */
export interface Surface {
  readonly job: GridJob
  /** texel (column, row) = (loss, dL/dw, dL/db, 0); row 0 is the smallest b */
  readonly plane: Plane
  /**
   * texel (column, row) = (L_ww, L_wb, L_bb, change), the second derivatives and
   * change = L(theta - eta g) - L(theta) at the job's learning rate eta: all in units of the loss,
   * because w and b are plain numbers. null if the job has no learning rate.
   */
  readonly curvature: Plane | null
  /** Nodes 0, nodeStep, 2 nodeStep, ... and the last of each axis are valid: 1 when finished. */
  readonly nodeStep: number
  /** Extremes of the loss over the valid nodes. */
  readonly lowest: number
  readonly highest: number
  /** Cells of rows [first, last) in the format of `Grid.cells`. */
  readRows(first: number, last: number): Promise<Float32Array<ArrayBuffer>>
  /** The same rows of `curvature`; rejects with a sentence if there is no curvature. */
  readCurvature(first: number, last: number): Promise<Float32Array<ArrayBuffer>>
  dispose(): void
}

/** Recorded descents, kept where the view can draw them. */
export interface Crowd {
  readonly job: DescentJob
  /** The stride in use; larger than the job's if the records would not have fitted. */
  readonly recording: Recording
  readonly trajectories: number
  /** Trajectories [0, finished) are complete. */
  readonly finished: number
  /** The speed of computing so far; 0 before the first result. */
  readonly stepsPerSecond: number
  /** texel record * trajectories + trajectory = (w, b) */
  readonly records: Plane
  /** texel trajectory = (w, b) at the last step sought */
  readonly heads: Plane
  /**
   * Moves `heads` to any step, exactly: from the record before, by the same kernel. Null if whatever
   * is drawn from now on finds them there.
   */
  seek(step: number): Promise<void> | null
  /**
   * texel trajectory = the number, from 1, of the circle in which a finished descent ends, or 0 for
   * none, see model/destinations.ts; always the same plane. `density` goes by it from then on. Nothing is
   * computed again for the same array.
   */
  destinations(circles: readonly Circle[]): Plane
  /**
   * How densely the finished heads lie over a part of (w, b), by where they end, see
   * model/headDensity.ts: a plane of 512 x 512, always the same one. Null for a crowd that is drawn
   * head by head.
   */
  density(part: Part): Plane | null
  /** losses[k * count + i]: the loss of trajectory i in [0, count) at the k-th chosen record. */
  losses(count: number, records: EvenRecords): Promise<Float32Array<ArrayBuffer>>
  /**
   * States of trajectories [0, count) at `step` and at `step + 1`, in the engine's own precision,
   * for the check by the oracle: (w, b) and what the rule carries along. `heads` do not change.
   */
  stepPair(step: number, count: number): Promise<{ before: States; after: States }>
  /** positions[(record * trajectories + trajectory) * 2 + k] */
  read(): Promise<Float32Array<ArrayBuffer>>
  dispose(): void
}

/** The outcomes of a plane of starts (and rates), kept where the view can draw them. */
export interface OutcomeMap {
  readonly job: OutcomeJob
  /**
   * texel (column, row) = (code, minimum or 255, step of arrival or -1, final loss); row 0 is the
   * smallest of its axis
   */
  readonly plane: Plane
  /** Nodes 0, nodeStep, 2 nodeStep, ... and the last of each axis are valid: 1 when finished. */
  readonly nodeStep: number
  /** Rows [0, finishedRows) are valid at every node. */
  readonly finishedRows: number
  /** All texels, row after row. */
  read(): Promise<Float32Array<ArrayBuffer>>
  dispose(): void
}

/** f32 on the GPU, f64 on the CPU. */
export type States = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** Row 0 is the smallest b. */
export interface Grid {
  columns: number
  rows: number
  /** cells[row * columns + column] = (loss, dL/dw, dL/db, 0) */
  cells: Float32Array<ArrayBuffer>
  /** [row * columns + column] = (L_ww, L_wb, L_bb, change), if the job has a learning rate. */
  curvature?: Float32Array<ArrayBuffer>
}

export interface Paths {
  /** positions[(trajectory * records + record) * 2 + k], k = 0: w, 1: b */
  positions: Float32Array<ArrayBuffer>
  recordedSteps: Uint32Array<ArrayBuffer>
}

/** Row-major, the second axis by rows. */
export interface Outcomes {
  /** outcomeCodes */
  outcome: Uint8Array<ArrayBuffer>
  /** Index in stationaryPoints().minima; 255 is no minimum. */
  minimum: Uint8Array<ArrayBuffer>
  /** First step of the final stay; 0xFFFFFFFF if the descent did not stay. */
  arrivalStep: Uint32Array<ArrayBuffer>
  finalLoss: Float32Array<ArrayBuffer>
}

export interface Engine {
  readonly kind: 'gpu' | 'cpu'
  /** Adapter, which may be empty, or "4 workers", for the status line. */
  readonly name: string
  /** The number of positions that one crowd can record. */
  readonly capacity: number
  /** Whether a GPU interface runs on the processor, for which smaller defaults are better. */
  readonly isSoftware: boolean
  /** Resolves with a sentence when the engine cannot go on (device lost, worker dead). */
  readonly lost: Promise<string>
  /** Resolves with a sentence when this machine turns out to be unable to run the engine. */
  readonly unfit?: Promise<string>
  surface(job: GridJob, options?: JobOptions<Surface>): Promise<Surface>
  crowd(job: DescentJob, options?: JobOptions<Crowd>): Promise<Crowd>
  outcomeMap(job: OutcomeJob, options?: JobOptions<OutcomeMap>): Promise<OutcomeMap>
  dispose(): void
}
