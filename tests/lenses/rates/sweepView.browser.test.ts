import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { categories, colourAt, parseColour } from '../../../src/display/colours'
import { createHeightScale, heightOf } from '../../../src/display/heightScale'
import { placeLabels } from '../../../src/lenses/rates/sweep/sweepMarks'
import {
  nearestRate,
  rateAtShare,
  type SweepPicture,
  shareOfRate,
  writtenRate,
} from '../../../src/lenses/rates/sweep/sweepPicture'
import { createSweepView } from '../../../src/lenses/rates/sweep/sweepView'
import { noArrival, noMinimum, outcomeCodes } from '../../../src/model/outcomes/outcome'
import { mount } from '../../setup/mount'
import { expectTextsApart } from '../../setup/textBoxes'

/** 0.01 to 100 in 401 rates: slow, then minimum 2, then minimum 1, then oscillating. */
const rates = Float32Array.from({ length: 401 }, (_, i) => 10 ** (-2 + i / 100))
const endings = Array.from(rates, (rate) => {
  if (rate < 0.1) return { code: outcomeCodes.moving, minimum: noMinimum }
  if (rate < 9.9) return { code: outcomeCodes.minimum, minimum: rate < 1 ? 1 : 0 }
  return { code: outcomeCodes.oscillating, minimum: noMinimum }
})
const recorded = Uint32Array.of(0, 10, 20, 30, 40)
const steps = 40

const picture: SweepPicture = {
  rates,
  finalLoss: Float32Array.from(rates, (rate) => 0.02 + 0.1 * Math.log10(rate / 5) ** 2),
  arrivalStep: Uint32Array.from(endings, ({ minimum }, i) =>
    minimum === noMinimum ? noArrival : Math.round(4 / rates[i]),
  ),
  outcome: Uint8Array.from(endings, ({ code }) => code),
  minimum: Uint8Array.from(endings, ({ minimum }) => minimum),
  heat: {
    // Falls with the step at small rates, rises with it at large ones.
    losses: Float32Array.from({ length: rates.length * recorded.length }, (_, i) => {
      const k = Math.floor(i / rates.length)
      return 0.1 + (i % rates.length < 200 ? -0.02 : 0.05) * k
    }),
    steps: recorded,
  },
  steps,
  colours: 'viridis',
  rate: 1,
  best: 5,
  limits: [
    { rate: 18, label: 'minimum 1' },
    { rate: 500, label: 'minimum 2' },
  ],
  stale: false,
}

function create(shown: SweepPicture = picture, width = 600) {
  const onRate = vi.fn()
  const container = mount(width, 470)
  const view = createSweepView(container, onRate)
  view.show(shown)
  const find = <E extends HTMLElement>(selector: string) => container.querySelector<E>(selector)!
  return { ...view, onRate, container, find, slider: find('.sweep-plots') }
}

/** The colour at shares of a canvas, v upwards. */
function pixel(canvas: HTMLCanvasElement, u: number, v: number): number[] {
  const x = Math.round(u * (canvas.width - 1))
  const y = Math.round((1 - v) * (canvas.height - 1))
  return [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data].slice(0, 3)
}

const bytes = (hex: string) => parseColour(hex).map((channel) => Math.round(channel * 255))

test('the strip has the hues of the minima and greys for other endings', () => {
  const { find } = create()
  const strip = find<HTMLCanvasElement>('.sweep-strip')
  const at = (rate: number) => pixel(strip, shareOfRate(rates, rate), 0.5)
  expect(at(0.3)).toEqual(bytes(categories[1]))
  expect(at(3)).toEqual(bytes(categories[0]))
  for (const rate of [0.03, 50]) {
    const [red, green, blue] = at(rate)
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(32)
  }
})

test('the heat map has step 0 at the bottom and the colours of the heights', () => {
  const { find } = create()
  const canvas = find<HTMLCanvasElement>('.sweep-heat canvas')
  const scale = createHeightScale('excess', Math.fround(0.02), Math.fround(0.3))
  const cases = [
    { u: 0.2, v: 0, loss: 0.1 },
    { u: 0.2, v: 1, loss: 0.02 },
    { u: 0.8, v: 0.5, loss: 0.2 },
    { u: 0.8, v: 1, loss: 0.3 },
  ]
  for (const { u, v, loss } of cases) {
    const expected = colourAt('viridis', heightOf(scale, loss)).map((channel) => channel * 255)
    pixel(canvas, u, v).forEach((channel, k) => {
      // One entry of the palette's table off at most.
      expect(Math.abs(channel - expected[k])).toBeLessThanOrEqual(4)
    })
  }
  expect(find('.sweep-scale').textContent).toBe('0.02000.300')
})

test('without a heat map it says that there is none yet', () => {
  const { find } = create({ ...picture, heat: null })
  expect(find('.sweep-waiting').hidden).toBe(false)
  expect(find('.sweep-heat canvas').hidden).toBe(true)
})

test('all parts have their edges in line', async () => {
  const { container, find } = create()
  const overs = [...container.querySelectorAll('.u-over')]
  // uPlot sizes itself a microtask later.
  await expect.poll(() => overs[0].getBoundingClientRect().width).toBeGreaterThan(0)
  const boxes = [...overs, find('.sweep-strip'), find('.sweep-heat canvas')].map((part) =>
    part.getBoundingClientRect(),
  )
  for (const { left, right } of boxes) {
    expect(left).toBeCloseTo(boxes[0].left, 0)
    expect(right).toBeCloseTo(boxes[0].right, 0)
  }
  const line = find('.sweep-line-present').getBoundingClientRect()
  const middle = boxes[0].left + boxes[0].width * shareOfRate(rates, 1)
  expect(Math.abs((line.left + line.right) / 2 - middle)).toBeLessThanOrEqual(1)
})

