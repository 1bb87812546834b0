/** How often the stage and the rest of the page are drawn, with a drawing that has to wait its turn. */
import { expect, test } from 'vitest'
import { Frames } from '../../src/app/frames'
import type { PageParts } from '../../src/app/pageParts'
import { Playback } from '../../src/app/playback'
import type { Page } from '../../src/page/page'
import { createHistory } from '../../src/settings/history'
import { defaults } from '../../src/settings/settings'

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
const frames = async (count: number) => {
  for (let i = 0; i < count; i++) await frame()
}

function opened() {
  const counts = { stage: 0, page: 0, seeks: 0 }
  const moving: boolean[] = []
  const turn = { isOurs: true }
  const crowd = {
    finished: 100,
    trajectories: 400,
    recording: { stride: 1, steps: 300 },
    seek: () => {
      counts.seeks++
      return null
    },
  }
  const latest = (value: unknown) => ({ value, isStale: false, isComplete: true })
  const results = {
    isComplete: true,
    isRunning: false,
    surface: latest(null),
    crowd: latest({ crowd }),
    runs: latest([]),
    stationary: latest(null),
  }
  const drawing = {
    mayDraw: () => turn.isOurs,
    show: (_: unknown, isMoving: boolean) => {
      counts.stage++
      moving.push(isMoving)
    },
  }
  let settings = defaults
  const page = { session: { drawing, engine: null }, results, current: () => settings }
  const parts = {
    show: () => counts.page++,
    lenses: { overlay: () => ({}), words: () => null },
    layout: { stageText: { textContent: '' } },
  }
  const playback = new Playback(
    () => settings,
    (step) => {
      settings = { ...settings, step }
      made.placeHeads()
    },
    () => made.redraw(),
  )
  // Only what Frames asks for: the parts of a page that count instead of drawing.
  const [ofPage, ofParts] = [page as unknown as Page, parts as unknown as PageParts]
  const made = new Frames(ofPage, playback, createHistory(), ofParts)
  return { frames: made, counts, turn, crowd, moving, playback }
}

test('however often something changes, a frame is drawn when its turn comes, and once', async () => {
  const { frames: made, counts, turn } = opened()
  turn.isOurs = false
  for (let i = 0; i < 10; i++) {
    made.redraw()
    await frame()
  }
  // The rest of the page goes on: the progress, for example.
  expect(counts.page).toBeGreaterThanOrEqual(9)
  expect([counts.stage, counts.seeks]).toEqual([0, 0])
  turn.isOurs = true
  await frames(4)
  expect(counts.stage).toBe(1)
})

test('a growing crowd is drawn once for each turn, its heads with it', async () => {
  const { frames: made, counts, turn, crowd } = opened()
  for (let i = 0; i < 12; i++) {
    // Every third animation frame is drawing's turn; the crowd grows in each.
    turn.isOurs = i % 3 === 0
    crowd.finished += 10
    made.onProgress()
    await frame()
  }
  await frames(2)
  expect(counts.stage).toBeGreaterThanOrEqual(4)
  expect(counts.stage).toBeLessThanOrEqual(5)
  expect(counts.seeks).toBe(counts.stage)
  const { stage } = counts
  turn.isOurs = true
  // Progress of something else draws nothing on the stage, once it has caught up.
  await frames(2)
  const caughtUp = counts.stage
  expect(caughtUp - stage).toBeLessThanOrEqual(1)
  for (let i = 0; i < 5; i++) {
    made.onProgress()
    await frame()
  }
  expect(counts.stage).toBe(caughtUp)
})

test('playing waits for its turn with its step, and is drawn once a step', async () => {
  const { counts, turn, playback } = opened()
  playback.play()
  await frames(3)
  turn.isOurs = false
  await frame()
  const before = { ...counts }
  await frames(10)
  expect(counts).toEqual(before)
  turn.isOurs = true
  await frames(3)
  playback.pause()
  expect(counts.stage).toBeGreaterThan(before.stage)
  expect(counts.stage - before.stage).toBeLessThanOrEqual(4)
  expect(counts.seeks - before.seeks).toBeLessThanOrEqual(4)
})

test('what follows from a drag or from playing is drawn as moving, anything else whole', async () => {
  const { frames: made, moving, playback } = opened()
  made.redraw()
  await frames(2)
  made.moves()
  made.redraw()
  await frames(2)
  playback.play()
  await frames(3)
  playback.pause()
  expect(moving.slice(0, 2)).toEqual([false, true])
  expect(moving.slice(2)).toContain(true)
})
