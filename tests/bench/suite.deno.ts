/** The suite in Deno's wgpu, without the CPU engine: argument 1 is SuiteOptions as JSON. */
import { GpuEngine } from '../../src/engine/gpuEngine'
import { requestGpu } from '../../src/gpu/device'
import { runSuite, type SuiteOptions } from './suite'

declare const Deno: { args: string[]; version: { deno: string } }

const options = JSON.parse(Deno.args[0]) as SuiteOptions
const gpu = new GpuEngine(await requestGpu(navigator.gpu))
const adapter = `${gpu.name}, Deno ${Deno.version.deno}`
const measurements = await runSuite({ gpu, cpu: null }, { ...options, adapter })
console.log(JSON.stringify(measurements))
