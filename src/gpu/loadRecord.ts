/** The pass of shaders/loadRecord.wgsl. */
import { bind, createUniformBuffer, dispatch } from './buffers'
import type { Programs } from './program'
import { uniformStructs } from './structs'

export interface LoadRecord {
  /** Submit before encoding again, as with every pass here. */
  encode(encoder: GPUCommandEncoder, record: number): void
  dispose(): void
}

/**
 * Copies one record of `trajectories` trajectories from `records` into `states`.
 *
 * @param stateSize floats in a state
 */
export async function makeLoadRecord(
  device: GPUDevice,
  programs: Programs,
  trajectories: number,
  records: GPUTexture,
  states: GPUBuffer,
  stateSize: number,
): Promise<LoadRecord> {
  const pipeline = await programs.pipeline('loadRecord')
  const struct = uniformStructs.LoadParams
  const params = createUniformBuffer(device, 'LoadParams', struct.size)
  const group = bind(device, pipeline, [params, records, states])
  return {
    encode(encoder, record) {
      const { width } = records
      device.queue.writeBuffer(
        params,
        0,
        struct.pack({ trajectories, record, width, stateSize: stateSize / 2 }),
      )
      dispatch(encoder, pipeline, [group], Math.ceil(trajectories / 64))
    },
    dispose() {
      params.destroy()
    },
  }
}
