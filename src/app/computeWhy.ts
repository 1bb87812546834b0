/** What the lens of one step shows beside its surface. Loaded with the lens. */
import type { Engine, JobOptions, Surface } from '../engine/engine'
import { magnifyInWorker } from '../engine/magnifier'
import type { Magnified } from '../model/magnifier'
import { leadingRunner } from '../state/runners'
import type { Settings } from '../state/settings'
import { gridOf, objectiveOf, type Run } from './computeResults'

/** eta of the step under the magnifier: its own, or that of the descent. */
export function magnifiedRate(settings: Settings): number {
  return settings.why.learningRate ?? leadingRunner(settings).runner.learningRate
}

/** Where the first visible runner stands at the shown step; at the chosen start before it has run. */
function magnifiedPlace(settings: Settings, runs: readonly Run[] | null): { w: number; b: number } {
  const path = runs?.[leadingRunner(settings).index]?.path ?? new Float32Array()
  const at = Math.min(settings.step, path.length / 2 - 1) * 2
  const [w, b] = at < 0 ? settings.start : path.subarray(at, at + 2)
  return { w, b }
}

export function computeMagnified(
  settings: Settings,
  runs: readonly Run[] | null,
): Promise<Magnified> {
  return magnifyInWorker({
    objective: objectiveOf(settings),
    place: magnifiedPlace(settings, runs),
    learningRate: magnifiedRate(settings),
    angle: settings.why.angle,
  })
}

/** The loss over the view once more, with the Hessian and the change by a step at each node. */
export function computeTrust(
  engine: Engine,
  settings: Settings,
  options: JobOptions<Surface>,
): Promise<Surface> {
  return engine.surface({ ...gridOf(settings), learningRate: magnifiedRate(settings) }, options)
}
