/**
 * A check is a plain function on a device, so that the same ones run in node's Dawn, in Chromium
 * and in Deno's wgpu. It throws where something is wrong, and returns what it measured.
 */
import { GpuCrowd } from '../../src/engine/gpuCrowd'
import { GpuSurface } from '../../src/engine/gpuSurface'
import { createContext, type GpuContext } from '../../src/gpu/context'
import { Programs } from '../../src/gpu/program'
import type { ShaderPart } from '../../src/gpu/shaders'
import type { DescentJob } from '../../src/model/descent'
import type { GridJob } from '../../src/model/grid'
import type { Comparison } from './compare'

export interface KernelCheck {
  name: string
  /** Gives what was measured, in words. */
  run(device: GPUDevice): Promise<string>
  /** Whether that is printed, too: counts that say more than that they are within their bounds. */
  isTold?: boolean
  /**
   * Run where it proves most, as what it proves is the same everywhere. In node and in Deno: a
   * `mutant`, that the checks bite; whole maps by a `rule` whose steps are checked one by one besides.
   * In node alone: programs that other checks have, on other `data`.
   */
  kind?: 'mutant' | 'rule' | 'data'
}

export type Rewrite = (part: ShaderPart) => ShaderPart

export function check(name: string, run: KernelCheck['run']): KernelCheck {
  return { name, run }
}

export function mutantCheck(name: string, run: KernelCheck['run']): KernelCheck {
  return { name: `mutant is caught: ${name}`, run, kind: 'mutant' }
}

/** What compiles of the programs as they are, once for all checks of a device. */
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

/** The same bits, so that -0 and 0 differ. */
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
