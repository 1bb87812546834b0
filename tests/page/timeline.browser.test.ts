import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { lineColour } from '../../src/display/lineColours'
import { logarithmicTicks } from '../../src/display/logarithmicTicks'
import { createTimeline } from '../../src/page/timeline/timeline'
import type { TimelinePicture } from '../../src/page/timeline/timelinePicture'
import { toggleHidden, toggleSolo } from '../../src/settings/runners'
import { defaults } from '../../src/settings/settings'
import { columnSteps, createColumns, thin } from '../../src/widgets/thinning'
import { mount } from '../setup/mount'

afterEach(() => vi.restoreAllMocks())

const steps = 300
const recordedSteps = Uint32Array.from({ length: 31 }, (_, record) => record * 10)
const falling = (factor: number) =>
  Float32Array.from(recordedSteps, (step) => 0.02 + factor * Math.exp(-step / 60))

const picture: TimelinePicture = {
  steps,
  step: 120,
  playing: false,
  speed: 30,
  loop: false,
  runs: [
    {
      label: 'chosen start',
      losses: Float32Array.from({ length: steps + 1 }, (_, step) => 0.02 + 0.5 / (step + 1)),
      colour: '#e69f00',
    },
  ],
  band: { recordedSteps, low: falling(0.1), median: falling(0.2), high: falling(0.4) },
  stale: false,
  logarithmic: true,
}

const [runner] = defaults.runners
const twoRunners = [runner, { ...runner, learningRate: 2 }]

async function createShown(shown: TimelinePicture = picture) {
  const actions = {
    current: () => ({ ...defaults, step: shown.step, runners: twoRunners }),
    change: vi.fn(),
    scrub: vi.fn(),
    play: vi.fn(),
    pause: vi.fn(),
  }
  const container = mount(600, 256)
  container.className = 'timeline'
  const timeline = createTimeline(container, actions)
  timeline.show(shown)
  await twoFrames()
  const slider = container.querySelector<HTMLElement>('[role=slider]')!
  return { timeline, container, slider, ...actions }
}

/** The plot's box inside the slider, as uPlot has laid it out. */
function plotBox(slider: HTMLElement) {
  const over = slider.querySelector('.u-over')!.getBoundingClientRect()
  const { left, top } = slider.getBoundingClientRect()
  return { left: over.left - left, top: over.top - top, width: over.width, height: over.height }
}

/** uPlot lays out and draws in a microtask of its own, at the latest by then. */
const twoFrames = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

test('a drag seeks to the step under the pointer, from press to release', async () => {
  const { slider, scrub } = await createShown()
  const { left, top, width, height } = plotBox(slider)
  const y = top + height / 2
  await userEvent.dragAndDrop(slider, slider, {
    sourcePosition: { x: left + width * 0.25, y },
    targetPosition: { x: left + width * 0.75, y },
  })
  const sought = scrub.mock.calls.map(([step]) => step)
  // A pixel is 300 steps / 484 pixels; the pointer stands at a whole one.
  expect(Math.abs(sought[0] - 75)).toBeLessThanOrEqual(1)
  expect(Math.abs(sought.at(-1) - 225)).toBeLessThanOrEqual(1)
})

test('a press beyond the ends seeks the first and the last step', async () => {
  const { slider, scrub } = await createShown()
  const { top, height } = plotBox(slider)
  const { width } = slider.getBoundingClientRect()
  await userEvent.click(slider, { position: { x: 4, y: top + height / 2 } })
  await userEvent.click(slider, { position: { x: width - 4, y: top + height / 2 } })
  expect(scrub.mock.calls).toEqual([[0], [steps]])
})

test('the playhead stands where its step is drawn', async () => {
  const { timeline, slider } = await createShown()
  for (const step of [0, 120, 300]) {
    timeline.show({ ...picture, step })
    const { left, width } = plotBox(slider)
    const head = slider.querySelector('.playhead')!.getBoundingClientRect()
    const x = head.left + head.width / 2 - slider.getBoundingClientRect().left
    expect(Math.abs(x - (left + (width * step) / steps))).toBeLessThan(1)
  }
})

