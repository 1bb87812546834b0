/** A crowd in textures: descends in slices, and recomputes any step from the record before it. */
import { createStorageBuffer } from '../gpu/buffers'
import type { GpuContext } from '../gpu/context'
import { type FindDestinations, makeFindDestinations } from '../gpu/findDestinations'
import { type HeadDensity, makeHeadDensity } from '../gpu/headDensity'
import { createObjectiveBuffer } from '../gpu/objectiveBuffer'
import { readTextureRows } from '../gpu/readback'
import {
  makeStepTrajectories,
  type StepRange,
  type StepTrajectories,
} from '../gpu/stepTrajectories'
import { traceLosses } from '../gpu/traceLosses'
import { beginnings, type DescentJob } from '../model/descent'
import type { Circle } from '../model/destinations'
import { densitySide, type Part } from '../model/headDensity'
import { termCount } from '../model/objective'
import { type EvenRecords, type Recording, recordCount } from '../model/recording'
import { stateSizeOf } from '../model/rule'
import { coarseFirst, mostDiscs, type Passes } from './bothEngines'
import type { Crowd, JobOptions, Plane, States } from './engine'
import { GpuStates } from './gpuStates'
import { type CrowdSlice, crowdSlices } from './slices'

/** Texels in a row of a plane: every WebGPU device supports textures this wide. */
const planeWidth = 8192

export class GpuCrowd implements Crowd {
  readonly trajectories: number
  readonly records: Plane & { texture: GPUTexture }
  readonly heads: Plane & { texture: GPUTexture }
  finished = 0

  readonly objective: GPUBuffer
  private readonly states: GPUBuffer
  /** Heads need their own states: they move while later trajectories are still being computed. */
  private shown: GpuStates | null = null
  /** Zero at first, so never one that was used before. */
  private readonly ends: Plane & { texture: GPUTexture }
  private finder: FindDestinations | null = null
  /** The question that `ends` answers. */
  private asked: { circles: readonly Circle[]; finished: number } | null = null
  private glow: { pass: HeadDensity; plane: Plane & { texture: GPUTexture } } | null = null
  private readonly slices: { work: number; milliseconds: number }[] = []
  private sought = 0
  private following: Promise<void> | null = null
  disposed = false

  private constructor(
    private readonly context: GpuContext,
    readonly job: DescentJob,
    readonly recording: Recording,
  ) {
    const { device } = context
    this.trajectories = job.starts.length / 2
    this.records = pathPlane(context, 'records', this.trajectories * recordCount(recording))
    this.heads = pathPlane(context, 'heads', this.trajectories)
    const { width, height } = this.heads
    const texture = createEnds(device, width, height)
    this.ends = { width, height, channels: 1, texture }
    this.objective = createObjectiveBuffer(device, job.objective)
    const stateSize = stateSizeOf(job.runner.rule)
    this.states = createStorageBuffer(device, 'states', this.trajectories * stateSize * 4)
    device.queue.writeBuffer(this.states, 0, beginnings(job.starts, stateSize))
  }

  static async compute(
    context: GpuContext,
    job: DescentJob,
    recording: Recording,
    options: JobOptions<Crowd>,
  ): Promise<Crowd> {
    const { device } = context
    device.pushErrorScope('out-of-memory')
    const crowd = new GpuCrowd(context, job, recording)
    // A lost device is reported elsewhere.
    const problem = device.popErrorScope().catch(() => null)
    return coarseFirst(crowd, options, async () => {
      const finder = crowd.makeFinder()
      const passes = await crowd.prepare()
      const run: Passes['run'] = async (...goal) => {
        await passes.run(...goal)
        crowd.takeFinder(await finder)
        // Asked for only now: the answer waits behind the frames that are being drawn.
        if (await problem) throw new Error(crowd.noRoom)
      }
      return { ...passes, run }
    })
  }

  private get noRoom(): string {
    const { trajectories, recording } = this
    const megabytes = Math.ceil((trajectories * recordCount(recording) * 8) / 1e6)
    return (
      `The GPU has no room for ${trajectories.toLocaleString('en')} descents: their records take ` +
      `${megabytes} MB. Ask for fewer starts, or for the engine CPU.`
    )
  }

