/** The pass of shaders/stepTrajectories.wgsl. */
import type { DescentJob } from '../model/descent'
import type { Recording } from '../model/recording'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import type { Programs } from './program'
import { makeRuleBindings } from './ruleBindings'
import { uniformStructs } from './structs'

const stopKinds = { none: 0, gradient: 1, loss: 2 }

const workgroupSize = 64

export interface StepRange {
  /** Trajectories [first, first + count). */
  first: number
  count: number
  firstStep: number
  lastStep: number
  /** The first record in the texture. */
  firstRecord: number
  /** The step recorded regardless of the stride; by default the last of the recording. */
  steps?: number
  /** Stride of the records; by default that of the recording. */
  stride?: number
}

export interface StepTrajectories {
  /** The most steps in a range. */
  readonly mostSteps: number
  encode(encoder: GPUCommandEncoder, range: StepRange): void
  dispose(): void
}

/**
 * Carries `states` on and records into `records`. Only one submission at a time may use what
 * `encode` has written: submit before encoding again.
 */
export async function makeStepTrajectories(
  device: GPUDevice,
  programs: Programs,
  job: DescentJob,
  recording: Recording,
  resources: { objective: GPUBuffer; states: GPUBuffer; records: GPUTexture },
): Promise<StepTrajectories> {
  const pipeline = await programs.pipeline('stepTrajectories', {
    objective: job.objective,
    rule: job.runner.rule,
    constants: { stopKind: stopKinds[job.stop.kind], workgroupSize },
  })
  const struct = uniformStructs.StepParams
  const params = createUniformBuffer(device, 'StepParams', struct.size)
  const { objective, states, records } = resources
  const rates = job.learningRates ?? Float32Array.of(job.runner.learningRate)
  const learningRates = createStorageBuffer(device, 'learning rates', rates.byteLength)
  device.queue.writeBuffer(learningRates, 0, rates)
  const rule = makeRuleBindings(device, job.objective, job.runner.rule, recording.steps)
  const groups = rule.groups(
    pipeline,
    bind(device, pipeline, [objective, params, states, records, learningRates]),
  )
  const constant = {
    ...recording,
    trajectories: job.starts.length / 2,
    width: records.width,
    stopBelow: job.stop.below,
  }
  return {
    mostSteps: rule.mostSteps,
    encode(encoder, range) {
      rule.write(range.firstStep, range.lastStep)
      device.queue.writeBuffer(params, 0, struct.pack({ ...constant, ...range }))
      dispatch(encoder, pipeline, groups, Math.ceil(range.count / workgroupSize))
    },
    dispose() {
      params.destroy()
      learningRates.destroy()
      rule.dispose()
    },
  }
}