test('keys seek; the slider says step and loss', async () => {
  const { slider, scrub, play } = await createShown()
  slider.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{PageUp}{PageDown}{Home}{End}')
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  expect(scrub.mock.calls.flat()).toEqual([121, 119, 150, 90, 0, 300, 130])
  await userEvent.keyboard(' ')
  expect(play).toHaveBeenCalledOnce()
  expect(slider.getAttribute('aria-valuenow')).toBe('120')
  expect(slider.getAttribute('aria-valuemax')).toBe('300')
  expect(slider.getAttribute('aria-valuetext')).toBe('step 120 of 300, loss 0.0241')
})

test('keys do not leave the recorded steps', async () => {
  const { slider, scrub } = await createShown({ ...picture, step: 298 })
  slider.focus()
  await userEvent.keyboard('{PageUp}')
  expect(scrub.mock.calls).toEqual([[300]])
})

test('a new step moves the playhead and draws nothing; new losses draw', async () => {
  const { timeline, slider } = await createShown()
  await twoFrames()
  const clear = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect')
  const before = slider.querySelector<HTMLElement>('.playhead')!.style.transform
  // The lists are new, as the app makes them; the losses in them are the same.
  timeline.show({
    ...picture,
    step: 121,
    playing: true,
    runs: picture.runs.map((run) => ({ ...run })),
  })
  await twoFrames()
  expect(clear).not.toHaveBeenCalled()
  expect(slider.querySelector<HTMLElement>('.playhead')!.style.transform).not.toBe(before)

  const losses = picture.runs[0].losses.map((loss) => 2 * loss)
  timeline.show({ ...picture, runs: [{ ...picture.runs[0], losses }] })
  await twoFrames()
  expect(clear).toHaveBeenCalled()
})

test('the buttons ask for what they say', async () => {
  const { timeline, container, ...actions } = await createShown()
  const button = (label: string) => container.querySelector(`[aria-label="${label}"]`)!
  await userEvent.click(button('One step back'))
  await userEvent.click(button('One step on'))
  expect(actions.scrub.mock.calls).toEqual([[119], [121]])
  await userEvent.click(button('Play'))
  expect(actions.play).toHaveBeenCalledOnce()
  timeline.show({ ...picture, playing: true })
  await userEvent.click(button('Pause'))
  expect(actions.pause).toHaveBeenCalledOnce()
  await userEvent.click(button('Repeat'))
  expect(actions.change.mock.lastCall).toEqual([{ loop: true }])
  await userEvent.selectOptions(container.querySelector('.speed')!, '300')
  expect(actions.change.mock.lastCall).toEqual([{ speed: 300 }])
})

test('the legend follows the theme, as the chart does', async () => {
  const theme = Object.assign(new EventTarget(), { matches: false })
  // The part of a MediaQueryList that the page reads.
  vi.spyOn(window, 'matchMedia').mockReturnValue(theme as unknown as MediaQueryList)
  const yellow = { ...picture.runs[0], colour: '#f0e442' }
  const { container } = await createShown({ ...picture, runs: [yellow] })
  const colour = () =>
    container.querySelector<HTMLElement>('.timeline-legend li')!.style.getPropertyValue('--colour')
  expect(colour()).toBe('#f0e442')
  theme.matches = true
  theme.dispatchEvent(new Event('change'))
  expect(colour()).toBe(lineColour('#f0e442', true))
  expect(colour()).not.toBe('#f0e442')
})

test('without descents it says so', async () => {
  const { timeline, container } = await createShown({ ...picture, runs: [], band: null })
  const empty = container.querySelector<HTMLElement>('.timeline-empty')!
  expect(empty.hidden).toBe(false)
  timeline.show(picture)
  expect(empty.hidden).toBe(true)
})

const numbers = fc.array(fc.float({ min: Math.fround(1e-6), max: 100, noNaN: true }), {
  minLength: 2,
  maxLength: 900,
})

