/** The objective as the kernels read it. */
import { losses } from '../model/loss'
import type { ObjectiveSpec } from '../model/objective'
import { objectiveStruct } from './structs'

/**
 * Packs an objective into the layout of shaders/objective.wgsl. x is scaled by log2(e), because
 * the kernels measure z in bits; products are computed in f64 and rounded to f32 once. w^3 + b^2
 * has nothing to pack.
 */
export function packObjective(spec: ObjectiveSpec): ArrayBuffer {
  if (spec.kind === 'cubicAndSquare') return new ArrayBuffer(objectiveStruct.size)
  const { samples } = spec
  if (samples.length < 1 || samples.length > objectiveStruct.maxSamples) {
    throw new Error(
      `The objective has ${samples.length} samples; it must have 1 to ${objectiveStruct.maxSamples}.`,
    )
  }
  const loss = losses[spec.loss]
  const bits = loss.terms === 'crossEntropy' ? Math.LN2 : 1
  const data = new DataView(new ArrayBuffer(objectiveStruct.size))
  data.setUint32(objectiveStruct.sampleCount, samples.length, true)
  data.setFloat32(objectiveStruct.lossScale, loss.lossScale(samples.length) * bits, true)
  const gradientScale = loss.gradientScale(samples.length)
  data.setFloat32(objectiveStruct.gradientScale, gradientScale * Math.LN2, true)
  data.setFloat32(objectiveStruct.gradientScale + 4, gradientScale, true)
  samples.forEach(([x, y], i) => {
    data.setFloat32(objectiveStruct.samples + i * 8, Math.fround(x) * Math.LOG2E, true)
    data.setFloat32(objectiveStruct.samples + i * 8 + 4, y, true)
  })
  return data.buffer
}

export function createObjectiveBuffer(device: GPUDevice, spec: ObjectiveSpec): GPUBuffer {
  const data = packObjective(spec)
  const buffer = device.createBuffer({
    label: 'objective',
    size: data.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  })
  device.queue.writeBuffer(buffer, 0, data)
  return buffer
}
