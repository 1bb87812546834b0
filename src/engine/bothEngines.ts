/** Shared by both engines: coarse passes before fine ones, and fitting records into memory. */
import type { DescentJob } from '../model/descent'
import type { GridJob } from '../model/grid'
import { termCount } from '../model/objective'
import { fittingStride, type Recording } from '../model/recording'
import type { Engine, JobOptions } from './engine'

/** Milliseconds above which a plane gets a coarse pass first, and the most nodes of that pass. */
export const coarseAbove = 50
export const coarseNodes = 128 * 128

export interface PassOptions {
  signal: AbortSignal | undefined
  onProgress(fraction: number): void
}

/** One or two passes for a job, each with a goal: a node step or a number of trajectories. */
export interface Passes {
  /** The same as `fine` if no coarse pass is needed. */
  coarse: number
  fine: number
  run(goal: number, options: PassOptions): Promise<void>
  dispose?(): void
}

/**
 * Fills `result` pass by pass. A newer edit does not abort the first pass, so that a drag shows
 * something: the coarse pass, which hands the result to its caller, or the fine one if it is the
 * only one. Progress covers only the fine pass, because over both it would jump back. A failure
 * before the result has been handed over disposes of it.
 */
export async function coarseFirst<Result extends { dispose(): void }>(
  result: Result,
  { signal, coarseSignal, onProgress = () => {}, onCoarse }: JobOptions<Result>,
  prepare: () => Passes | Promise<Passes>,
): Promise<Result> {
  let passes: Passes | null = null
  let isHandedOver = false
  try {
    passes = await prepare()
    const { coarse, fine } = passes
    if (onCoarse && coarse !== fine) {
      await passes.run(coarse, { signal: coarseSignal, onProgress: () => {} })
      isHandedOver = true
      onCoarse(result)
    }
    const isFirst = onCoarse && !isHandedOver
    await passes.run(fine, { signal: isFirst ? coarseSignal : signal, onProgress })
    return result
  } catch (reason) {
    if (!isHandedOver) result.dispose()
    throw reason
  } finally {
    passes?.dispose?.()
  }
}

/** Larger crowds are drawn as a glow: more discs than that hide the surface, and each other. */
export const mostDiscs = 4096

/** Loss terms per cell and sample; curvature takes 3 to 5 times as long, as measured. */
const [plainWork, curvatureWork] = [2, 10]

/** Work of one cell of a grid, in loss terms. */
export function cellWork({ objective, learningRate }: GridJob): number {
  return termCount(objective) * (learningRate === undefined ? plainWork : curvatureWork)
}

/** The error for reading curvature that was not requested. */
export const noCurvature =
  'The surface has no curvature; its job must have a learningRate for the step.'

/** The recording of a job, its stride enlarged if the records would not fit. */
export function fitRecording(engine: Engine, job: DescentJob): Recording {
  const trajectories = job.starts.length / 2
  const most = Math.floor(engine.capacity / 2)
  if (trajectories > most) {
    throw new Error(
      `${trajectories} trajectories do not fit; this engine takes at most ${most}. Ask for fewer.`,
    )
  }
  const stride = fittingStride(trajectories, job.steps, job.stride, engine.capacity)
  return { steps: job.steps, stride }
}
