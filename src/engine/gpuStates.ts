/** The states of a crowd's trajectories at any step: from the record before it, by the same kernel. */
import { createStorageBuffer } from '../gpu/buffers'
import type { GpuContext } from '../gpu/context'
import { type LoadRecord, makeLoadRecord } from '../gpu/loadRecord'
import { readBuffer } from '../gpu/readback'
import { makeStepTrajectories, type StepTrajectories } from '../gpu/stepTrajectories'
import { beginnings, type DescentJob } from '../model/descent'
import { termCount } from '../model/objective'
import { type Recording, recordBefore, recordStep } from '../model/recording'
import { stateSizeOf } from '../model/rule'

/** More steps than any descent has: with this stride only the last step is a record. */
const beyondSteps = 2 ** 30

/** The records of a crowd, and where they are. */
export interface RecordedCrowd {
  job: DescentJob
  recording: Recording
  objective: GPUBuffer
  records: { texture: GPUTexture }
  /** Records of trajectories [0, finished) are complete. */
  finished: number
  /** Nothing may be submitted for it any more. */
  disposed: boolean
}

export class GpuStates {
  /** Floats of a state: (w, b) first, then what the rule carries along. */
  private readonly stateSize: number
  private readonly buffer: GPUBuffer
  /** The step at which the states are whole; null if the rule's own part of them is not. */
  private standing: number | null = null
  /** The trajectories whose records were complete when one was loaded last. */
  private loaded = 0
  private load: LoadRecord | null = null
  private pass: StepTrajectories | null = null
  private disposed = false

  private constructor(
    private readonly context: GpuContext,
    private readonly crowd: RecordedCrowd,
    /** Trajectories [0, count) are carried on. */
    private readonly count: number,
  ) {
    const { job } = crowd
    this.stateSize = stateSizeOf(job.runner.rule)
    const bytes = (job.starts.length / 2) * this.stateSize * 4
    this.buffer = createStorageBuffer(context.device, 'sought states', bytes)
  }

  /** @param heads texel trajectory = (w, b) at the step to which they were carried last */
  static async create(
    context: GpuContext,
    crowd: RecordedCrowd,
    heads: GPUTexture,
    count: number,
  ): Promise<GpuStates> {
    const { device, programs } = context
    const { job, recording, objective, records } = crowd
    const made = new GpuStates(context, crowd, count)
    const { buffer, stateSize } = made
    const trajectories = job.starts.length / 2
    const { texture } = records
    made.load = await makeLoadRecord(device, programs, trajectories, texture, buffer, stateSize)
    const resources = { objective, states: buffer, records: heads }
    made.pass = await makeStepTrajectories(device, programs, job, recording, resources)
    return made
  }

  /** Whether the states have to be carried further than a dispatch or two. */
  isFar(step: number): boolean {
    const { standing, workOfStep, context, stateSize } = this
    if (stateSize === 2) return false
    const steps = standing !== null && standing <= step ? step - standing : step
    return steps * workOfStep > 4 * context.pacer.budget
  }

  /** Carries the states to the newest step that is sought, in slices, so that frames get through. */
  async follow(sought: () => number): Promise<void> {
    let isPlaced = false
    await this.context.pacer.run((budget) => {
      const { pass, workOfStep, crowd } = this
      const wanted = sought()
      if (!pass || this.disposed || crowd.disposed || (isPlaced && this.standing === wanted))
        return 0
      const from = this.beginAt(wanted)
      const most = Math.min(pass.mostSteps, Math.max(1, Math.floor(budget / workOfStep)))
      const to = Math.min(wanted, from + most)
      this.run(pass, from, to, wanted)
      this.standing = to
      isPlaced = to === wanted
      return Math.max(1, to - from) * workOfStep
    })
  }

  /** Places them from the record before the step, or from whole states if those are nearer. */
  move(step: number): void {
    const { load, pass, crowd, context, standing, stateSize } = this
    if (!load || !pass || this.disposed || crowd.disposed) return
    const { recording, finished } = crowd
    const record = recordBefore(recording, step)
    const recorded = recordStep(recording, record)
    // Playing continues from nearby states; loading a record would lose those of some rules.
    const isNear = standing !== null && standing <= step && step - standing <= recording.stride
    const holdsMore = stateSize > 2
    const isLoaded = isNear && this.loaded === finished && standing >= recorded
    if (holdsMore ? recorded < step || isNear : isLoaded) {
      this.carry(pass, step)
      return
    }
    this.loaded = finished
    const encoder = context.device.createCommandEncoder({ label: 'load record' })
    load.encode(encoder, record)
    context.device.queue.submit([encoder.finish()])
    this.run(pass, recorded, step, step)
    this.standing = holdsMore ? null : step
  }

  /** States of the trajectories at a step, whole. */
  async at(step: number): Promise<Float32Array<ArrayBuffer>> {
    if (this.stateSize === 2) this.move(step)
    else await this.follow(() => step)
    const bytes = this.count * this.stateSize * 4
    return new Float32Array(await readBuffer(this.context.device, this.buffer, bytes))
  }

  /**
   * No record holds what a rule carries along: states continue from where they are, which is what
   * playing needs, and restart from the beginning to reach an earlier step.
   */
  private carry(pass: StepTrajectories, step: number): void {
    this.run(pass, this.beginAt(step), step, step)
    this.standing = step
  }

  /** Work of one step of all trajectories. */
  private get workOfStep(): number {
    return this.count * termCount(this.crowd.job.objective)
  }

  /** The step from which the states can be carried to another. */
  private beginAt(step: number): number {
    const { standing, buffer, stateSize, crowd, context } = this
    if (standing !== null && standing <= step) return standing
    context.device.queue.writeBuffer(buffer, 0, beginnings(crowd.job.starts, stateSize))
    return 0
  }

  /** Carries them on, in dispatches that hold the GPU for at most about 50 ms. */
  private run(pass: StepTrajectories, from: number, to: number, shown: number): void {
    const { count, context, workOfStep } = this
    const together = Math.max(1, Math.floor((4 * context.pacer.budget) / workOfStep))
    const most = Math.min(pass.mostSteps, together)
    let firstStep = from
    do {
      const lastStep = Math.min(to, firstStep + most)
      // Pretends that the descent ends here, so that this step is stored.
      const [steps, stride] = [shown, beyondSteps]
      const firstRecord = Math.ceil(shown / stride)
      const encoder = context.device.createCommandEncoder({ label: 'seek' })
      pass.encode(encoder, { first: 0, count, firstStep, lastStep, steps, stride, firstRecord })
      context.device.queue.submit([encoder.finish()])
      firstStep = lastStep
    } while (firstStep < to)
  }

  dispose(): void {
    this.disposed = true
    this.load?.dispose()
    this.pass?.dispose()
    this.buffer.destroy()
  }
}