  private async prepare(): Promise<Passes> {
    const { context, job, recording, trajectories } = this
    const { device, programs, pacer } = context
    this.shown = await GpuStates.create(context, this, this.heads.texture, trajectories)
    if (trajectories > mostDiscs) await this.prepareGlow()
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
      const submitted: CrowdSlice[] = []
      await pacer.run(
        (budget) => {
          const slice = slices(budget)
          if (!slice) return 0
          this.submit(pass, { ...slice, firstRecord: 0 })
          submitted.push(slice)
          return slice.work
        },
        {
          signal,
          onSlice: (done, work, milliseconds) => {
            this.slices.push({ work, milliseconds })
            const ended = submitted.shift()
            if (ended?.lastStep === recording.steps) this.finished = ended.first + ended.count
            onProgress((base + done) / (trajectories * trajectoryWork))
          },
        },
      )
      this.finished = last
    }
    const coarse = coarseTrajectories(trajectoryWork, trajectories)
    return { coarse, fine: trajectories, run, dispose: () => pass.dispose() }
  }

  /** Over all slices; of many, the first is left out, which waits for compilers. */
  get stepsPerSecond(): number {
    const slices = this.slices.length > 3 ? this.slices.slice(1) : this.slices
    const sum = (of: 'work' | 'milliseconds') =>
      slices.reduce((total, slice) => total + slice[of], 0)
    // Two slices may be noticed at once: the first then seems to have taken the time of both.
    return (1000 * sum('work')) / termCount(this.job.objective) / Math.max(sum('milliseconds'), 0.1)
  }

  /** Without the program nobody knows where descents end. */
  private makeFinder(): Promise<FindDestinations | null> {
    const { context, trajectories, recording, records, ends } = this
    const { device, programs } = context
    const last = recordCount(recording) - 1
    const resources = [records.texture, ends.texture] as const
    return makeFindDestinations(device, programs, trajectories, last, ...resources).catch(
      () => null,
    )
  }

  private takeFinder(finder: FindDestinations | null): void {
    if (this.disposed) finder?.dispose()
    else this.finder = finder
  }

  destinations(circles: readonly Circle[]): Plane {
    const { finder, ends, finished, context } = this
    const { asked } = this
    const isAnswered = asked?.circles === circles && asked.finished === finished
    if (!finder || this.disposed || isAnswered) return ends
    this.asked = { circles, finished }
    const encoder = context.device.createCommandEncoder({ label: 'findDestinations' })
    finder.encode(encoder, circles)
    context.device.queue.submit([encoder.finish()])
    return ends
  }

  private async prepareGlow(): Promise<void> {
    const { context, heads, ends } = this
    const form = { format: 'rgba32float', width: densitySide, height: densitySide } as const
    const texture = context.planes.take({ label: 'density', ...form })
    const { device, programs } = context
    const pass = await makeHeadDensity(
      ...([device, programs, heads.texture, ends.texture, texture] as const),
    ).catch(() => null)
    // Without the program there are discs.
    if (!pass) return context.planes.giveBack(texture)
    const plane = { width: densitySide, height: densitySide, channels: 4, texture } as const
    this.glow = { pass, plane }
  }

  density(part: Part): Plane | null {
    const { glow, context, finished } = this
    if (!glow || this.disposed) return null
    const encoder = context.device.createCommandEncoder({ label: 'density' })
    glow.pass.encode(encoder, finished, part)
    context.device.queue.submit([encoder.finish()])
    return glow.plane
  }

  private submit(pass: StepTrajectories, range: StepRange): void {
    const encoder = this.context.device.createCommandEncoder({ label: 'stepTrajectories' })
    pass.encode(encoder, range)
    this.context.device.queue.submit([encoder.finish()])
  }

  seek(step: number): Promise<void> | null {
    this.sought = step
    const { shown } = this
    if (!shown || this.disposed) return null
    if (!shown.isFar(step)) {
      shown.move(step)
      return null
    }
    // A drag asks for many steps: those still on their way end at the newest.
    this.following ??= shown
      .follow(() => this.sought)
      .finally(() => {
        this.following = null
      })
    return this.following
  }

  async losses(count: number, records: EvenRecords): Promise<Float32Array<ArrayBuffer>> {
    this.expectAlive()
    const { context, job, trajectories } = this
    const { device, programs, turns } = context
    const choice = { trajectories, count, ...records }
    // A frame drawn now would have to be drawn again with the losses, which would wait for it.
    const end = turns.beginComputing()
    try {
      return await traceLosses(device, programs, job.objective, this.records.texture, choice)
    } finally {
      end()
    }
  }

  async stepPair(step: number, count: number): Promise<{ before: States; after: States }> {
    this.expectAlive()
    const { context, trajectories } = this
    // States of their own: those that are shown stay where they are.
    const heads = pathPlane(context, 'heads of a check', trajectories)
    const states = await GpuStates.create(context, this, heads.texture, count)
    try {
      const before = await states.at(step)
      this.expectAlive()
      const after = await states.at(step + 1)
      this.expectAlive()
      return { before, after }
    } finally {
      states.dispose()
      context.planes.giveBack(heads.texture)
    }
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
    this.shown?.dispose()
    this.glow?.pass.dispose()
    this.finder?.dispose()
    this.ends.texture.destroy()
    if (this.glow) this.context.planes.giveBack(this.glow.plane.texture)
    for (const buffer of [this.objective, this.states]) buffer.destroy()
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

function createEnds(device: GPUDevice, width: number, height: number): GPUTexture {
  return device.createTexture({
    label: 'destinations',
    format: 'r32float',
    size: [width, height],
    usage:
      GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_SRC,
  })
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
