/** Answers to the questions of `window.steepest`, under the names of their methods. */
import * as derived from '../engine/derivedResults'
import type { Outcomes, Paths } from '../engine/engine'
import { findInWorker } from '../engine/inWorker'
import { cellSize } from '../model/grid'
import type { OutcomeQuestion } from '../model/outcomes/outcome'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import { resolveTargets } from '../model/outcomes/targets'
import { explainStep as explain, type StepExplanation } from '../model/step/explainStep'
import type { Page } from '../page/page'
import {
  descentJob,
  gridJob,
  outcomeJob,
  stationaryObjective,
  stepJob,
  sweepJob,
} from '../settings/requests'

export async function evaluateGrid(request: unknown, page: Page): Promise<GridAnswer> {
  const job = gridJob(request, page.current())
  const { cells, curvature } = await derived.evaluateGrid((await page.opened()).engine, job)
  const [loss, dLdw, dLdb] = componentsOf(cells)
  if (!curvature) return { loss, dLdw, dLdb }
  const [ww, wb, bb, change] = componentsOf(curvature)
  return { loss, dLdw, dLdb, hessian: { ww, wb, bb }, change }
}

/** One array for each float of a cell. */
function componentsOf(cells: Float32Array): Float32Array[] {
  return Array.from({ length: cellSize }, (_, k) =>
    Float32Array.from({ length: cells.length / cellSize }, (_, i) => cells[i * cellSize + k]),
  )
}

export async function descend(request: unknown, page: Page): Promise<Paths> {
  const job = descentJob(request, page.current())
  return derived.descend((await page.opened()).engine, job)
}

export async function stationaryPoints(
  request: unknown,
  page: Page,
): Promise<Pick<StationaryPoints, 'minima' | 'saddles'>> {
  const objective = stationaryObjective(request, page.current())
  const { minima, saddles } = await findInWorker(objective)
  return { minima, saddles }
}

export async function classify(request: unknown, page: Page): Promise<Outcomes> {
  return outcomesOf(outcomeJob(request, page.current()), page)
}

export async function sweep(request: unknown, page: Page): Promise<Outcomes> {
  return outcomesOf(sweepJob(request, page.current()), page)
}

async function outcomesOf(question: OutcomeQuestion, page: Page): Promise<Outcomes> {
  const { job } = await resolveTargets(question, findInWorker)
  return derived.classify((await page.opened()).engine, job)
}

export async function explainStep(request: unknown, page: Page): Promise<StepExplanation> {
  const { objective, step } = stepJob(request, page.current())
  return explain(objective, step)
}

/** Each array has a value for each node, row by row; row 0 is the smallest b. */
export interface GridAnswer {
  loss: Float32Array
  dLdw: Float32Array
  dLdb: Float32Array
  /** Second derivatives of the loss. */
  hessian?: { ww: Float32Array; wb: Float32Array; bb: Float32Array }
  /** L(theta - eta g) - L(theta), never as a difference of two losses. */
  change?: Float32Array
}
