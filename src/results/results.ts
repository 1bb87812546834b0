/** The page's results: keeps the newest ones, and computes them when they are asked for. */
import type { Engine } from '../engine/engine'
import type { Result, Settings } from '../settings/settings'
import { shownResults } from '../settings/shown'
import { crowdResult, type ResultSpec, runsResult, stationaryResult, surfaceResult } from './jobsOf'
import { Latest } from './latest'

export interface ResultsEvents {
  /** Something on show has changed. */
  onChange(): void
  onProgress(): void
  /** No longer on show once the change has been drawn. */
  onRetired(result: { dispose(): void }): void
  onError(reason: unknown): void
}

interface Entry<Value> {
  spec: ResultSpec<Value>
  latest: Latest<Value>
  /** The question that the value answers or will soon answer. */
  question: string | undefined
}

export class Results {
  private readonly entries = new Map<Result, Entry<unknown>>()
  readonly surface = this.entry(surfaceResult)
  readonly crowd = this.entry(crowdResult)
  readonly runs = this.entry(runsResult)
  readonly stationary = this.entry(stationaryResult)
  /** Out of date, and not computed until shown and their lens is loaded. */
  private readonly waiting = new Set<Result>()
  private shown: readonly Result[] = []
  private asked: { engine: Engine; settings: Settings } | null = null

  constructor(private readonly events: ResultsEvents) {}

  /** Adds results of a lens, and computes those that were waiting for it. */
  add(specs: readonly ResultSpec<unknown>[]): void {
    for (const spec of specs) this.entry(spec)
    if (this.asked) this.request(this.asked.engine, this.asked.settings, new Set())
  }

  private entry<Value>(spec: ResultSpec<Value>): Latest<Value> {
    const latest = new Latest<Value>({
      onProgress: () => this.events.onProgress(),
      onError: (reason) => this.events.onError(reason),
      onValue: (value, before) => {
        this.events.onChange()
        const old = before === null ? undefined : spec.held?.(before)
        if (old && old !== spec.held?.(value)) this.events.onRetired(old)
      },
    })
    this.entries.set(spec.name, { spec, latest, question: undefined } as Entry<unknown>)
    return latest
  }

  /** The newest value of a result of a lens that is loaded. */
  of<Value>(spec: ResultSpec<Value>): Latest<Value> {
    // It was made for this spec, so it holds such values.
    return this.entries.get(spec.name)?.latest as Latest<Value>
  }

  /** Starts computing results that are stale and shown; hidden ones wait until they are shown. */
  request(engine: Engine, settings: Settings, stale: ReadonlySet<Result>): void {
    this.asked = { engine, settings }
    for (const result of stale) this.waiting.add(result)
    this.shown = shownResults(settings)
    for (const result of this.shown) {
      const entry = this.entries.get(result)
      if (entry && this.waiting.delete(result)) this.compute(entry, engine, settings)
    }
  }

  private compute(entry: Entry<unknown>, engine: Engine, settings: Settings): void {
    const { spec, latest } = entry
    const question = spec.question?.(settings)
    const isKnown = question !== undefined && question === entry.question
    if (isKnown && (latest.isComplete || latest.isRunning)) return
    entry.question = question
    latest.request((options) => spec.compute(engine, settings, options, this))
  }

  private get all(): Latest<unknown>[] {
    return [...this.entries.values()].map(({ latest }) => latest)
  }

  /** The smallest share done of the running jobs, or null if none is running. */
  get progress(): number | null {
    const shares = this.all.flatMap(({ progress }) => progress ?? [])
    return shares.length > 0 ? Math.min(...shares) : null
  }

  get isRunning(): boolean {
    return this.all.some((result) => result.isRunning)
  }

  get isComplete(): boolean {
    return this.shown.every((result) => this.entries.get(result)?.latest.isComplete)
  }

  cancel(): void {
    for (const entry of this.entries.values()) {
      entry.latest.cancel()
      entry.question = undefined
    }
  }

  /** Resolves when no result is wanted or running. */
  async settled(): Promise<void> {
    while (this.isRunning) {
      await Promise.all(this.all.map((result) => result.settled()))
    }
  }

  /** Forgets all results, because they belonged to the lost engine. */
  clear(): void {
    this.asked = null
    for (const entry of this.entries.values()) {
      entry.latest.clear()
      entry.question = undefined
    }
  }
}
