/** The suite as a page: the GPU engine, and the CPU engine on web workers. */
import { CpuEngine } from '../../src/engine/cpuEngine'
import { GpuEngine } from '../../src/engine/gpuEngine'
import { requestGpu } from '../../src/gpu/device'
import type { Measurement } from './contest'
import { runSuite, type SuiteOptions } from './suite'

declare global {
  interface Window {
    /** Called by chromiumSuite.ts. */
    runSuite(options: SuiteOptions): Promise<{ measurements: Measurement[]; cores: number }>
  }
}

window.runSuite = async (options) => {
  const gpu = new GpuEngine(await requestGpu(navigator.gpu))
  const cpu = new CpuEngine()
  try {
    const adapter = `${gpu.name}, ${options.adapter}`
    const measurements = await runSuite({ gpu, cpu }, { ...options, adapter })
    return { measurements, cores: navigator.hardwareConcurrency }
  } finally {
    gpu.dispose()
    cpu.dispose()
  }
}
