import { afterEach, expect, test, vi } from 'vitest'
import { onResize } from '../../src/widgets/resize'
import { mount } from '../setup/mount'

afterEach(() => vi.restoreAllMocks())

/** The news of a window that was dragged to a screen with other pixels. */
function createScreens() {
  const queries: EventTarget[] = []
  vi.spyOn(window, 'matchMedia').mockImplementation(() => {
    queries.push(new EventTarget())
    // The part of a MediaQueryList that is used.
    return queries.at(-1) as unknown as MediaQueryList
  })
  return { queries, drag: () => queries.at(-1)!.dispatchEvent(new Event('change')) }
}

test('other pixels at the same size are announced each time, until one stops', () => {
  const { queries, drag } = createScreens()
  const called = vi.fn()
  const stop = onResize([mount(100, 50)], called)
  drag()
  drag()
  expect(called).toHaveBeenCalledTimes(2)
  stop()
  drag()
  expect(called).toHaveBeenCalledTimes(2)
  expect(queries).toHaveLength(3)
})

test('another size is announced', async () => {
  const box = mount(100, 50)
  const called = vi.fn()
  const stop = onResize([box], called)
  await expect.poll(() => called.mock.calls.length).toBe(1)
  box.style.width = '120px'
  await expect.poll(() => called.mock.calls.length).toBe(2)
  stop()
})
