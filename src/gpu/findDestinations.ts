/** The pass of shaders/findDestinations.wgsl. */
import type { Circle } from '../model/destinations'
import { maxMinima } from '../model/outcomes/outcome'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import type { Programs } from './program'
import { uniformStructs } from './structs'

export interface FindDestinations {
  /** Submit before encoding again. */
  encode(encoder: GPUCommandEncoder, circles: readonly Circle[]): void
  dispose(): void
}

/**
 * @param record the last one of `records`
 * @param destinations a texel for each trajectory, row after row
 */
export async function makeFindDestinations(
  device: GPUDevice,
  programs: Programs,
  trajectories: number,
  record: number,
  records: GPUTexture,
  destinations: GPUTexture,
): Promise<FindDestinations> {
  const pipeline = await programs.pipeline('findDestinations')
  const struct = uniformStructs.DestinationParams
  const params = createUniformBuffer(device, 'DestinationParams', struct.size)
  const places = createStorageBuffer(device, 'circles', maxMinima * 16)
  const group = bind(device, pipeline, [params, records, places, destinations])
  return {
    encode(encoder, all) {
      const circles = all.slice(0, maxMinima)
      const widths = { recordsWidth: records.width, width: destinations.width }
      const fields = { trajectories, record, ...widths, circles: circles.length }
      device.queue.writeBuffer(params, 0, struct.pack(fields))
      const packed = new Float32Array(maxMinima * 4)
      circles.forEach(({ w, b, radius }, i) => {
        packed.set([w, b, radius], i * 4)
      })
      device.queue.writeBuffer(places, 0, packed)
      dispatch(encoder, pipeline, [group], Math.ceil(trajectories / 64))
    },
    dispose() {
      params.destroy()
      places.destroy()
    },
  }
}
