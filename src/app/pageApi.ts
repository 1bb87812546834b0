/** `window.steepest`: what the panel can do, a script can do. Documented in the README. */
import type { Engine, Outcomes } from '../engine/engine'
import type { findInWorker } from '../engine/stationaryPoints'
import { cellSize } from '../model/grid'
import { axesOfRates, type OutcomeName, outcomeCodes } from '../model/outcome'
import type { StationaryPoint } from '../model/stationary'
import type { StepExplanation } from '../model/step'
import type { Settings } from '../state/settings'

export interface PageApi {
  /** Resolves when the first frame with data has been drawn. */
  readonly ready: Promise<void>
  readonly engine: { kind: 'gpu' | 'cpu'; name: string } | null
  /** A snapshot, plain and the caller's own. */
  readonly settings: Settings
  /** Resolves when what is shown is that of the new settings; rejects with a sentence. */
  apply(partial: unknown): Promise<void>
  /** Hessian and change where the request has a learning rate. */
  evaluateGrid(request: unknown): Promise<GridAnswer>
  descend(request: unknown): Promise<{ positions: Float32Array; recordedSteps: Uint32Array }>
  /** In the view of the settings, enlarged threefold. */
  stationaryPoints(request?: unknown): Promise<{
    minima: readonly StationaryPoint[]
    saddles: readonly StationaryPoint[]
  }>
  /** `minimum` indexes stationaryPoints().minima of the same samples and loss. */
  classify(request: unknown): Promise<Outcomes>
  /** One value for each of the rates. */
  sweep(request: unknown): Promise<Outcomes>
  /** One step: what its gradient and Hessian promise, and what it does. */
  explainStep(request: unknown): Promise<StepExplanation>
  /** A file of what is shown: a picture, a table or a video. */
  save(request: unknown): Promise<Blob>
  readonly outcomeCodes: Readonly<Record<OutcomeName, number>>
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

declare global {
  interface Window {
    steepest: PageApi
  }
}

export function createPageApi(source: PageApiSource): PageApi {
  return {
    ready: source.ready,
    get engine() {
      const engine = source.engine()
      return engine && { kind: engine.kind, name: engine.name }
    },
    get settings() {
      return structuredClone(source.settings())
    },
    apply: (partial) => source.apply(partial),
    save: (request) => source.save(request),
    async evaluateGrid(request) {
      const { gridJob } = await jobs()
      const job = gridJob(request, source.settings())
      const { cells, curvature } = await (await source.opened()).evaluateGrid(job)
      const [loss, dLdw, dLdb] = componentsOf(cells)
      if (!curvature) return { loss, dLdw, dLdb }
      const [ww, wb, bb, change] = componentsOf(curvature)
      return { loss, dLdw, dLdb, hessian: { ww, wb, bb }, change }
    },
    async descend(request) {
      const { descentJob } = await jobs()
      const job = descentJob(request, source.settings())
      return (await source.opened()).descend(job)
    },
    async stationaryPoints(request) {
      const { stationaryJob } = await jobs()
      const { objective, view } = stationaryJob(request, source.settings())
      const { minima, saddles } = await stationaryPoints(objective, view)
      return { minima, saddles }
    },
    async classify(request) {
      const { outcomeJob } = await jobs()
      const { view } = source.settings()
      const job = outcomeJob(request, source.settings())
      const { withTargets } = await import('../model/targets')
      const points = await stationaryPoints(job.objective, view)
      return (await source.opened()).classify(withTargets(job, points))
    },
    async sweep(request) {
      const { sweepJob } = await jobs()
      const { view } = source.settings()
      const { rates, rule, ...job } = sweepJob(request, source.settings())
      const { withTargets } = await import('../model/targets')
      const points = await stationaryPoints(job.objective, view)
      const runner = { rule, learningRate: rates[0] }
      const line = { ...job, runner, axes: axesOfRates(rates, job.start) }
      return (await source.opened()).classify(withTargets(line, points))
    },
    async explainStep(request) {
      const { stepJob } = await jobs()
      const { objective, step } = stepJob(request, source.settings())
      const { explainStep } = await import('../model/step')
      return explainStep(objective, step)
    },
    outcomeCodes,
  }
}

/** An array for each of the floats of a cell. */
function componentsOf(cells: Float32Array): Float32Array[] {
  return Array.from({ length: cellSize }, (_, k) =>
    Float32Array.from({ length: cells.length / cellSize }, (_, i) => cells[i * cellSize + k]),
  )
}

/** Loaded with the first question: most visitors ask none. */
const jobs = () => import('../state/jobs')

/** In a worker: the search takes up to 200 ms. */
async function stationaryPoints(
  ...question: Parameters<typeof findInWorker>
): ReturnType<typeof findInWorker> {
  const { findInWorker } = await import('../engine/stationaryPoints')
  return findInWorker(...question)
}
