/** A crowd in textures: descends in slices, and recomputes any step from the record before it. */
import { createStorageBuffer } from '../gpu/buffers'
import type { GpuContext } from '../gpu/context'
import { type LoadRecord, makeLoadRecord } from '../gpu/loadRecord'
import { createObjectiveBuffer } from '../gpu/objectiveBuffer'
import { readBuffer, readTextureRows } from '../gpu/readback'
import {
  makeStepTrajectories,
  type StepRange,
  type StepTrajectories,
} from '../gpu/stepTrajectories'
import { traceLosses } from '../gpu/traceLosses'
import { beginnings, type DescentJob } from '../model/descent'
import { termCount } from '../model/objective'
import {
  type EvenRecords,
  type Recording,
  recordBefore,
  recordCount,
  recordStep,
} from '../model/recording'
import { stateSizeOf } from '../model/rule'
import { coarseFirst, type Passes } from './bothEngines'
import type { Crowd, JobOptions, Plane, States } from './engine'
import { crowdSlices } from './slices'

/** More steps than any descent has: with this stride only the last step is a record. */
const beyondSteps = 2 ** 30

/** Texels in a row of a plane: every WebGPU device supports textures this wide. */
const planeWidth = 8192

export class GpuCrowd implements Crowd {
  readonly trajectories: number
  readonly records: Plane & { texture: GPUTexture }
  readonly heads: Plane & { texture: GPUTexture }
  finished = 0

  private readonly objective: GPUBuffer
  private readonly states: GPUBuffer
  // Heads need their own states: they move while later trajectories are still being computed.
  private readonly soughtStates: GPUBuffer
  /** Floats of a state: (w, b) first, then what the rule carries along. */
  private readonly stateSize: number
  /** The step at which `soughtStates` are whole; null if the rule's own part of them is not. */
  private standing: number | null = null
  private load: LoadRecord | null = null
  private seekSteps: StepTrajectories | null = null
  private readonly slices: { work: number; milliseconds: number }[] = []
  private sought = 0
  private following: Promise<void> | null = null
  private disposed = false

  private constructor(
    private readonly context: GpuContext,
    readonly job: DescentJob,
    readonly recording: Recording,
  ) {
    const { device } = context
    this.trajectories = job.starts.length / 2
    this.records = pathPlane(context, 'records', this.trajectories * recordCount(recording))
    this.heads = pathPlane(context, 'heads', this.trajectories)
    this.objective = createObjectiveBuffer(device, job.objective)
    this.stateSize = stateSizeOf(job.runner.rule)
    const bytes = this.trajectories * this.stateSize * 4
    this.states = createStorageBuffer(device, 'states', bytes)
    this.soughtStates = createStorageBuffer(device, 'sought states', bytes)
    device.queue.writeBuffer(this.states, 0, beginnings(job.starts, this.stateSize))
  }

  static async compute(
    context: GpuContext,
    job: DescentJob,
    recording: Recording,
    options: JobOptions<Crowd>,
  ): Promise<Crowd> {
    const crowd = new GpuCrowd(context, job, recording)
    return coarseFirst(crowd, options, () => crowd.prepare())
  }

  private async prepare(): Promise<Passes> {
    const { context, job, recording, trajectories } = this
    const { device, programs, pacer } = context
    await this.prepareSeeking()
    const pass = await makeStepTrajectories(device, programs, job, recording, {
      objective: this.objective,
      states: this.states,
      records: this.records.texture,
    })
    const stepWork = termCount(job.objective)
    const trajectoryWork = recording.steps * stepWork
    const run: Passes['run'] = async (last, { signal, onProgress }) => {
      const base = this.finished * trajectoryWork
      const slices = crowdSlices(this.finished, last, recording.steps, stepWork, pass.mostSteps)
      await pacer.run(
        (budget) => {
          const slice = slices(budget)
          if (!slice) return 0
          this.submit(pass, { ...slice, firstRecord: 0 })
          return slice.work
        },
        {
          signal,
          onSlice: (done, work, milliseconds) => {
            this.slices.push({ work, milliseconds })
            onProgress((base + done) / (trajectories * trajectoryWork))
          },
        },
      )
      this.finished = last
    }
    const coarse = coarseTrajectories(trajectoryWork, trajectories)
    return { coarse, fine: trajectories, run, dispose: () => pass.dispose() }
  }

