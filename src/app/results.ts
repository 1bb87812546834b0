/** What the page shows and has to compute: which jobs the settings mean, and their newest results. */
import type { Crowd, Engine, JobOptions, OutcomeMap, Surface } from '../engine/engine'
import { lossBand } from '../engine/lossBand'
import type { DescentJob } from '../model/descent'
import type { LossName } from '../model/loss'
import type { AxisName, OutcomeJob } from '../model/outcome'
import type { OutcomeNumbers } from '../model/outcomeNumbers'
import type { LossBand } from '../model/quantile'
import { placeStarts } from '../model/starts'
import type { StationaryPoints } from '../model/stationary'
import { leadingRunner, type RunnerSettings } from '../state/runners'
import { type Result, type Settings, shownResults } from '../state/settings'
import { axesOf, shownView } from '../state/zoom'
import type { RunnerMap, Scores, Sweep } from './computeRates'
import { Latest } from './latest'

/** A descent from the chosen start, every step of it; both arrays are empty for a hidden runner. */
export interface Run {
  runner: RunnerSettings
  /** path[2 step + k], k = 0: w, 1: b */
  path: Float32Array<ArrayBuffer>
  /** One for each step, the start included. */
  losses: Float32Array<ArrayBuffer>
}

/** A crowd, and the spread of its losses once that is known. */
export interface CrowdResult {
  crowd: Crowd
  band: LossBand | null
}

/** A map of outcomes, and what it says once all of it has been read. */
export interface OutcomeResult {
  map: OutcomeMap
  /** The points whose minima the map's classes name. */
  points: StationaryPoints
  read: { cells: Float32Array<ArrayBuffer>; numbers: OutcomeNumbers } | null
}

export interface ResultsEvents {
  /** Something that is shown has changed. */
  onChange(): void
  onProgress(): void
  /** Not shown any more once the change has been drawn. */
  onRetired(result: { dispose(): void }): void
  onError(reason: unknown): void
}

