import { expect, test } from 'vitest'
import { categories } from '../../../src/display/colours'
import { lineColour } from '../../../src/display/lineColours'
import {
  alignSeries,
  createProfileChart,
  type ProfilePicture,
  profileRange,
  shareBy,
} from '../../../src/lenses/rates/crowd/profileChart'
import { mount } from '../../setup/mount'

const plain = {
  label: 'descent, 10',
  colour: categories[0],
  x: Float64Array.of(0, 10, 100, 1000),
  share: Float32Array.of(0.125, 0.25, 0.5, 0.75),
}
const momentum = {
  label: 'momentum, 2',
  colour: categories[1],
  x: Float64Array.of(4, 40),
  share: Float32Array.of(0.5, 1),
}
const picture: ProfilePicture = { series: [plain, momentum], unit: 'steps', stale: false }

function create(shown: ProfilePicture = picture, width = 480) {
  const container = mount(width, 240)
  const chart = createProfileChart(container)
  chart.show(shown)
  const texts = (selector: string) =>
    [...container.querySelectorAll(selector)].map((element) => element.textContent)
  return { ...chart, container, texts, host: container.querySelector('.profile-chart')! }
}

test('a share holds until the next step, and is not known beyond the last', () => {
  const by = (x: number) => shareBy(momentum, x)
  expect([1, 3.9, 4, 39, 40, 41].map(by)).toEqual([0, 0, 0.5, 0.5, 1, null])
})

test('arrivals before the axis begins stand at its first x', () => {
  expect(profileRange(picture.series)).toEqual([1, 1000])
  const { x, shares } = alignSeries(picture.series)
  expect(x).toEqual([1, 4, 10, 40, 100, 1000])
  expect(shares).toEqual([
    [0.125, 0.125, 0.25, 0.25, 0.5, 0.75],
    [0, 0.5, 0.5, 1, null, null],
  ])
})

test('the curves are stairs in the colours of the runners', async () => {
  const { container } = create()
  const canvas = container.querySelector('canvas')!
  const over = container.querySelector<HTMLElement>('.u-over')!
  // uPlot draws a microtask later.
  await expect.poll(() => over.getBoundingClientRect().width).toBeGreaterThan(0)
  const box = over.getBoundingClientRect()
  const whole = canvas.getBoundingClientRect()
  const has = (x: number, share: number, colour: string) => {
    const left = box.left - whole.left + (Math.log10(x) / 3) * box.width
    const top = box.top - whole.top + (1 - share / 1.01) * box.height
    const image = canvas.getContext('2d')!.getImageData(left - 4, top - 2, 9, 5).data
    const wanted = channelsOf(colour)
    return image.some(
      (_, i) => i % 4 === 0 && wanted.every((channel, k) => Math.abs(image[i + k] - channel) < 24),
    )
  }
  // Just before a step the share is still the old one.
  const [first, second] = categories.map((colour) => lineColour(colour, isLight()))
  expect(has(900, 0.5, first)).toBe(true)
  expect(has(30, 0.25, first)).toBe(true)
  expect(has(400, 0.66, first)).toBe(false)
  expect(has(36, 0.5, second)).toBe(true)
  expect(has(300, 1, second)).toBe(false)
})

/** '#rrggbb' or 'rgb(r, g, b)' */
function channelsOf(colour: string): number[] {
  return colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number)
}

const isLight = () => matchMedia('(prefers-color-scheme: light)').matches

test('the legend has labels, final shares and a dash of its own for each', () => {
  const { texts, container } = create()
  expect(texts('.profile-legend li')).toEqual(['descent, 10 75 %', 'momentum, 2 100 %'])
  const dashes = [...container.querySelectorAll('.profile-legend line')].map((line) =>
    line.getAttribute('stroke-dasharray'),
  )
  expect(new Set(dashes).size).toBe(2)
})

test('the axis says its unit', () => {
  const { texts, show } = create()
  expect(texts('.profile-axis-name')).toEqual(['steps'])
  show({ ...picture, unit: 'gradients' })
  expect(texts('.profile-axis-name')).toEqual(['single-point gradients'])
})

test('a table says the shares, too', () => {
  const { texts, host } = create()
  expect(texts('th[scope=col]')).toEqual(['runner', '1', '10', '100', '1,000'])
  expect(texts('td')).toEqual(
    ['13 %', '25 %', '50 %', '75 %'].concat(['0 %', '50 %', 'not known', 'not known']),
  )
  expect(host.getAttribute('aria-label')).toContain('descent, 10 75 %, momentum, 2 100 %.')
})

test('stale and empty charts are shown as such', () => {
  const { show, container, host } = create({ ...picture, stale: true })
  expect(Number(getComputedStyle(container.querySelector('.profile-legend')!).opacity)).toBe(0.45)
  expect(host.getAttribute('aria-busy')).toBe('true')
  show({ series: [], unit: 'steps', stale: false })
  expect(getComputedStyle(host).display).toBe('none')
  expect(getComputedStyle(container.querySelector('.profile-empty')!).display).toBe('grid')
})

test.each([...categories])('%s is darkened on white until it is seen', (colour) => {
  const [red, green, blue] = channelsOf(lineColour(colour, true)).map((value) => {
    const channel = value / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  expect(1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)).toBeGreaterThan(3)
  expect(lineColour(colour, false)).toBe(colour)
})