  /**
   * The median speed, by work: half of the work was done no faster. The first slice waits for
   * compilers, and any slice may wait for a frame.
   */
  get stepsPerSecond(): number {
    const slices = [...this.slices].sort(
      (a, b) => a.work / a.milliseconds - b.work / b.milliseconds,
    )
    let rest = slices.reduce((sum, { work }) => sum + work, 0) / 2
    const middle = slices.find(({ work }) => {
      rest -= work
      return rest <= 0
    })
    if (!middle) return 0
    const { work, milliseconds } = middle
    return work / termCount(this.job.objective) / (Math.max(milliseconds, 0.1) / 1000)
  }

  private async prepareSeeking(): Promise<void> {
    const { context, job, recording, trajectories, records, soughtStates, stateSize } = this
    const { device, programs } = context
    this.load = await makeLoadRecord(
      device,
      programs,
      trajectories,
      records.texture,
      soughtStates,
      stateSize,
    )
    this.seekSteps = await makeStepTrajectories(device, programs, job, recording, {
      objective: this.objective,
      states: soughtStates,
      records: this.heads.texture,
    })
  }

  private submit(pass: StepTrajectories, range: StepRange): void {
    const encoder = this.context.device.createCommandEncoder({ label: 'stepTrajectories' })
    pass.encode(encoder, range)
    this.context.device.queue.submit([encoder.finish()])
  }

  async seek(step: number): Promise<void> {
    this.sought = step
    if (!this.isLong(step)) return this.moveHeads(step)
    // A drag asks for many steps: those still on their way end at the newest.
    this.following ??= this.follow().finally(() => {
      this.following = null
    })
    await this.following
  }

  /** Whether the states have to be carried further than a dispatch or two. */
  private isLong(step: number): boolean {
    if (this.stateSize === 2 || this.disposed) return false
    const { standing, workOfStep, context } = this
    const steps = standing !== null && standing <= step ? step - standing : step
    return steps * workOfStep > 4 * context.pacer.budget
  }

  /** Work of one step of all trajectories. */
  private get workOfStep(): number {
    return this.trajectories * termCount(this.job.objective)
  }

  /** Carries the states to the newest step that is sought, in slices, so that frames get through. */
  private async follow(): Promise<void> {
    let isPlaced = false
    await this.context.pacer.run((budget) => {
      const { seekSteps, sought, workOfStep } = this
      if (!seekSteps || this.disposed || (isPlaced && this.standing === sought)) return 0
      const from = this.beginAt(sought)
      const most = Math.min(seekSteps.mostSteps, Math.max(1, Math.floor(budget / workOfStep)))
      const to = Math.min(sought, from + most)
      this.run(seekSteps, from, to, sought)
      this.standing = to
      isPlaced = to === sought
      return Math.max(1, to - from) * workOfStep
    })
  }

  /** Places the heads from the record before the step, or from whole states, which hold more. */
  private moveHeads(step: number, withStates = false): void {
    if (!this.load || !this.seekSteps || this.disposed) return
    const record = recordBefore(this.recording, step)
    const recorded = recordStep(this.recording, record)
    const isWhole = this.stateSize === 2
    // Playing continues from nearby states; loading a record would lose them.
    const isNear =
      this.standing !== null &&
      this.standing <= step &&
      step - this.standing <= this.recording.stride
    if (!isWhole && (withStates || recorded < step || isNear)) {
      this.moveStates(this.seekSteps, step)
      return
    }
    const encoder = this.context.device.createCommandEncoder({ label: 'load record' })
    this.load.encode(encoder, record)
    this.context.device.queue.submit([encoder.finish()])
    this.standing = null
    this.run(this.seekSteps, recorded, step, step)
  }