test.each([340, 600, 900])('at %i pixels no text of marks or axes covers another', (width) => {
  const limits = [0.5, 4, 9, 18, 60, 90].map((rate, k) => ({ rate, label: `minimum ${k + 1}` }))
  const { container } = create({ ...picture, limits }, width)
  expectTextsApart(
    container,
    '.sweep-label, .sweep-pill, .sweep-name, .sweep-step-name, .sweep-rate-ticks span, .sweep-step-ticks span, .sweep-axis-name',
  )
})

test('a click anywhere takes its rate, to three digits; a drag moves and then ends', async () => {
  const { find, slider, onRate } = create()
  const { left, width } = find('.sweep-strip').getBoundingClientRect()
  const offset = left - slider.getBoundingClientRect().left
  const xOf = (rate: number) => offset + shareOfRate(rates, rate) * width
  await userEvent.click(slider, { position: { x: xOf(3), y: 60 } })
  let { calls } = onRate.mock
  expect(calls.map(([, phase]) => phase)).toEqual(['move', 'end'])
  expect(Math.abs(Math.log(calls[1][0] / 3))).toBeLessThan(0.02)
  expect(calls[1][0]).toBe(Number(calls[1][0].toPrecision(3)))

  onRate.mockClear()
  await userEvent.dragAndDrop(slider, slider, {
    sourcePosition: { x: xOf(0.1), y: 300 },
    targetPosition: { x: offset + width + 12, y: 300 },
  })
  calls = onRate.mock.calls
  expect(calls[0][1]).toBe('move')
  expect(Math.abs(Math.log(calls[0][0] / 0.1))).toBeLessThan(0.02)
  expect(calls.at(-1)).toEqual([100, 'end'])
  expect(calls.filter(([, phase]) => phase === 'end').length).toBe(1)
})

test('keys go to the neighbours, by tenths of a decade and to the ends', async () => {
  const { slider, onRate } = create()
  slider.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowUp}{ArrowLeft}{PageUp}{PageDown}{Home}{End}')
  expect(onRate.mock.calls).toEqual(
    [1.02, 1.02, 0.977, 1.26, 0.794, 0.01, 100].map((rate) => [rate, 'end']),
  )
})

test('arrows pass every rate, however near to each other', () => {
  const near = Float32Array.from({ length: 1024 }, (_, i) => 10 ** (0.5 + i / 1e5))
  for (let i = 0; i < near.length; i++) {
    expect(nearestRate(near, writtenRate(near, i))).toBe(i)
  }
  expect(rateAtShare(rates, shareOfRate(rates, 0.7))).toBeCloseTo(0.7, 6)
})

test('the slider, the line of numbers and the sentence say what the data say', async () => {
  const { find, slider, show } = create()
  const text = 'rate 1.00: final loss 0.0689, minimum 1 after 4 steps'
  expect(slider.getAttribute('aria-valuetext')).toBe(text)
  expect(slider.getAttribute('aria-valuenow')).toBe('1')
  const reading = find('.sweep-reading')
  expect(reading.textContent).toBe(text)
  expect(find('.sweep-summary').textContent).toBe(
    'Best rate 5.00: final loss 0.0200, arrives after 1 step. Above 18.0 minimum 1 can hold nothing.',
  )
  expect(find('.sweep-legend').textContent).toBe('minimum 1minimum 2oscillatingmoving')
  await userEvent.hover(slider, { position: { x: 66, y: 60 } })
  expect(reading.textContent).toContain('final loss 0.7')
  expect(reading.textContent).toContain('moving')
  expect(find('.sweep-line-hover').hidden).toBe(false)
  show({ ...picture, best: 50 })
  expect(find('.sweep-summary').textContent).toContain('does not arrive: oscillating.')
})

test('the best rate and the limits on the axis are marked', () => {
  const { container } = create()
  const texts = [...container.querySelectorAll('.sweep-label')].map((label) => label.textContent)
  expect(texts).toEqual(['minimum 1 up to 18.0', 'best 5.00'])
  expect(container.querySelectorAll('.sweep-line-limit').length).toBe(1)
  expect(container.querySelector('.sweep-pill')!.textContent).toBe('1.00')
})

test('stale and empty sweeps are shown as such', () => {
  const { slider, find, show } = create({ ...picture, stale: true })
  expect(slider.getAttribute('aria-busy')).toBe('true')
  expect(Number(getComputedStyle(find('.sweep-summary')).opacity)).toBeLessThan(1)
  show({ ...picture, rates: new Float32Array(0) })
  expect(getComputedStyle(slider).display).toBe('none')
  expect(getComputedStyle(find('.sweep-empty')).display).toBe('grid')
})

test('labels neither overlap nor are crossed by lines of higher ones', () => {
  const labels = [0, 10, 50, 180, 290, 295, 299].map((x) => ({ x, width: 90 }))
  const places = placeLabels(labels, 300)
  places.forEach((a, i) => {
    expect(a.left >= 0 && a.left + 90 <= 300).toBe(true)
    places.forEach((b, j) => {
      if (i === j) return
      const apart = a.left + 90 <= b.left || b.left + 90 <= a.left
      expect(a.row !== b.row || apart).toBe(true)
      const crossed = labels[i].x > b.left && labels[i].x < b.left + 90
      expect(a.row > b.row && crossed).toBe(false)
    })
  })
})
