/** A crowd in arrays, computed by workers, each taking some trajectories at a time. */
import { beginnings, type DescentJob } from '../model/descent'
import { type Circle, findDestinations } from '../model/destinations'
import { densitySide, headDensity, type Part } from '../model/headDensity'
import { termCount } from '../model/objective'
import {
  type EvenRecords,
  type Recording,
  recordBefore,
  recordCount,
  recordStep,
} from '../model/recording'
import { stateSizeOf } from '../model/rule'
import { coarseFirst, mostDiscs, type PassOptions } from './bothEngines'
import type { Crowd, JobOptions, Plane, States } from './engine'
import type { JobPart, WorkerPool } from './workerPool'

/** Loss terms in a part: about 10 ms of one thread. */
const partWork = 500_000

/** Parts of a crowd's first result, for which a newer edit waits. */
const coarseParts = 2

type ArrayPlane = Plane & { array: Float32Array<ArrayBuffer>; version: number }

export class CpuCrowd implements Crowd {
  readonly trajectories: number
  readonly records: ArrayPlane
  readonly heads: ArrayPlane
  finished = 0
  private seconds = 0
  /** `records` in f64: only these give exact steps between two records. */
  private readonly positions: Float64Array<ArrayBuffer>
  private readonly stateSize: number
  /** The step of the heads, and the version of the records from which they were placed. */
  private sought = { step: 0, version: -1 }
  /**
   * All states, as last sought, of a rule that has more than (w, b): playing goes on from there.
   */
  private standing: { step: number; states: Float64Array<ArrayBuffer> } | null = null
  private wanted = 0
  private glow: ArrayPlane | null = null
  private readonly ends: ArrayPlane
  /** The question that `ends` answers. */
  private asked: { circles: readonly Circle[]; finished: number } | null = null
  /** Which heads, over which part, the glow is of. */
  private counted = ''
  private seeking: Promise<void> | null = null

  private constructor(
    private readonly pool: WorkerPool,
    readonly job: DescentJob,
    readonly recording: Recording,
  ) {
    this.trajectories = job.starts.length / 2
    this.stateSize = stateSizeOf(job.runner.rule)
    const texels = this.trajectories * recordCount(recording)
    this.positions = new Float64Array(texels * 2)
    this.records = pathPlane(texels)
    this.heads = pathPlane(this.trajectories)
    this.ends = pathPlane(this.trajectories, 1)
  }

  static async compute(
    pool: WorkerPool,
    job: DescentJob,
    recording: Recording,
    options: JobOptions<Crowd>,
  ): Promise<Crowd> {
    const crowd = new CpuCrowd(pool, job, recording)
    const { trajectories } = crowd
    return coarseFirst(crowd, options, () => ({
      coarse: Math.min(Math.max(pool.size, coarseParts * crowd.together), trajectories),
      fine: trajectories,
      run: (last, pass) => crowd.run(last, pass),
    }))
  }

  /** Computes the trajectories from the first unfinished one to `last`. */
  private async run(last: number, { signal, onProgress }: PassOptions): Promise<void> {
    const first = this.finished
    const begin = performance.now()
    let done = 0
    const count = this.together
    await this.pool.runAll(this.parts(first, last), {
      signal,
      onPart: () => {
        done += count
        onProgress(Math.min(1, (first + done) / this.trajectories))
      },
    })
    this.finished = last
    this.records.version++
    // Heads are at their starts until another step is sought.
    if (this.sought.step === 0) this.placeHeads(this.positions.subarray(0, this.trajectories * 2))
    this.seconds += (performance.now() - begin) / 1000
  }

  get stepsPerSecond(): number {
    return this.seconds > 0 ? (this.finished * this.recording.steps) / this.seconds : 0
  }

  /** Trajectories in a part. */
  private get together(): number {
    return this.trajectoriesInPart(this.recording.steps)
  }

  private trajectoriesInPart(steps: number): number {
    return Math.max(1, Math.floor(partWork / (steps * termCount(this.job.objective))))
  }

  private *parts(first: number, last: number): Generator<JobPart<Float64Array>> {
    for (let i = first; i < last; i += this.together) {
      const end = Math.min(last, i + this.together)
      const starts = this.job.starts.slice(i * 2, end * 2)
      const job = { ...this.job, ...this.recording, starts, ...this.ratesOf(i, end) }
      yield {
        run: (worker) => worker.descend(job),
        take: (positions) => this.place(positions, i, end - i),
      }
    }
  }

  private ratesOf(first: number, last: number): Pick<DescentJob, 'learningRates'> {
    const { learningRates } = this.job
    return learningRates ? { learningRates: learningRates.slice(first, last) } : {}
  }

  /** Copies the records of some trajectories into those of all. */
  private place(positions: Float64Array, first: number, count: number): void {
    const records = recordCount(this.recording)
    for (let record = 0; record < records; record++) {
      const part = positions.subarray(record * count * 2, (record + 1) * count * 2)
      const at = (record * this.trajectories + first) * 2
      this.positions.set(part, at)
      this.records.array.set(part, at)
    }
  }

  destinations(circles: readonly Circle[]): Plane {
    const { asked, ends, finished, records, recording, trajectories } = this
    // Descents that have finished since then are added to those before.
    const known = asked?.circles === circles ? asked.finished : 0
    if (known === finished) return ends
    this.asked = { circles, finished }
    const last = (recordCount(recording) - 1) * trajectories
    const places = records.array.subarray((last + known) * 2, (last + finished) * 2)
    findDestinations(places, finished - known, circles, ends.array.subarray(known))
    ends.version++
    return ends
  }

