/** The GPU's own clock, on the device that the page would use. */
import { expect, test, vi } from 'vitest'
import { requestGpu } from '../../src/gpu/device'
import { createSliceClock } from '../../src/gpu/sliceClock'

/** Clears 64 MiB, which no adapter does in no time. */
function workOn(device: GPUDevice) {
  const buffer = device.createBuffer({ size: 2 ** 26, usage: GPUBufferUsage.COPY_DST })
  return () => {
    const encoder = device.createCommandEncoder()
    encoder.clearBuffer(buffer)
    device.queue.submit([encoder.finish()])
  }
}

test('slices are measured, two at a time, without ever more objects', async () => {
  const { device } = await requestGpu(navigator.gpu)
  const problem = vi.fn()
  device.addEventListener('uncapturederror', problem)
  const create = vi.spyOn(device, 'createQuerySet')
  const clock = createSliceClock(device)
  const work = workOn(device)
  for (let i = 0; i < 4; i++) {
    const ended = [0, 1].map(() => {
      clock?.().discard()
      const mark = clock?.()
      work()
      return mark?.end()
    })
    for (const milliseconds of await Promise.all(ended)) expect(milliseconds).toBeGreaterThan(0)
  }
  expect(create).toHaveBeenCalledTimes(2)
  // The clock keeps two of many that were in use at once.
  const destroyed = vi.spyOn(GPUQuerySet.prototype, 'destroy')
  await Promise.all(Array.from({ length: 5 }, () => clock?.()).map((mark) => mark?.end()))
  expect(create).toHaveBeenCalledTimes(5)
  expect(destroyed).toHaveBeenCalledTimes(3)
  device.destroy()
  expect(await clock?.().end()).toBe(null)
  expect(problem).not.toHaveBeenCalled()
})

test('a device without time stamps has no clock', async () => {
  const adapter = await navigator.gpu.requestAdapter()
  const device = await adapter?.requestDevice()
  expect(device && createSliceClock(device)).toBe(null)
  device?.destroy()
})
