/** Answers to the questions of `window.steepest`, each by the name of its method. */
import type { Outcomes } from '../engine/engine'
import { findInWorker } from '../engine/inWorker'
import { cellSize } from '../model/grid'
import { axesOfRates } from '../model/outcomes/outcome'
import { withTargets } from '../model/outcomes/targets'
import { explainStep as explain, type StepExplanation } from '../model/step/explainStep'
import {
  descentJob,
  gridJob,
  outcomeJob,
  stationaryJob,
  stepJob,
  sweepJob,
} from '../settings/requests'
import type { GridAnswer, PageApi, PageApiSource } from './pageApi'

export async function evaluateGrid(request: unknown, source: PageApiSource): Promise<GridAnswer> {
  const job = gridJob(request, source.settings())
  const { cells, curvature } = await (await source.opened()).evaluateGrid(job)
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

export async function descend(
  request: unknown,
  source: PageApiSource,
): ReturnType<PageApi['descend']> {
  const job = descentJob(request, source.settings())
  return (await source.opened()).descend(job)
}

export async function stationaryPoints(
  request: unknown,
  source: PageApiSource,
): ReturnType<PageApi['stationaryPoints']> {
  const { objective, view } = stationaryJob(request, source.settings())
  const { minima, saddles } = await findInWorker(objective, view)
  return { minima, saddles }
}

export async function classify(request: unknown, source: PageApiSource): Promise<Outcomes> {
  const { view } = source.settings()
  const job = outcomeJob(request, source.settings())
  const points = await findInWorker(job.objective, view)
  return (await source.opened()).classify(withTargets(job, points))
}

export async function sweep(request: unknown, source: PageApiSource): Promise<Outcomes> {
  const { view } = source.settings()
  const { rates, rule, ...job } = sweepJob(request, source.settings())
  const points = await findInWorker(job.objective, view)
  const runner = { rule, learningRate: rates[0] }
  const line = { ...job, runner, axes: axesOfRates(rates, job.start) }
  return (await source.opened()).classify(withTargets(line, points))
}

export async function explainStep(
  request: unknown,
  source: PageApiSource,
): Promise<StepExplanation> {
  const { objective, step } = stepJob(request, source.settings())
  return explain(objective, step)
}
