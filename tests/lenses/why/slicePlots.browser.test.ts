import { expect, test } from 'vitest'
import { createSlicePlots, type SlicePicture } from '../../../src/lenses/why/slicePlots'
import { cubicAndSquare, cubicAndSquareGradient } from '../../../src/model/cubicAndSquare'
import { mount } from '../../setup/mount'
import { expectTextsApart } from '../../setup/textBoxes'

const numbered = (text: string | null) => Number(text!.replace('−', '-'))

function pictureOf(w: number, b: number): SlicePicture {
  const xs = Float64Array.from({ length: 81 }, (_, i) => (i - 40) / 20)
  return {
    at: [w, b],
    value: cubicAndSquare(w, b),
    gradient: cubicAndSquareGradient(w, b),
    slices: [
      { x: xs, value: xs.map((at) => at ** 3 + b * b) },
      { x: xs, value: xs.map((at) => w ** 3 + at * at) },
    ],
  }
}

function create(w: number, b: number, width = 360, height = 200) {
  const container = mount(width, height)
  const plots = createSlicePlots(container)
  plots.show(pictureOf(w, b))
  return { ...plots, container, slices: [...container.querySelectorAll<HTMLElement>('.slice')] }
}

test('titles and labels give formula, number and trend', () => {
  const { slices } = create(1.2, -0.62)
  expect(slices.map((slice) => slice.querySelector('.slice-title')!.textContent)).toEqual([
    '∂f/∂w = 3w² = 4.32',
    '∂f/∂b = 2b = −1.24',
  ])
  expect(slices.map((slice) => slice.querySelector('.slice-held')!.textContent)).toEqual([
    'b = −0.62 held',
    'w = 1.2 held',
  ])
  expect(slices.map((slice) => slice.querySelector('svg')!.getAttribute('aria-label'))).toEqual([
    'f along w with b held at −0.62: at w = 1.2 it is 2.11 and rising, with slope 3w² = 4.32',
    'f along b with w held at 1.2: at b = −0.62 it is 2.11 and falling, with slope 2b = −1.24',
  ])
  const level = create(0, 0).slices[0].querySelector('svg')!
  expect(level.getAttribute('aria-label')).toContain('it is 0 and level')
})

test('the tangent touches the slice at the point, with the slope that is told', () => {
  const [w, b] = [0.8, -1.1]
  const { slices } = create(w, b)
  slices.forEach((slice, axis) => {
    const ticks = (kind: 'x' | 'y') =>
      [...slice.querySelectorAll<SVGTextElement>(`.tick-${kind}`)].map((text) => ({
        value: numbered(text.textContent),
        px: Number(text.getAttribute(kind)),
      }))
    const perUnit = (kind: 'x' | 'y') => {
      const [first, last] = [ticks(kind)[0], ticks(kind).at(-1)!]
      return (last.px - first.px) / (last.value - first.value)
    }
    const points = (selector: string) =>
      slice
        .querySelector(selector)!
        .getAttribute('d')!
        .split(/[ML]/)
        .slice(1)
        .map((pair) => pair.split(' ').map(Number))
    const [from, to] = points('.slice-tangent')
    const slope = (to[1] - from[1]) / perUnit('y') / ((to[0] - from[0]) / perUnit('x'))
    expect(slope).toBeCloseTo(cubicAndSquareGradient(w, b)[axis], 1)

    const point = slice.querySelector<SVGCircleElement>('.slice-point')!
    const [x, y] = [point.cx.baseVal.value, point.cy.baseVal.value]
    const share = (x - from[0]) / (to[0] - from[0])
    expect(Math.abs(from[1] + share * (to[1] - from[1]) - y)).toBeLessThan(0.3)
    const nearest = points('.plot-curve').reduce((best, next) =>
      Math.abs(next[0] - x) < Math.abs(best[0] - x) ? next : best,
    )
    expect(Math.abs(nearest[1] - y)).toBeLessThan(0.3)
  })
})

test.each([
  [250, 340],
  [300, 180],
  [360, 200],
  [600, 260],
])(
  'at %i x %i no text covers another; under 300 pixels one is below the other',
  (width, height) => {
    const { container, show, slices } = create(0, 0, width, height)
    for (const [w, b] of [
      [0, 0],
      [1.2, -0.62],
      [-2, 2],
      [-1.55, -2],
    ]) {
      show(pictureOf(w, b))
      expectTextsApart(container, '.slice text, .slice p')
    }
    const [first, second] = slices.map((slice) => slice.getBoundingClientRect())
    expect(second.top >= first.bottom).toBe(width < 300)
    expect(second.left >= first.right).toBe(width >= 300)
  },
)
