/** Playing recorded paths copies nothing through the processor, and draws little. */
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { settled } from './steepest'

const browser = useBrowser()

declare global {
  /** In the page of this test alone. */
  interface Window {
    counted: Counted
  }
}

interface Counted {
  frames: number
  maps: number
  uploaded: number
  draws: number
}

/** Counts in the page, from its first script on. */
function count(): void {
  const counted: Counted = { frames: 0, maps: 0, uploaded: 0, draws: 0 }
  Object.assign(window, { counted })
  const wrap = (prototype: object, name: string, note: (args: unknown[]) => void) => {
    const methods = prototype as Record<string, (...args: unknown[]) => unknown>
    const method = methods[name]
    methods[name] = function (this: unknown, ...args: unknown[]) {
      note(args)
      return method.apply(this, args)
    }
  }
  const bytes = (data: unknown) => (data as { byteLength: number }).byteLength
  wrap(GPUBuffer.prototype, 'mapAsync', () => counted.maps++)
  wrap(GPUQueue.prototype, 'writeBuffer', ([, , data, offset = 0, size]) => {
    const unit = (data as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1
    counted.uploaded +=
      (size as number | undefined) !== undefined
        ? (size as number) * unit
        : bytes(data) - (offset as number) * unit
  })
  wrap(GPUQueue.prototype, 'writeTexture', ([, data]) => {
    counted.uploaded += bytes(data)
  })
  wrap(GPUQueue.prototype, 'copyExternalImageToTexture', () => {
    counted.uploaded += 2 ** 20
  })
  for (const name of ['draw', 'drawIndexed', 'drawIndirect', 'drawIndexedIndirect']) {
    wrap(GPURenderPassEncoder.prototype, name, () => counted.draws++)
  }
  const next = window.requestAnimationFrame
  const tick = () => {
    counted.frames++
    next(tick)
  }
  next(tick)
}

test('no read-back, under 1 kB uploaded and at most 20 draw calls a frame', async () => {
  const { page, expectQuiet } = await browser.open({
    viewport: { width: 800, height: 600 },
    query: '?side=32&grid=128',
    before: count,
  })
  await settled(page)
  // An object that is drawn for the first time (a trail, a ribbon) brings its geometry along, once.
  await page.waitForFunction(
    () =>
      window.steepest.settings.step > 20 &&
      /oracle/.test(document.querySelector('.status-line')?.textContent ?? ''),
  )
  const snapshot = () =>
    page.evaluate(() => ({
      ...window.counted,
      step: window.steepest.settings.step,
    }))
  const before = await snapshot()
  await page.waitForFunction((frames) => window.counted.frames > frames + 12, before.frames)
  const after = await snapshot()
  const frames = after.frames - before.frames
  expect(after.step).not.toBe(before.step)
  expect(after.maps - before.maps).toBe(0)
  expect((after.uploaded - before.uploaded) / frames).toBeLessThan(1000)
  const draws = (after.draws - before.draws) / frames
  expect(draws).toBeGreaterThan(0)
  expect(draws).toBeLessThanOrEqual(20)
  expectQuiet()
})
