/** The passes of shaders/countHeads.wgsl and shaders/softenCounts.wgsl. */
import { cellsPerUnit, densitySide, type Part } from '../model/headDensity'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import type { Programs } from './program'
import { uniformStructs } from './structs'

export interface HeadDensity {
  /** Heads [0, count) over a part of (w, b). Submit before encoding again. */
  encode(encoder: GPUCommandEncoder, count: number, part: Part): void
  dispose(): void
}

/**
 * @param destinations as findDestinations writes them, as wide as `heads`
 * @param density densitySide x densitySide, as in model/headDensity.ts
 */
export async function makeHeadDensity(
  device: GPUDevice,
  programs: Programs,
  heads: GPUTexture,
  destinations: GPUTexture,
  density: GPUTexture,
): Promise<HeadDensity> {
  const [count, soften] = await Promise.all([
    programs.pipeline('countHeads'),
    programs.pipeline('softenCounts'),
  ])
  const struct = uniformStructs.DensityParams
  const params = createUniformBuffer(device, 'DensityParams', struct.size)
  const counts = createStorageBuffer(device, 'counts', densitySide * densitySide * 16)
  const counting = bind(device, count, [params, heads, counts, destinations])
  const softening = bind(device, soften, [counts, density])
  return {
    encode(encoder, many, part) {
      const [cellsPerW, cellsPerB] = cellsPerUnit(part)
      const place = { lowW: part.w[0], lowB: part.b[0], cellsPerW, cellsPerB }
      const fields = { heads: many, width: heads.width, side: densitySide, ...place }
      device.queue.writeBuffer(params, 0, struct.pack(fields))
      encoder.clearBuffer(counts)
      dispatch(encoder, count, [counting], Math.ceil(many / 64))
      dispatch(encoder, soften, [softening], densitySide / 8, densitySide / 8)
    },
    dispose() {
      params.destroy()
      counts.destroy()
    },
  }
}
