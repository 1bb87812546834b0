/** Answers to the questions of `window.steepest`, each by the name of its method. */
import type { Outcomes, Paths } from '../engine/engine'
import { findInWorker } from '../engine/inWorker'
import { cellSize } from '../model/grid'
import { axesOfRates } from '../model/outcomes/outcome'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import { withTargets } from '../model/outcomes/targets'
import { explainStep as explain, type StepExplanation } from '../model/step/explainStep'
import type { Page } from '../page/page'
import {
  descentJob,
  gridJob,
  outcomeJob,
  stationaryJob,
  stepJob,
  sweepJob,
} from '../settings/requests'

export async function evaluateGrid(request: unknown, page: Page): Promise<GridAnswer> {
  const job = gridJob(request, page.current())
  const { cells, curvature } = await (await page.opened()).engine.evaluateGrid(job)
  const [loss, dLdw, dLdb] = componentsOf(cells)
  if (!curvature) return { loss, dLdw, dLdb }
  const [ww, wb, bb, change] = componentsOf(curvature)
  return { loss, dLdw, dLdb, hessian: { ww, wb, bb }, change }
}

/** An array for each of the floats of a cell. */
function componentsOf(cells: Float32Array): Float32Array[] {
  return Array.from({ length: cellSize }, (_, k) =>
    Float32Array.from({ length: cells.length / cellSize }, (_, i) => cells[i * cellSize + k]),
  )
}

export async function descend(request: unknown, page: Page): Promise<Paths> {
  const job = descentJob(request, page.current())
  return (await page.opened()).engine.descend(job)
}

export async function stationaryPoints(
  request: unknown,
  page: Page,
): Promise<Pick<StationaryPoints, 'minima' | 'saddles'>> {
  const { objective, view } = stationaryJob(request, page.current())
  const { minima, saddles } = await findInWorker(objective, view)
  return { minima, saddles }
}

export async function classify(request: unknown, page: Page): Promise<Outcomes> {
  const { view } = page.current()
  const job = outcomeJob(request, page.current())
  const points = await findInWorker(job.objective, view)
  return (await page.opened()).engine.classify(withTargets(job, points))
}

export async function sweep(request: unknown, page: Page): Promise<Outcomes> {
  const { view } = page.current()
  const { rates, rule, ...job } = sweepJob(request, page.current())
  const points = await findInWorker(job.objective, view)
  const runner = { rule, learningRate: rates[0] }
  const line = { ...job, runner, axes: axesOfRates(rates, job.start) }
  return (await page.opened()).engine.classify(withTargets(line, points))
}

export async function explainStep(request: unknown, page: Page): Promise<StepExplanation> {
  const { objective, step } = stepJob(request, page.current())
  return explain(objective, step)
}

/** A value of each for each node, row by row; row 0 is the smallest b. */
export interface GridAnswer {
  loss: Float32Array
  dLdw: Float32Array
  dLdb: Float32Array
  /** Second derivatives of the loss. */
  hessian?: { ww: Float32Array; wb: Float32Array; bb: Float32Array }
  /** L(theta - eta g) - L(theta), never as a difference of two losses. */
  change?: Float32Array
}