/** Records of a crowd; the steps between them are recomputed, exactly, when they are shown. */
const mostRecords = 1024

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
  /** Out of date, and not computed until they are shown. */
  private readonly waiting = new Set<Result>()
  /** The question that each map answers or is about to. */
  private readonly questions = { outcomes: '', beside: '' }
  private shown: readonly Latest<unknown>[] = []

  constructor(private readonly events: ResultsEvents) {
    const common = { onProgress: events.onProgress, onError: events.onError }
    this.surface = new Latest<Surface>({
      ...common,
      onValue: (value, before) => this.replace(value, before),
    })
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
          const { computeScores } = await import('./computeRates')
          return computeScores(engine, settings, findStationary, options)
        }),
      sweep: () =>
        this.sweep.request(async (options) => {
          const { computeSweep } = await import('./computeRates')
          return computeSweep(engine, settings, findStationary, options)
        }),
      crowds: () =>
        this.crowds.request(async (options) => {
          const { computeCrowds } = await import('./computeRates')
          return computeCrowds(engine, settings, findStationary, options)
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
const computed = [
  'surface',
  'crowd',
  'runs',
  'stationary',
  'outcomes',
  'beside',
  'scores',
  'sweep',
  'crowds',
] as const satisfies readonly Result[]

/** The loss of the map beside: whether there are many basins or one is a matter of these two. */
function otherLoss(loss: LossName): LossName {
  return loss === 'crossEntropy' ? 'mean' : 'crossEntropy'
}

function objectiveOf({ samples, loss }: Settings): DescentJob['objective'] {
  return { kind: 'neuron', samples, loss }
}

function computeSurface(engine: Engine, settings: Settings, options: JobOptions<Surface>) {
  const { w, b, resolution } = shownView(settings)
  const objective = objectiveOf(settings)
  return engine.surface({ objective, w: [...w, resolution], b: [...b, resolution] }, options)
}

function descentOf(
  settings: Settings,
  { rule, learningRate }: RunnerSettings,
): Omit<DescentJob, 'starts' | 'stride'> {
  const { stop, steps } = settings
  return { objective: objectiveOf(settings), runner: { rule, learningRate }, stop, steps }
}

async function computeCrowd(
  engine: Engine,
  settings: Settings,
  options: JobOptions<CrowdResult>,
): Promise<CrowdResult> {
  const { starts, view, start, steps } = settings
  const job = {
    ...descentOf(settings, leadingRunner(settings).runner),
    starts: placeStarts(starts, view.w, view.b, start),
    stride: Math.ceil(steps / (mostRecords - 1)),
  }
  const { onCoarse, ...rest } = options
  const crowd = await engine.crowd(job, {
    ...rest,
    onCoarse: (partial) => onCoarse?.({ crowd: partial, band: null }),
  })
  // All of it can be shown before its band is known.
  onCoarse?.({ crowd, band: null })
  options.signal?.throwIfAborted()
  return { crowd, band: await lossBand(crowd) }
}

async function computeRuns(
  engine: Engine,
  settings: Settings,
  options: JobOptions<readonly Run[]>,
): Promise<readonly Run[]> {
  const { onCoarse: _, ...rest } = options
  const starts = Float32Array.from(settings.start)
  return Promise.all(
    settings.runners.map(async (runner) => {
      if (runner.hidden) return { runner, path: new Float32Array(), losses: new Float32Array() }
      const job = { ...descentOf(settings, runner), starts, stride: 1 }
      // Not aborted: one descent is what a drag of its start waits for.
      const crowd = await engine.crowd(job, { ...rest, onCoarse: () => {} })
      try {
        const records = { recordStep: 1, chosen: settings.steps + 1, lastRecord: settings.steps }
        const [path, losses] = await Promise.all([crowd.read(), crowd.losses(1, records)])
        return { runner, path, losses }
      } finally {
        crowd.dispose()
      }
    }),
  )
}

/** Whatever the engine: the oracle finds them, in a worker. */
async function findStationary(
  objective: DescentJob['objective'],
  view: Settings['view'],
): Promise<StationaryPoints> {
  const { findInWorker } = await import('../engine/stationaryPoints')
  return findInWorker(objective, view)
}

type MapQuestion = Omit<OutcomeJob, 'targets' | 'lowLoss'>

/** What an axis goes through is that of no chosen start and of no runner. */
function mapQuestion(settings: Settings, loss: LossName): MapQuestion {
  const { outcomes: thresholds, start, steps } = settings
  const axes = axesOf(settings)
  const has = (axis: AxisName) => axes.some(({ name }) => name === axis)
  const { rule, learningRate } = leadingRunner(settings).runner
  return {
    objective: { ...objectiveOf(settings), loss },
    runner: { rule, learningRate: has('log10Rate') ? 1 : learningRate },
    start: [has('w') ? 0 : start[0], has('b') ? 0 : start[1]],
    steps,
    thresholds,
    axes,
  }
}

async function computeOutcomes(
  engine: Engine,
  question: MapQuestion,
  view: Settings['view'],
  { onCoarse, ...options }: JobOptions<OutcomeResult>,
): Promise<OutcomeResult> {
  const [points, { withTargets }, { outcomeNumbers }] = await Promise.all([
    findStationary(question.objective, view),
    import('../model/targets'),
    import('../model/outcomeNumbers'),
  ])
  const map = await engine.outcomeMap(withTargets(question, points), {
    ...options,
    onCoarse: (partial) => onCoarse?.({ map: partial, points, read: null }),
  })
  // All of it can be shown before its numbers are known.
  onCoarse?.({ map, points, read: null })
  options.signal?.throwIfAborted()
  const cells = await map.read()
  options.signal?.throwIfAborted()
  const numbers = await outcomeNumbers(cells, map.plane.width, nextTask)
  return { map, points, read: { cells, numbers } }
}

/** Lets the page draw and answer in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
