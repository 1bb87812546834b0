/** Measures what a page retains: its heap, its DOM, and its objects on the GPU. */
import type { CDPSession, Page } from 'playwright-core'

export interface Held {
  /** Bytes in use after garbage collection. */
  heap: number
  nodes: number
  listeners: number
  /** GPU objects neither destroyed nor collected. */
  buffers: number
  textures: number
  /** Total size of the buffers. */
  bytes: number
}

/** Counts GPU objects from now on; must run in the page before its own scripts. */
export function countGpuObjects(): void {
  const held = { buffers: 0, textures: 0, bytes: 0 }
  Object.assign(window, { heldOnGpu: held })
  type Kind = 'buffers' | 'textures'
  interface Entry {
    kind: Kind
    bytes: number
    isGone: boolean
  }
  const entries = new WeakMap<object, Entry>()
  const release = (entry: Entry) => {
    if (entry.isGone) return
    entry.isGone = true
    held[entry.kind]--
    held.bytes -= entry.bytes
  }
  const collected = new FinalizationRegistry<Entry>(release)
  const watch = <Made extends object>(made: Made, kind: Kind, bytes: number): Made => {
    const entry = { kind, bytes, isGone: false }
    entries.set(made, entry)
    collected.register(made, entry)
    held[kind]++
    held.bytes += bytes
    return made
  }
  const { createBuffer, createTexture } = GPUDevice.prototype
  GPUDevice.prototype.createBuffer = function (descriptor) {
    return watch(createBuffer.call(this, descriptor), 'buffers', descriptor.size)
  }
  GPUDevice.prototype.createTexture = function (descriptor) {
    return watch(createTexture.call(this, descriptor), 'textures', 0)
  }
  const releaseFirst = (prototype: GPUBuffer | GPUTexture) => {
    const { destroy } = prototype
    prototype.destroy = function () {
      const entry = entries.get(this)
      if (entry) release(entry)
      return destroy.call(this)
    }
  }
  releaseFirst(GPUBuffer.prototype)
  releaseFirst(GPUTexture.prototype)
}

declare global {
  interface Window {
    heldOnGpu: Pick<Held, 'buffers' | 'textures' | 'bytes'>
  }
}

/** Measures a page in which `countGpuObjects` has been run. */
export async function createMeter(page: Page): Promise<() => Promise<Held>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    // The registry reports what was collected in a task after the first collection.
    for (let i = 0; i < 2; i++) {
      await session.send('HeapProfiler.collectGarbage')
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
    }
    const { metrics } = await session.send('Performance.getMetrics')
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN
    const onGpu = await page.evaluate(() => window.heldOnGpu)
    return {
      heap: metric('JSHeapUsedSize'),
      nodes: metric('Nodes'),
      listeners: metric('JSEventListeners'),
      ...onGpu,
    }
  }
}
