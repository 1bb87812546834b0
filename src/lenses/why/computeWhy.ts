/** Results of the lens of one step, in addition to the surface. Loaded with the lens. */
import type { JobOptions, Surface } from '../../engine/engine'
import { magnifyInWorker } from '../../engine/inWorker'
import type { Magnified } from '../../model/step/magnifier'
import { gridOf, objectiveOf, type ResultSpec, type Run } from '../../results/jobsOf'
import type { Latest } from '../../results/latest'
import { leadingRunner, magnifiedRate } from '../../settings/runners'
import type { Settings } from '../../settings/settings'

/** The place of a run at a step, or at its end if that is earlier. */
export function placeOnRun({ path }: Run, step: number): readonly [w: number, b: number] {
  const at = Math.min(step, path.length / 2 - 1) * 2
  return [path[at], path[at + 1]]
}

/** The place of the first visible runner at the shown step; without a run, the chosen start. */
function magnifiedPlace(settings: Settings, runs: readonly Run[] | null): { w: number; b: number } {
  const run = runs?.[leadingRunner(settings).index]
  const [w, b] = run?.path.length ? placeOnRun(run, settings.step) : settings.start
  return { w, b }
}

export const magnifiedResult: ResultSpec<Magnified> = {
  name: 'magnified',
  compute: (_, settings, options, { runs }) => computeMagnified(settings, runs, options),
}

/**
 * The step of a run is known once the run is; while a drag keeps changing the run, the newest one
 * gives a coarse result, so that something is shown.
 */
async function computeMagnified(
  settings: Settings,
  runs: Latest<readonly Run[]>,
  { signal, onCoarse }: JobOptions<Magnified>,
): Promise<Magnified> {
  const look = (found: readonly Run[] | null) =>
    magnifyInWorker({
      objective: objectiveOf(settings),
      place: magnifiedPlace(settings, found),
      learningRate: magnifiedRate(settings),
      angle: settings.why.angle,
    })
  if (settings.step === 0) return look(null)
  if (!runs.isComplete) {
    await runs.next()
    if (!runs.isComplete && runs.isRunning) onCoarse?.(await look(runs.value))
    await untilAborted(runs.settled(), signal)
  }
  if (!runs.isComplete) {
    throw new Error(
      `Step ${settings.step} cannot be shown: its descent was cancelled or has failed. Go to step 0, or change a setting to run it again.`,
    )
  }
  return look(runs.value)
}

/** Rejects when aborted, although the promise itself continues. */
async function untilAborted(
  promise: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<void>((_, reject) => {
    stop = () => reject(signal?.reason)
    signal?.addEventListener('abort', stop)
  })
  try {
    await Promise.race([promise, aborted])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** The loss over the view again, with the Hessian and the change by a step at each node. */
export const trustResult: ResultSpec<Surface> = {
  name: 'trust',
  compute: (engine, settings, options) =>
    engine.surface({ ...gridOf(settings), learningRate: magnifiedRate(settings) }, options),
  held: (surface) => surface,
}
