/**
 * A check is a plain function on a device, so that the same checks run in node's Dawn, in Chromium
 * and in Deno's wgpu. It throws if something is wrong, and returns its measurements.
 */
import { GpuCrowd } from '../../src/engine/gpuCrowd'
import { GpuSurface } from '../../src/engine/gpuSurface'
import { createContext, type GpuContext } from '../../src/gpu/context'
import { Programs } from '../../src/gpu/program'
import type { ShaderText } from '../../src/gpu/shaders'
import type { DescentJob } from '../../src/model/descent'
import type { GridJob } from '../../src/model/grid'
import type { Comparison } from './compare'

export interface KernelCheck {
  name: string
  /** Returns the measurements in words. */
  run(device: GPUDevice): Promise<string>
  /** Whether they are printed: for counts that say more than that they are within bounds. */
  isTold?: boolean
  /**
   * Limits where the check runs, if it proves the same everywhere. In node and in Deno: a `mutant`,
   * which proves that checks can fail; whole maps by a `rule` whose steps have checks of their own.
   * In node alone: programs that other checks have, on other `data`.
   */
  kind?: 'mutant' | 'rule' | 'data'
}

export type Rewrite = (part: ShaderText) => ShaderText

export function check(name: string, run: KernelCheck['run']): KernelCheck {
  return { name, run }
}

export function mutantCheck(name: string, run: KernelCheck['run']): KernelCheck {
  return { name: `mutant is caught: ${name}`, run, kind: 'mutant' }
}

/** The unmodified programs, compiled once for all checks of a device. */
const compiled = new WeakMap<GPUDevice, Programs>()

export function contextOf(device: GPUDevice, rewrite?: Rewrite): GpuContext {
  if (rewrite) return createContext(device, new Programs(device, rewrite))
  const programs = compiled.get(device) ?? new Programs(device)
  compiled.set(device, programs)
  return createContext(device, programs)
}

export function surfaceOf(context: GpuContext, job: GridJob) {
  return GpuSurface.compute(context, job, {})
}

export function crowdOf(context: GpuContext, job: DescentJob, stride = job.stride) {
  return GpuCrowd.compute(context, job, { steps: job.steps, stride }, {})
}

export function assert(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence)
}

/** Compares bits, so -0 and 0 differ. */
export function assertSameBits(found: Float32Array, wanted: Float32Array, what: string): void {
  const bits = ({ buffer, byteOffset, length }: Float32Array) =>
    new Uint32Array(buffer, byteOffset, length)
  assert(found.length === wanted.length, `${what}: ${found.length} values, not ${wanted.length}.`)
  const [a, b] = [bits(found), bits(wanted)]
  const at = a.findIndex((value, i) => value !== b[i])
  assert(at < 0, `${what}: value ${at} is ${found[at]}, not ${wanted[at]}.`)
}

export const say = ({ count, worst }: Comparison) =>
  `${count} values, worst error ${worst.toFixed(2)} of the permitted`
