/** `window.steepest`: lets scripts do what the panel does. Documented in the README. */
import type { Outcomes } from '../engine/engine'
import { type OutcomeName, outcomeCodes } from '../model/outcomes/outcome'
import type { StationaryPoint } from '../model/outcomes/stationaryPoints'
import type { StepExplanation } from '../model/step/explainStep'
import type { Page } from '../page/page'
import type { Settings } from '../settings/settings'
import type { GridAnswer } from './pageAnswers'

export interface PageApi {
  /** Resolves when the first frame with data has been drawn. */
  readonly ready: Promise<void>
  readonly engine: { kind: 'gpu' | 'cpu'; name: string } | null
  /** A snapshot in plain objects, which the caller may change. */
  readonly settings: Settings
  /** Resolves when the page shows the new settings; rejects with a sentence. */
  apply(partial: unknown): Promise<void>
  /** Includes Hessian and change if the request has a learning rate. */
  evaluateGrid(request: unknown): Promise<GridAnswer>
  descend(request: unknown): Promise<{ positions: Float32Array; recordedSteps: Uint32Array }>
  /** All that are found, inside the view and outside. */
  stationaryPoints(request?: unknown): Promise<{
    minima: readonly StationaryPoint[]
    saddles: readonly StationaryPoint[]
  }>
  /** `minimum` indexes stationaryPoints().minima of the same samples and loss. */
  classify(request: unknown): Promise<Outcomes>
  /** One value for each of the rates. */
  sweep(request: unknown): Promise<Outcomes>
  /** One step: the promises of its gradient and Hessian, and the actual result. */
  explainStep(request: unknown): Promise<StepExplanation>
  /** Makes a file of what is shown: a picture, a table or a video. */
  save(request: unknown): Promise<Blob>
  readonly outcomeCodes: Readonly<Record<OutcomeName, number>>
}

declare global {
  interface Window {
    steepest: PageApi
  }
}

export function createPageApi(page: Page, ready: Promise<void>): PageApi {
  // Loaded with the first question, because most visitors ask none.
  const answers = () => import('./pageAnswers')
  return {
    ready,
    get engine() {
      const engine = page.session?.engine
      return engine ? { kind: engine.kind, name: engine.name } : null
    },
    get settings() {
      return structuredClone(page.current())
    },
    apply: (partial) => page.apply(partial),
    save: (request) => page.save(request),
    evaluateGrid: async (request) => (await answers()).evaluateGrid(request, page),
    descend: async (request) => (await answers()).descend(request, page),
    stationaryPoints: async (request) => (await answers()).stationaryPoints(request, page),
    classify: async (request) => (await answers()).classify(request, page),
    sweep: async (request) => (await answers()).sweep(request, page),
    explainStep: async (request) => (await answers()).explainStep(request, page),
    outcomeCodes,
  }
}
