/** A chart that was lost with the graphics process is drawn anew when its canvas is restored. */
import { expect, test } from 'vitest'
import { createSmallMaps } from '../../src/lenses/rates/crowd/smallMaps'
import { createSweepView } from '../../src/lenses/rates/sweep/sweepView'
import { noMinimum, outcomeCodes } from '../../src/model/outcomes/outcome'
import { createTimeline } from '../../src/page/timeline/timeline'
import { defaults } from '../../src/settings/settings'
import { mount } from '../setup/mount'

const isEmpty = (canvas: HTMLCanvasElement) => {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
  return data.every((value) => value === 0)
}

/** Empties every canvas that has something on it, as a loss does, and tells of its end. */
function loseAndRestore(container: HTMLElement): HTMLCanvasElement[] {
  const drawn = [...container.querySelectorAll('canvas')].filter((canvas) => !isEmpty(canvas))
  for (const canvas of drawn) {
    canvas.getContext('2d')!.reset()
    expect(isEmpty(canvas)).toBe(true)
    canvas.dispatchEvent(new Event('contextrestored'))
  }
  return drawn
}

async function expectRestored(container: HTMLElement, least: number): Promise<void> {
  await new Promise(requestAnimationFrame)
  const drawn = loseAndRestore(container)
  expect(drawn.length).toBeGreaterThanOrEqual(least)
  await expect.poll(() => drawn.filter(isEmpty)).toEqual([])
}

test('the charts, the strip, the heat map and its key of a sweep', async () => {
  const container = mount(600, 470)
  const rates = Float32Array.of(0.1, 1, 10, 100)
  const view = createSweepView(container, () => undefined)
  view.show({
    rates,
    finalLoss: Float32Array.of(0.4, 0.3, 0.2, 0.5),
    arrivalStep: Uint32Array.of(9, 5, 3, 7),
    outcome: new Uint8Array(4).fill(outcomeCodes.minimum),
    minimum: new Uint8Array(4),
    heat: { losses: Float32Array.of(4, 4, 4, 4, 3, 2, 1, 3), steps: Uint32Array.of(0, 10) },
    steps: 10,
    colours: 'viridis',
    rate: 1,
    best: 10,
    limits: [],
    stale: false,
  })
  await expectRestored(container, 5)
})

test('small maps', async () => {
  const container = mount(400, 240)
  const nothing = () => undefined
  const events = { onPointer: nothing, onStart: nothing, onZoom: nothing }
  const maps = createSmallMaps(container, events, nothing)
  const cells = Float32Array.of(0, 0, 3, 0.1, 1, noMinimum, -1, 0.2, 0, 1, 9, 0.1, 0, 0, 4, 0.1)
  const axis = [0, 1] as const
  maps.show({
    axes: [axis, axis],
    maps: [
      {
        key: 0,
        label: 'gradient descent, η = 10',
        colour: '#e69f00',
        cells,
        columns: 2,
        rows: 2,
        steps: 10,
        stale: false,
      },
    ],
    difference: null,
    pointer: null,
    start: [0.5, 0.5],
  })
  await expectRestored(container, 1)
})

test('the timeline', async () => {
  const container = mount(500, 200)
  const ignore = () => undefined
  const timeline = createTimeline(container, {
    current: () => defaults,
    ...{ change: ignore, scrub: ignore, play: ignore, pause: ignore },
  })
  const losses = Float32Array.of(0.4, 0.3, 0.2)
  timeline.show({
    steps: 2,
    step: 0,
    playing: false,
    speed: 30,
    loop: true,
    runs: [{ label: 'chosen start', losses, colour: '#e69f00' }],
    band: null,
    stale: false,
    logarithmic: true,
  })
  await expectRestored(container, 1)
  timeline.dispose()
})
