/** Both engines, for suites that are run once on each. */
import { CpuEngine } from '../../src/engine/cpuEngine'
import type { Crowd, Engine } from '../../src/engine/engine'
import { GpuEngine } from '../../src/engine/gpuEngine'
import { requestGpu } from '../../src/gpu/device'
import { readTextureRows } from '../../src/gpu/readback'

/** Fails where there is no adapter. Each has a device or workers of its own. */
export const engines: readonly { kind: Engine['kind']; create(): Promise<Engine> }[] = [
  { kind: 'gpu', create: async () => new GpuEngine(await requestGpu(navigator.gpu)) },
  { kind: 'cpu', create: async () => new CpuEngine(2) },
]

/** (w, b) of all trajectories as the view would draw them now. */
export async function readHeads(engine: Engine, crowd: Crowd): Promise<Float32Array> {
  const { array, texture, height } = crowd.heads
  if (array) return array.slice(0, crowd.trajectories * 2)
  const { device } = engine as GpuEngine
  const values = await readTextureRows(device, texture, 2, 0, height)
  return values.subarray(0, crowd.trajectories * 2)
}

/** The same engine, but with room for few positions. */
export function withCapacity(engine: Engine, capacity: number): Engine {
  return Object.assign(engine, { capacity })
}
