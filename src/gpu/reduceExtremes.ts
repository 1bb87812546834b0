/** The pass of shaders/reduceExtremes.wgsl. */
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import type { Programs } from './program'
import { readBuffer } from './readback'
import { uniformStructs } from './structs'

/** Enough to fill a large GPU, few enough that the atomics at the end cost nothing. */
const workgroups = 256

/** The lowest and the highest loss among the nodes of a grid that are valid with `nodeStep`. */
export async function reduceExtremes(
  device: GPUDevice,
  programs: Programs,
  cells: GPUTexture,
  nodeStep: number,
): Promise<{ lowest: number; highest: number }> {
  const pipeline = await programs.pipeline('reduceExtremes')
  const struct = uniformStructs.ExtremesParams
  const params = createUniformBuffer(device, 'ExtremesParams', struct.size)
  const extremes = createStorageBuffer(device, 'extremes', 8)
  try {
    const { width: columns, height: rows } = cells
    device.queue.writeBuffer(params, 0, struct.pack({ columns, rows, nodeStep }))
    device.queue.writeBuffer(extremes, 0, Uint32Array.of(0xffffffff, 0))
    const encoder = device.createCommandEncoder({ label: 'reduceExtremes' })
    dispatch(encoder, pipeline, bind(device, pipeline, [params, cells, extremes]), workgroups)
    device.queue.submit([encoder.finish()])
    const [lowest, highest] = new Uint32Array(await readBuffer(device, extremes, 8))
    return { lowest: fromSortableBits(lowest), highest: fromSortableBits(highest) }
  } finally {
    params.destroy()
    extremes.destroy()
  }
}

/** Inverse of sortableBits in the shader. */
function fromSortableBits(bits: number): number {
  const plain = (bits & 0x80000000) !== 0 ? bits & 0x7fffffff : ~bits
  return new Float32Array(Int32Array.of(plain).buffer)[0]
}