test('thinning keeps the extremes of every column, and the order', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 200 }), (list, pixels) => {
      const values = Float32Array.from(list)
      const columns = createColumns(values.length - 1, pixels)
      const thinned = thin(values, null, columns, true)
      const x = columnSteps(columns)
      expect(thinned.length).toBe(x.length)
      expect(x.length).toBeLessThanOrEqual(2 * pixels)
      columns.first.forEach((first, column) => {
        const last = columns.last[column]
        const inside = [...values.subarray(first, last + 1)]
        const drawn = thinned.filter((_, i) => x[i] >= first && x[i] <= last)
        expect(Math.min(...(drawn as number[]))).toBe(Math.min(...inside))
        expect(Math.max(...(drawn as number[]))).toBe(Math.max(...inside))
      })
      expect([x[0], x.at(-1)]).toEqual([0, values.length - 1])
      expect(x).toEqual([...new Set(x)].sort((a, b) => a - b))
    }),
    { seed: 7, numRuns: 100 },
  )
})

test('a single spike among 100,000 steps is drawn', () => {
  const values = new Float32Array(100_001).fill(0.5)
  values[54_321] = 9
  const thinned = thin(values, null, createColumns(100_000, 800), true)
  expect(thinned.length).toBe(1600)
  expect(thinned.filter((value) => value === 9)).toEqual([9])
})

test('between two records the line is straight on the axis that is drawn', () => {
  const columns = createColumns(4, 100)
  const records = Uint32Array.of(0, 4)
  const values = Float32Array.of(1, 16)
  const rounded = (list: (number | null)[]) => list.map((value) => Number(value?.toFixed(6)))
  expect(rounded(thin(values, records, columns, true))).toEqual([1, 2, 4, 8, 16])
  expect(rounded(thin(values, records, columns, false))).toEqual([1, 4.75, 8.5, 12.25, 16])
})

test('values that an axis cannot show are left out', () => {
  const values = Float32Array.of(1, NaN, 0, -1, Infinity, 2)
  const columns = createColumns(5, 100)
  expect(thin(values, null, columns, true)).toEqual([1, null, null, null, null, 2])
  expect(thin(values, null, columns, false)).toEqual([1, null, 0, -1, null, 2])
})

test('ticks are round numbers inside the axis, about as many as asked for', () => {
  expect(logarithmicTicks(0.02, 0.5, 6)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5])
  expect(logarithmicTicks(0.024, 0.5, 3)).toEqual([0.03, 0.1, 0.3])
  expect(logarithmicTicks(0.0254, 0.0262, 4)).toEqual([0.0254, 0.0256, 0.0258, 0.026, 0.0262])
  fc.assert(
    fc.property(
      fc.integer({ min: -30, max: 5 }),
      fc.double({ min: 0.5, max: 30, noNaN: true }),
      fc.integer({ min: 2, max: 8 }),
      (from, decades, count) => {
        const [min, max] = [10 ** from, 10 ** (from + decades)]
        const ticks = logarithmicTicks(min, max, count)
        expect(ticks.every((tick) => tick >= min && tick <= max)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
        expect(ticks.length).toBeGreaterThan(0)
      },
    ),
    { seed: 3, numRuns: 200 },
  )
})

test('with several runs the legend hides one, or all but one, and keeps the focus', async () => {
  const losses = picture.runs[0].losses
  const runs = ['momentum', 'Adam'].map((label) => ({ label, losses, colour: '#56b4e9' }))
  const { change, timeline, container } = await createShown({ ...picture, runs })
  const button = (key: string) => container.querySelector<HTMLElement>(`[data-key="${key}"]`)
  await userEvent.click(button('hide 1') as HTMLElement)
  expect(change.mock.lastCall).toEqual([{ runners: toggleHidden(twoRunners, 1) }])
  await userEvent.click(button('solo 0') as HTMLElement)
  expect(change.mock.lastCall).toEqual([{ runners: toggleSolo(twoRunners, 0) }])
  button('hide 1')?.focus()
  const hidden = { ...runs[1], losses: new Float32Array(0), hidden: true }
  timeline.show({ ...picture, runs: [runs[0], hidden] })
  expect(button('hide 1')?.getAttribute('aria-pressed')).toBe('false')
  expect(button('hide 0')?.getAttribute('aria-pressed')).toBe('true')
  expect(document.activeElement).toBe(button('hide 1'))
})
