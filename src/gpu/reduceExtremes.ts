/** The extremes that kernels find with shaders/reduceExtremes.wgsl. */
import { createStorageBuffer } from './buffers'
import { readBuffer } from './readback'

/** (lowest, highest) in sortable bits, from which any value is a new extreme. */
export function createExtremesBuffer(device: GPUDevice): GPUBuffer {
  const extremes = createStorageBuffer(device, 'extremes', 8)
  device.queue.writeBuffer(extremes, 0, Uint32Array.of(0xffffffff, 0))
  return extremes
}

/** The lowest and the highest value of all work submitted so far. */
export async function readExtremes(
  device: GPUDevice,
  extremes: GPUBuffer,
): Promise<{ lowest: number; highest: number }> {
  const [lowest, highest] = new Uint32Array(await readBuffer(device, extremes, 8))
  return { lowest: fromSortableBits(lowest), highest: fromSortableBits(highest) }
}

/** Inverse of sortableBits in the shader. */
function fromSortableBits(bits: number): number {
  const plain = (bits & 0x80000000) !== 0 ? bits & 0x7fffffff : ~bits
  return new Float32Array(Int32Array.of(plain).buffer)[0]
}
