/** How computing and drawing divide a GPU, on a queue with a clock of its own. */
import { expect, test } from 'vitest'
import { FakeQueue } from './fakeQueue'

/** Loss terms in a millisecond, and as many as take so long. */
const rate = 40_000
const work = (milliseconds: number) => milliseconds * rate

async function computed(milliseconds: number, frame: number | null, isBlockedByFrames = false) {
  const queue = new FakeQueue()
  queue.isBlockedByFrames = isBlockedByFrames
  // The size of a slice is known, as on a page that has computed before.
  await queue.until(queue.compute(work(200), rate))
  const slices = queue.counts.slices
  let isComputing = true
  if (frame !== null)
    queue.animate(
      () => frame,
      () => isComputing,
    )
  const begin = queue.now
  await queue.until(queue.compute(work(milliseconds), rate))
  isComputing = false
  return {
    slices: queue.counts.slices - slices,
    frames: queue.counts.frames,
    elapsed: queue.now - begin,
  }
}

// Some browsers notice the end of a slice only with the end of the frame behind it.
const kinds = [false, true].flatMap((isBlocked) =>
  [5, 40, 300, 3000].map((frame) => ({ frame, isBlocked })),
)

test.each(kinds)('frames leave two thirds to computing: %o', async ({ frame, isBlocked }) => {
  const { elapsed, frames } = await computed(2000, frame, isBlocked)
  // The frame that was on its way, and one that began when the last slices were submitted.
  expect(elapsed).toBeLessThanOrEqual(1.5 * 2000 + 2 * frame)
  expect(frames).toBeLessThanOrEqual(2000 / (2 * frame) + 2)
  // The rest of the time is drawing's: what grows is seen to grow. A frame waits for a slice by
  // itself after the two that were on their way, then for the next animation frame, and for the
  // two slices before it.
  expect(frames).toBeGreaterThanOrEqual(Math.floor(2000 / (2 * frame + 16 + 5 * 12)))
})

test.each(kinds)('frames do not shrink the slices: %o', async ({ frame, isBlocked }) => {
  const alone = await computed(2000, null)
  const beside = await computed(2000, frame, isBlocked)
  expect(alone.frames).toBe(0)
  expect(beside.slices).toBe(alone.slices)
})

test('a kernel that becomes slower beside frames gets smaller slices', async () => {
  const queue = new FakeQueue()
  await queue.until(queue.compute(work(200), rate))
  const { slices } = queue.counts
  queue.animate(
    () => 2,
    () => queue.counts.slices < slices + 200,
  )
  await queue.until(queue.compute(work(1000), rate / 4))
  // 4 s of slices of 12 ms, but for the first ones.
  expect(queue.counts.slices - slices).toBeGreaterThan(300)
})

test('by the GPU’s own clock slices keep their size, however late their end is noticed', async () => {
  const slicesWith = async (clock: FakeQueue['clock']) => {
    const queue = new FakeQueue()
    Object.assign(queue, { noticeEvery: 100, clock })
    await queue.until(queue.compute(work(2000), rate))
    return queue.counts.slices
  }
  const alone = await computed(2000, null)
  expect(Math.abs((await slicesWith((milliseconds) => milliseconds)) - alone.slices)).toBeLessThan(
    10,
  )
  // Two slices in 100 ms seem to be a slow GPU.
  expect(await slicesWith(() => null)).toBeGreaterThan(4 * alone.slices)
})

test('the GPU’s own clock counts beside frames, too', async () => {
  const queue = new FakeQueue()
  queue.clock = (milliseconds) => milliseconds
  await queue.until(queue.compute(work(200), rate))
  const { slices } = queue.counts
  queue.animate(
    () => 300,
    () => queue.counts.slices < slices + 40,
  )
  await queue.until(queue.compute(work(1000), rate / 4))
  // 4 s of slices of 12 ms.
  expect(queue.counts.slices - slices).toBeGreaterThan(250)
  expect(queue.counts.slices - slices).toBeLessThan(400)
})

test('a clock that is wrong makes no slice of seconds', async () => {
  const queue = new FakeQueue()
  queue.clock = (milliseconds) => milliseconds / 1e4
  await queue.until(queue.compute(work(20_000), rate))
  expect(queue.longestSlice).toBeGreaterThan(100)
  expect(queue.longestSlice).toBeLessThan(2000)
})

test('computing that ends before its share is used up leaves the next frame at once', async () => {
  const queue = new FakeQueue()
  await queue.until(queue.compute(work(200), rate))
  queue.submit('frames', 400)
  await queue.until(queue.turns.drew())
  const run = queue.compute(work(24), rate)
  expect(queue.turns.mayDraw).toBe(false)
  await queue.until(run)
  expect(queue.turns.mayDraw).toBe(true)
})

test('two frames are on their way at most', async () => {
  const queue = new FakeQueue()
  const drawn = [0, 1].map(() => {
    expect(queue.turns.mayDraw).toBe(true)
    queue.submit('frames', 100)
    return queue.turns.drew()
  })
  expect(queue.turns.mayDraw).toBe(false)
  await queue.until(drawn[0])
  expect(queue.turns.mayDraw).toBe(true)
  // Each by itself, though the second one waited for the first.
  expect(await queue.until(Promise.all(drawn))).toEqual([100, 100])
})

test('a queue that is lost holds no frame back', async () => {
  const queue = new FakeQueue()
  queue.onSubmittedWorkDone = () => Promise.reject(new Error('lost'))
  for (let i = 0; i < 5; i++) await queue.turns.drew()
  expect(queue.turns.mayDraw).toBe(true)
  await expect(queue.compute(work(100), rate)).rejects.toThrow('lost')
  expect(queue.turns.mayDraw).toBe(true)
})