  /**
   * No record holds what a rule carries along: states continue from where they are, which is what
   * playing needs, and restart from the beginning to reach an earlier step.
   */
  private moveStates(pass: StepTrajectories, step: number): void {
    this.run(pass, this.beginAt(step), step, step)
    this.standing = step
  }

  /** The step from which the states can be carried to another. */
  private beginAt(step: number): number {
    const { standing, soughtStates, stateSize, job } = this
    if (standing !== null && standing <= step) return standing
    const states = beginnings(job.starts, stateSize)
    this.context.device.queue.writeBuffer(soughtStates, 0, states)
    return 0
  }

  /** Carries `soughtStates` on, in dispatches that hold the GPU for at most about 50 ms. */
  private run(pass: StepTrajectories, from: number, to: number, shown: number): void {
    const { trajectories, context, workOfStep } = this
    const together = Math.max(1, Math.floor((4 * context.pacer.budget) / workOfStep))
    const most = Math.min(pass.mostSteps, together)
    let firstStep = from
    do {
      const lastStep = Math.min(to, firstStep + most)
      // Pretends that the descent ends here, so that this step is stored.
      const [steps, stride] = [shown, beyondSteps]
      const firstRecord = Math.ceil(shown / stride)
      const range = { first: 0, count: trajectories, firstStep, lastStep, steps, stride }
      this.submit(pass, { ...range, firstRecord })
      firstStep = lastStep
    } while (firstStep < to)
  }

  async losses(count: number, records: EvenRecords): Promise<Float32Array<ArrayBuffer>> {
    this.expectAlive()
    const { context, job, trajectories } = this
    const { device, programs } = context
    const choice = { trajectories, count, ...records }
    return traceLosses(device, programs, job.objective, this.records.texture, choice)
  }

  async stepPair(step: number, count: number): Promise<{ before: States; after: States }> {
    this.expectAlive()
    // Read-backs keep the queue's order: each sees the states of its own step, and frames see none.
    this.moveHeads(step, true)
    const first = this.readStates(count)
    this.moveHeads(step + 1, true)
    const second = this.readStates(count)
    this.moveHeads(this.sought)
    const [before, after] = await Promise.all([first, second])
    return { before, after }
  }

  private async readStates(count: number): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.context
    const states = await readBuffer(device, this.soughtStates, count * this.stateSize * 4)
    this.expectAlive()
    return new Float32Array(states)
  }

  /** Disposed resources must not be submitted, and anything read from them meanwhile is void. */
  private expectAlive(): void {
    if (this.disposed) throw new Error('The crowd has been disposed of; there is nothing to read.')
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    this.expectAlive()
    const { texture, height } = this.records
    const values = await readTextureRows(this.context.device, texture, 2, 0, height)
    return values.subarray(0, this.trajectories * recordCount(this.recording) * 2)
  }

  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    this.load?.dispose()
    this.seekSteps?.dispose()
    for (const buffer of [this.objective, this.states, this.soughtStates]) buffer.destroy()
    const { planes } = this.context
    for (const { texture } of [this.records, this.heads]) planes.giveBack(texture)
  }
}

/** Loss terms of the first part: about 12 ms of SwiftShader, or 300,000 steps on 5 samples. */
const coarseWork = 1_500_000

/** Trajectories of the first part; all of them if few would remain. */
function coarseTrajectories(trajectoryWork: number, trajectories: number): number {
  const count = Math.max(16, Math.floor(coarseWork / trajectoryWork))
  return trajectories < 1.5 * count ? trajectories : count
}

function pathPlane(
  { planes }: GpuContext,
  label: string,
  texels: number,
): Plane & { texture: GPUTexture } {
  const width = Math.min(texels, planeWidth)
  const height = Math.ceil(texels / width)
  const texture = planes.take({ label, format: 'rg32float', width, height })
  return { width, height, channels: 2, texture }
}
