/** What the page shows and has to compute: the newest results, and when they are asked for. */
import type { Engine, Surface } from '../engine/engine'
import type { RunnerMap, Scores, Sweep } from '../lenses/rates/computeRates'
import type { LossName } from '../model/loss'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Magnified } from '../model/step/magnifier'
import { shownResults } from '../settings/fields'
import type { Result, Settings } from '../settings/settings'
import {
  type CrowdResult,
  computeCrowd,
  computeOutcomes,
  computeRuns,
  computeSurface,
  findStationary,
  mapQuestion,
  type OutcomeResult,
  objectiveOf,
  otherLoss,
  type Run,
} from './jobsOf'
import { Latest } from './latest'

export interface ResultsEvents {
  /** Something that is shown has changed. */
  onChange(): void
  onProgress(): void
  /** Not shown any more once the change has been drawn. */
  onRetired(result: { dispose(): void }): void
  onError(reason: unknown): void
}

export class Results {
  readonly surface: Latest<Surface>
  readonly crowd: Latest<CrowdResult>
  readonly runs: Latest<readonly Run[]>
  readonly stationary: Latest<StationaryPoints>
  readonly outcomes: Latest<OutcomeResult>
  readonly beside: Latest<OutcomeResult>
  readonly scores: Latest<Scores>
  readonly sweep: Latest<Sweep>
  readonly crowds: Latest<readonly RunnerMap[]>
  readonly magnified: Latest<Magnified>
  readonly trust: Latest<Surface>
  /** Out of date, and not computed until they are shown. */
  private readonly waiting = new Set<Result>()
  /** The question that each map answers or is about to. */
  private readonly questions = { outcomes: '', beside: '' }
  private shown: readonly Latest<unknown>[] = []

  constructor(private readonly events: ResultsEvents) {
    const common = { onProgress: events.onProgress, onError: events.onError }
    const surfaces = {
      ...common,
      onValue: (value: Surface, before: Surface | null) => this.replace(value, before),
    }
    this.surface = new Latest<Surface>(surfaces)
    this.trust = new Latest<Surface>(surfaces)
    this.crowd = new Latest<CrowdResult>({
      ...common,
      onValue: (value, before) => this.replace(value.crowd, before?.crowd ?? null),
    })
    this.runs = new Latest<readonly Run[]>({ ...common, onValue: events.onChange })
    this.stationary = new Latest<StationaryPoints>({ ...common, onValue: events.onChange })
    const maps = {
      ...common,
      onValue: (value: OutcomeResult, before: OutcomeResult | null) =>
        this.replace(value.map, before?.map ?? null),
    }
    this.outcomes = new Latest<OutcomeResult>(maps)
    this.beside = new Latest<OutcomeResult>(maps)
    const plain = { ...common, onValue: events.onChange }
    this.scores = new Latest<Scores>(plain)
    this.sweep = new Latest<Sweep>(plain)
    this.crowds = new Latest<readonly RunnerMap[]>(plain)
    this.magnified = new Latest<Magnified>(plain)
  }

  private replace<Value extends { dispose(): void }>(value: Value, before: Value | null): void {
    this.events.onChange()
    if (before && before !== value) this.events.onRetired(before)
  }

  private get all() {
    return computed.map((result) => this[result])
  }

  /** Starts computing what is stale and shown; what is not shown waits until it is. */
  request(engine: Engine, settings: Settings, stale: ReadonlySet<Result>): void {
    for (const result of stale) this.waiting.add(result)
    const shown = shownResults(settings)
    this.shown = computed.flatMap((result) => (shown.includes(result) ? [this[result]] : []))
    for (const result of shown) {
      if (this.waiting.delete(result)) this.compute(result, engine, settings)
    }
  }

  private compute(result: Result, engine: Engine, settings: Settings): void {
    const compute: Partial<Record<Result, () => void>> = {
      runs: () => this.runs.request((options) => computeRuns(engine, settings, options)),
      surface: () => this.surface.request((options) => computeSurface(engine, settings, options)),
      stationary: () =>
        this.stationary.request(() => findStationary(objectiveOf(settings), settings.view)),
      crowd: () => this.crowd.request((options) => computeCrowd(engine, settings, options)),
      outcomes: () => this.computeMap('outcomes', engine, settings, settings.loss),
      beside: () => this.computeMap('beside', engine, settings, otherLoss(settings.loss)),
      scores: () =>
        this.scores.request(async (options) => {
          const { computeScores } = await import('../lenses/rates/computeRates')
          return computeScores(engine, settings, options)
        }),
      sweep: () =>
        this.sweep.request(async (options) => {
          const { computeSweep } = await import('../lenses/rates/computeRates')
          return computeSweep(engine, settings, options)
        }),
      crowds: () =>
        this.crowds.request(async (options) => {
          const { computeCrowds } = await import('../lenses/rates/computeRates')
          return computeCrowds(engine, settings, options)
        }),
      magnified: () =>
        this.magnified.request(async (options) => {
          const { computeMagnified } = await import('../lenses/why/computeWhy')
          return computeMagnified(settings, this.runs, options)
        }),
      trust: () =>
        this.trust.request(async (options) => {
          const { computeTrust } = await import('../lenses/why/computeWhy')
          return computeTrust(engine, settings, options)
        }),
    }
    compute[result]?.()
  }

  /** A start that moves along an axis of the map changes nothing in it. */
  private computeMap(
    name: 'outcomes' | 'beside',
    engine: Engine,
    settings: Settings,
    loss: LossName,
  ): void {
    const asked = mapQuestion(settings, loss)
    const question = JSON.stringify([asked, settings.view])
    const isKnown = question === this.questions[name]
    if (isKnown && (this[name].isComplete || this[name].isRunning)) return
    this.questions[name] = question
    this[name].request((options) => computeOutcomes(engine, asked, settings.view, options))
  }

  /** The smallest share done of the jobs under way, null when there are none. */
  get progress(): number | null {
    const shares = this.all.flatMap(({ progress }) => progress ?? [])
    return shares.length > 0 ? Math.min(...shares) : null
  }

  get isRunning(): boolean {
    return this.all.some((result) => result.isRunning)
  }

  get isComplete(): boolean {
    return this.shown.every((result) => result.isComplete)
  }

  cancel(): void {
    for (const result of this.all) result.cancel()
    this.forgetQuestions()
  }

  /** Resolves when nothing is wanted or running any more. */
  async settled(): Promise<void> {
    while (this.isRunning) {
      await Promise.all(this.all.map((result) => result.settled()))
    }
  }

  /** Forgets all results: they were the lost engine's. */
  clear(): void {
    for (const result of this.all) result.clear()
    this.forgetQuestions()
  }

  private forgetQuestions(): void {
    Object.assign(this.questions, { outcomes: '', beside: '' })
  }
}

/** What can be computed, each in the property of its name. */
export const computed = [
  'surface',
  'crowd',
  'runs',
  'stationary',
  'outcomes',
  'beside',
  'scores',
  'sweep',
  'crowds',
  'magnified',
  'trust',
] as const satisfies readonly Result[]
