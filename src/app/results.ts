/** What the page shows and has to compute: which jobs the settings mean, and their newest results. */
import type { Crowd, Engine, JobOptions, Surface } from '../engine/engine'
import { lossBand } from '../engine/lossBand'
import type { DescentJob } from '../model/descent'
import type { LossBand } from '../model/quantile'
import type { Runner } from '../model/rule'
import { placeStarts } from '../model/starts'
import type { StationaryPoints } from '../model/stationary'
import type { Result, Settings } from '../state/settings'
import { Latest } from './latest'

/** A descent from the chosen start, every step of it. */
export interface Run {
  runner: Runner
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

export interface ResultsEvents {
  /** Something that is shown has changed. */
  onChange(): void
  onProgress(): void
  /** Not shown any more once the change has been drawn. */
  onRetired(result: Surface | Crowd): void
  onError(reason: unknown): void
}

/** Records of a crowd; the steps between them are recomputed, exactly, when they are shown. */
const mostRecords = 1024

export class Results {
  readonly surface: Latest<Surface>
  readonly crowd: Latest<CrowdResult>
  readonly runs: Latest<readonly Run[]>
  readonly stationary: Latest<StationaryPoints>

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
  }

  private replace(value: Surface | Crowd, before: Surface | Crowd | null): void {
    this.events.onChange()
    if (before && before !== value) this.events.onRetired(before)
  }

  private get all() {
    return [this.surface, this.crowd, this.runs, this.stationary]
  }

  /** Starts computing what is stale; nothing else is computed. */
  request(engine: Engine, settings: Settings, stale: ReadonlySet<Result>): void {
    if (stale.has('runs')) this.runs.request((options) => computeRuns(engine, settings, options))
    if (stale.has('surface')) {
      this.surface.request((options) => computeSurface(engine, settings, options))
    }
    if (stale.has('stationary')) this.stationary.request(() => computeStationary(settings))
    if (stale.has('crowd')) this.crowd.request((options) => computeCrowd(engine, settings, options))
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
    return this.all.every((result) => result.isComplete)
  }

  cancel(): void {
    for (const result of this.all) result.cancel()
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
  }
}

function objectiveOf({ samples, loss }: Settings): DescentJob['objective'] {
  return { kind: 'neuron', samples, loss }
}

function computeSurface(engine: Engine, settings: Settings, options: JobOptions<Surface>) {
  const { w, b, resolution } = settings.view
  const objective = objectiveOf(settings)
  return engine.surface({ objective, w: [...w, resolution], b: [...b, resolution] }, options)
}

function descentOf(settings: Settings, runner: Runner): Omit<DescentJob, 'starts' | 'stride'> {
  const { stop, steps } = settings
  return { objective: objectiveOf(settings), runner, stop, steps }
}

async function computeCrowd(
  engine: Engine,
  settings: Settings,
  options: JobOptions<CrowdResult>,
): Promise<CrowdResult> {
  const { starts, view, start, runners, steps } = settings
  const job = {
    ...descentOf(settings, runners[0]),
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
async function computeStationary(settings: Settings): Promise<StationaryPoints> {
  const { findInWorker } = await import('../engine/stationaryPoints')
  return findInWorker(objectiveOf(settings), settings.view)
}
