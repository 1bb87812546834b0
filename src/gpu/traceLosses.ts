/** The pass of shaders/traceLosses.wgsl. */
import type { ObjectiveSpec } from '../model/objective'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import { createObjectiveBuffer } from './objectiveBuffer'
import type { Programs } from './program'
import { readBuffer } from './readback'
import { uniformStructs } from './structs'

export interface TraceChoice {
  /** The number of trajectories in `records`, and how many of them are traced, from the first. */
  trajectories: number
  count: number
  /** Records 0, recordStep, ... and lastRecord: `chosen` of them. */
  chosen: number
  recordStep: number
  lastRecord: number
}

/**
 * losses[k * count + i]: the loss at the k-th chosen record of trajectory i. At most 4,194,240 in
 * all, which is as much as one dispatch covers under the default limits.
 */
export async function traceLosses(
  device: GPUDevice,
  programs: Programs,
  spec: ObjectiveSpec,
  records: GPUTexture,
  choice: TraceChoice,
): Promise<Float32Array<ArrayBuffer>> {
  const pipeline = await programs.pipeline('traceLosses', { objective: spec })
  const struct = uniformStructs.TraceParams
  const size = choice.count * choice.chosen * 4
  const objective = createObjectiveBuffer(device, spec)
  const params = createUniformBuffer(device, 'TraceParams', struct.size)
  const losses = createStorageBuffer(device, 'losses', size)
  try {
    device.queue.writeBuffer(params, 0, struct.pack({ ...choice, width: records.width }))
    const encoder = device.createCommandEncoder({ label: 'traceLosses' })
    const group = bind(device, pipeline, [objective, params, records, losses])
    dispatch(encoder, pipeline, [group], Math.ceil((choice.count * choice.chosen) / 64))
    device.queue.submit([encoder.finish()])
    return new Float32Array(await readBuffer(device, losses, size))
  } finally {
    for (const buffer of [objective, params, losses]) buffer.destroy()
  }
}
