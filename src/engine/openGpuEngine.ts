/** For those who may know engines only: the GPU engine on whatever offers WebGPU. */
import { requestGpu } from '../gpu/device'
import { GpuEngine } from './gpuEngine'

/** Rejects with a sentence where there is no adapter or no device. */
export async function openGpuEngine(gpu: GPU): Promise<GpuEngine> {
  return new GpuEngine(await requestGpu(gpu))
}
