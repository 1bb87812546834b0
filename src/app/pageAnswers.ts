/** Answers to the questions of `window.steepest`, each by the name of its method. */
import * as derived from '../engine/derivedResults'
import type { Engine, Outcomes, Paths } from '../engine/engine'
import { findInWorker } from '../engine/inWorker'
import { cellSize } from '../model/grid'
import type { OutcomeQuestion } from '../model/outcomes/outcome'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import { resolveTargets } from '../model/outcomes/targets'
import { explainStep as explain, type StepExplanation } from '../model/step/explainStep'
import {
  descentJob,
  gridJob,
  outcomeJob,
  stationaryJob,
  stepJob,
  sweepJob,
} from '../settings/requests'
import type { Settings } from '../settings/settings'

export async function evaluateGrid(request: unknown, source: PageApiSource): Promise<GridAnswer> {
  const job = gridJob(request, source.settings())
  const { cells, curvature } = await derived.evaluateGrid(await source.opened(), job)
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

export async function descend(request: unknown, source: PageApiSource): Promise<Paths> {
  const job = descentJob(request, source.settings())
  return derived.descend(await source.opened(), job)
}

export async function stationaryPoints(
  request: unknown,
  source: PageApiSource,
): Promise<Pick<StationaryPoints, 'minima' | 'saddles'>> {
  const { objective, view } = stationaryJob(request, source.settings())
  const { minima, saddles } = await findInWorker(objective, view)
  return { minima, saddles }
}

export async function classify(request: unknown, source: PageApiSource): Promise<Outcomes> {
  return outcomesOf(outcomeJob(request, source.settings()), source)
}

export async function sweep(request: unknown, source: PageApiSource): Promise<Outcomes> {
  return outcomesOf(sweepJob(request, source.settings()), source)
}

async function outcomesOf(question: OutcomeQuestion, source: PageApiSource): Promise<Outcomes> {
  const { job } = await resolveTargets(question, source.settings().view, findInWorker)
  return derived.classify(await source.opened(), job)
}

export async function explainStep(
  request: unknown,
  source: PageApiSource,
): Promise<StepExplanation> {
  const { objective, step } = stepJob(request, source.settings())
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

export interface PageApiSource {
  ready: Promise<void>
  /** The engine in use, once there is one. */
  engine(): Engine | null
  opened(): Promise<Engine>
  settings(): Settings
  apply(partial: unknown): Promise<void>
  save(request: unknown): Promise<Blob>
}