  density(part: Part): Plane | null {
    if (this.trajectories <= mostDiscs) return null
    const { heads, ends, finished } = this
    // A picture of the same heads, as of a surface that is turned, needs no other count.
    const counted = [heads.version, ends.version, finished, ...part.w, ...part.b].join()
    if (this.glow && counted === this.counted) return this.glow
    this.counted = counted
    const array = headDensity(heads.array, ends.array, finished, part)
    this.glow ??= { width: densitySide, height: densitySide, channels: 4, array, version: 0 }
    this.glow.array.set(array)
    this.glow.version++
    return this.glow
  }

  /** Seeks one step at a time: only the newest request waits, so that heads keep moving. */
  seek(step: number): Promise<void> | null {
    this.wanted = step
    if (this.isPlaced && !this.seeking) return null
    this.seeking ??= this.follow().finally(() => {
      this.seeking = null
    })
    return this.seeking
  }

  private get isPlaced(): boolean {
    const { sought, wanted, records } = this
    return sought.step === wanted && sought.version === records.version
  }

  private async follow(): Promise<void> {
    // Also repeats if more trajectories have arrived in the meantime.
    while (!this.isPlaced) {
      const step = this.wanted
      const { version } = this.records
      this.placeHeads(await this.positionsAt(step, this.trajectories))
      this.sought = { step, version }
    }
  }

  private placeHeads(positions: Float64Array): void {
    this.heads.array.set(positions)
    this.heads.version++
  }

  /** (w, b) of trajectories [0, count) at any step. */
  private async positionsAt(step: number, count: number): Promise<Float64Array<ArrayBuffer>> {
    const record = recordBefore(this.recording, step)
    const at = record * this.trajectories * 2
    if (recordStep(this.recording, record) === step) return this.positions.slice(at, at + count * 2)
    const states = await this.statesAt(step, count)
    const { stateSize } = this
    if (stateSize === 2) return states
    return Float64Array.from(
      { length: count * 2 },
      (_, i) => states[(i >> 1) * stateSize + (i % 2)],
    )
  }

  /**
   * States at any step: from the record before; or, because records hold only (w, b), from the
   * current states or from the start.
   */
  private async statesAt(step: number, count: number): Promise<Float64Array<ArrayBuffer>> {
    const { stateSize, recording, job, trajectories } = this
    const isWhole = stateSize === 2
    const record = isWhole ? recordBefore(recording, step) : 0
    const at = record * trajectories * 2
    const { standing } = this
    const onWay = standing && standing.step <= step ? standing : null
    const first = onWay?.step ?? recordStep(recording, record)
    const states = isWhole
      ? this.positions.slice(at, at + count * 2)
      : (onWay?.states.slice(0, count * stateSize) ??
        Float64Array.from(beginnings(job.starts.slice(0, count * 2), stateSize)))
    const rest = step - first
    if (rest === 0) return states
    const { starts: _, ...others } = job
    const together = this.trajectoriesInPart(rest)
    const ratesOf = (i: number) => this.ratesOf(i, i + together)
    const parts = function* (): Generator<JobPart<Float64Array>> {
      for (let i = 0; i < count; i += together) {
        const part = states.slice(i * stateSize, (i + together) * stateSize)
        yield {
          run: (worker) => worker.advance({ ...others, ...ratesOf(i) }, part, first, rest),
          take: (result) => states.set(result, i * stateSize),
        }
      }
    }
    await this.pool.runAll(parts())
    if (!isWhole && count === trajectories) this.standing = { step, states }
    return states
  }

  async losses(count: number, records: EvenRecords): Promise<Float32Array<ArrayBuffer>> {
    const { trajectories, positions, job, pool } = this
    const losses = new Float32Array(count * records.chosen)
    // Parts of whole records, of about 10 ms each.
    const together = Math.ceil(partWork / termCount(job.objective) / count)
    const parts = function* (): Generator<JobPart<Float32Array>> {
      for (let k = 0; k < records.chosen; k += together) {
        const end = Math.min(records.chosen, k + together)
        const wanted = new Float64Array((end - k) * count * 2)
        for (let i = k; i < end; i++) {
          const record = Math.min(i * records.recordStep, records.lastRecord)
          const at = record * trajectories * 2
          wanted.set(positions.subarray(at, at + count * 2), (i - k) * count * 2)
        }
        yield {
          run: (worker) => worker.losses(job.objective, wanted),
          take: (result) => losses.set(result, k * count),
        }
      }
    }
    await pool.runAll(parts())
    return losses
  }

  async stepPair(step: number, count: number): Promise<{ before: States; after: States }> {
    const before = await this.statesAt(step, count)
    return { before, after: await this.statesAt(step + 1, count) }
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    return this.records.array.slice(0, this.positions.length)
  }

  dispose(): void {}
}

function pathPlane(texels: number, channels: 1 | 2 = 2): ArrayPlane {
  // 2048 is the largest side that every WebGL2 supports.
  const width = Math.min(texels, 2048)
  const height = Math.ceil(texels / width)
  const array = new Float32Array(width * height * channels)
  return { width, height, channels, array, version: 0 }
}
