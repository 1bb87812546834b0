import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createAngleDial, type DialPicture } from '../../../src/lenses/why/angleDial'
import { mount } from '../../setup/mount'
import { expectTextsApart } from '../../setup/textBoxes'

const degrees = Array.from({ length: 360 }, (_, k) => k)
const cos = (k: number) => Math.cos((k * Math.PI) / 180)

/** The gradient points up and to the right; a bowl that is steeper across than along. */
const picture: DialPicture = {
  gradient: [3, 1],
  angle: 180,
  change: Float64Array.from(degrees, (k) => 0.2 * cos(k) + 0.05 + 0.1 * cos(k - 135) ** 2),
  firstOrder: Float64Array.from(degrees, (k) => 0.2 * cos(k)),
  best: 204,
  all: true,
  stale: false,
}

/** A dial whose turns are taken on at once, as the app does. */
function create(shown: Partial<DialPicture> = {}, width = 250, height = 250) {
  let present = { ...picture, ...shown }
  const onAngle = vi.fn((angle: number, phase: 'move' | 'end') => {
    if (phase) show({ angle })
  })
  const container = mount(width, height)
  const dial = createAngleDial(container, onAngle)
  const show = (change: Partial<DialPicture>) => {
    present = { ...present, ...change }
    dial.show(present)
  }
  show({})
  const svg = container.querySelector<SVGSVGElement>('.dial-svg')!
  return { ...dial, show, onAngle, container, svg }
}

const centre = (svg: SVGSVGElement) => svg.viewBox.baseVal.width / 2

/** Distance from the centre, and degrees counter-clockwise from the axis of w. */
function polar(svg: SVGSVGElement, x: number, y: number) {
  const middle = centre(svg)
  const angle = (Math.atan2(middle - y, x - middle) * 180) / Math.PI
  return { radius: Math.hypot(x - middle, y - middle), angle: (angle + 360) % 360 }
}

function markOf(svg: SVGSVGElement, selector: string) {
  const mark = svg.querySelector<SVGCircleElement>(selector)!
  return polar(svg, mark.cx.baseVal.value, mark.cy.baseVal.value)
}

function bestOf(svg: SVGSVGElement) {
  const { e, f } = svg.querySelector<SVGPathElement>('.dial-best')!.transform.baseVal[0].matrix
  return polar(svg, e, f)
}

const ringOf = (svg: SVGSVGElement) =>
  svg.querySelector<SVGCircleElement>('.dial-ring')!.r.baseVal.value

/** Points of a curve, one for each degree from g. */
const pointsOf = (path: SVGPathElement) =>
  path
    .getAttribute('d')!
    .split(/[ML]/)
    .slice(1)
    .map((pair) => pair.split(' ').map(Number))

const towardsG = (Math.atan2(1, 3) * 180) / Math.PI

/** The place to press for a direction so many degrees from g. */
function place(svg: SVGSVGElement, angle: number, distance = 60) {
  const turn = ((towardsG + angle) * Math.PI) / 180
  return {
    x: centre(svg) + distance * Math.cos(turn),
    y: centre(svg) - distance * Math.sin(turn),
  }
}

test('marks lie on the ray of u, on their curves, inside the ring where the loss falls', () => {
  const { svg, show } = create()
  const [actual, first] = ['.dial-actual', '.order-line'].map(
    (selector) => svg.querySelector<SVGPathElement>(selector)!,
  )
  for (let angle = 0; angle < 360; angle += 7) {
    show({ angle })
    for (const [selector, values, curve] of [
      ['.dial-actual-mark', picture.change, actual],
      ['.dial-first-mark', picture.firstOrder, first],
    ] as const) {
      const { radius, angle: at } = markOf(svg, selector)
      expect(cos(at - towardsG - angle)).toBeCloseTo(1, 6)
      expect(radius < ringOf(svg)).toBe(values[angle] < 0)
      const [x, y] = pointsOf(curve)[angle]
      const onCurve = polar(svg, x, y)
      expect(Math.abs(radius - onCurve.radius)).toBeLessThan(0.2)
    }
  }
})

test('both curves have one scale, and the dial says how far it goes', () => {
  const { svg, container, show } = create()
  const excess = (angle: number, selector: string) => {
    show({ angle })
    return markOf(svg, selector).radius - ringOf(svg)
  }
  const perUnit = excess(0, '.dial-first-mark') / 0.2
  expect(excess(60, '.dial-actual-mark')).toBeCloseTo(perUnit * picture.change[60], 3)
  const largest = Math.max(...picture.change.map(Math.abs))
  expect(container.querySelector('.dial-scale')!.textContent).toBe(
    `ring 0, edge ±${(Math.ceil(largest * 100) / 100).toFixed(2)}`,
  )
})

test.each([
  ['firstOrder', 'first order', '.dial-first-mark', '.dial-actual-mark'],
  ['change', 'actual', '.dial-actual-mark', '.dial-first-mark'],
] as const)(
  'where %s is far larger it is cut, and the other stays readable',
  (name, text, large, small) => {
    const values = picture[name].map((value) => value * 100)
    const { svg, container } = create({ [name]: values, angle: 0 })
    const radius = svg.viewBox.baseVal.width / 2
    expect(container.querySelector('.dial-scale')!.textContent).toContain(`${text} cut`)
    expect(markOf(svg, large).radius).toBeLessThan(radius)
    expect(markOf(svg, small).radius - ringOf(svg)).toBeGreaterThan(0.1 * (radius - ringOf(svg)))
  },
)

test('values that are no numbers leave gaps', () => {
  const change = picture.change.slice()
  change[90] = Number.NaN
  change[91] = Number.POSITIVE_INFINITY
  const { svg, show } = create({ change, angle: 90 })
  expect(svg.innerHTML).not.toContain('NaN')
  expect(svg.innerHTML).not.toContain('Infinity')
  expect(svg.querySelector('.dial-actual-mark')).toBe(null)
  show({ angle: 91 })
  expect(markOf(svg, '.dial-actual-mark').radius).toBeGreaterThan(ringOf(svg))
})

test('steps that change next to nothing are drawn, too', () => {
  for (const size of [0, 1e-310]) {
    const nearlyNone = picture.change.map((value) => value * size)
    const { svg } = create({ change: nearlyNone, firstOrder: nearlyNone })
    expect(svg.innerHTML).not.toContain('NaN')
    expect(markOf(svg, '.dial-actual-mark').radius).toBeGreaterThan(0)
  }
})

test('the best direction is marked, and stands out where it is not straight down', () => {
  const { svg, show } = create()
  expect(cos(bestOf(svg).angle - towardsG - 204)).toBeCloseTo(1, 6)
  expect(svg.textContent).toContain('best 204°')
  expect(svg.querySelectorAll('.is-other').length).toBe(2)
  expect(svg.getAttribute('aria-description')).toBe('The best direction is 204°.')
  show({ best: 180 })
  expect(svg.querySelectorAll('.is-other').length).toBe(0)
  show({ all: false })
  expect(svg.textContent).not.toContain('best')
  expect(svg.querySelector('.dial-best, .dial-actual, .order-line')).toBe(null)
  expect(svg.querySelectorAll('.dial-ring, .dial-actual-mark, .dial-first-mark').length).toBe(3)
})

test('the half-plane of falling loss is shaded, and named on its side', () => {
  for (const gradient of [
    [3, 1],
    [-2, 0.1],
    [-1, -5],
    [0, -1],
    [1, 0],
  ] as const) {
    const { svg } = create({ gradient })
    const fill = svg.querySelector<SVGPathElement>('.dial-falls')!
    const middle = centre(svg)
    const length = Math.hypot(...gradient)
    for (const sign of [1, -1]) {
      const point = new DOMPoint(
        middle + (sign * 20 * gradient[0]) / length,
        middle - (sign * 20 * gradient[1]) / length,
      )
      expect(fill.isPointInFill(point)).toBe(sign < 0)
    }
    for (const text of svg.querySelectorAll<SVGTextElement>('.dial-side')) {
      const { x, y, width, height } = text.getBBox()
      const along = (x + width / 2 - middle) * gradient[0] + (middle - y - height / 2) * gradient[1]
      expect(along > 0).toBe(text.textContent === 'rises')
    }
  }
})

test('a press turns u to it, a drag goes round past 359 and ends once', async () => {
  const { svg, onAngle } = create()
  await userEvent.click(svg, { position: place(svg, 90) })
  expect(onAngle.mock.calls).toEqual([
    [90, 'move'],
    [90, 'end'],
  ])
  onAngle.mockClear()
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: place(svg, 355),
    targetPosition: place(svg, 8),
  })
  const { calls } = onAngle.mock
  expect(calls[0]).toEqual([355, 'move'])
  expect(calls.at(-1)).toEqual([8, 'end'])
  expect(calls.filter(([, phase]) => phase === 'end').length).toBe(1)
  for (const [angle] of calls) expect(angle >= 0 && angle < 360 && angle % 1 === 0).toBe(true)
})

test('a press at the centre has no direction', async () => {
  const { svg, onAngle } = create()
  await userEvent.click(svg, { position: { x: centre(svg) + 2, y: centre(svg) } })
  expect(onAngle).not.toHaveBeenCalled()
})

test('keys turn by one and by ten degrees, all the way round', async () => {
  const { svg, show, onAngle } = create({ angle: 358 })
  svg.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowUp}{ArrowLeft}{PageUp}{PageDown}{ArrowDown}{Home}')
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}{End}')
  expect(onAngle.mock.calls).toEqual(
    [359, 0, 359, 9, 359, 358, 180, 170, 0].map((angle) => [angle, 'end']),
  )
  onAngle.mockClear()
  show({ angle: 12.5 })
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{Control>}{ArrowLeft}{/Control}')
  expect(onAngle.mock.calls).toEqual([
    [13, 'end'],
    [12, 'end'],
  ])
})

test('the slider says what the step does', () => {
  const { svg, show } = create()
  expect(svg.getAttribute('aria-valuenow')).toBe('180')
  expect(svg.getAttribute('aria-valuetext')).toBe(
    '180°, against the gradient: first order −0.200, actual −0.100',
  )
  show({ angle: 360 })
  expect(svg.getAttribute('aria-valuenow')).toBe('0')
  expect(svg.getAttribute('aria-valuetext')).toContain('0°, along the gradient: first order 0.200')
  show({ angle: 30.5 })
  expect(svg.getAttribute('aria-valuetext')).toContain('30.5°: first order 0.172')
})

test('a zero gradient is said, and there is nothing to turn', async () => {
  const { svg, container, show, onAngle } = create({ gradient: [0, 0], best: null })
  const nothing = container.querySelector<HTMLElement>('.dial-nothing')!
  expect(nothing.checkVisibility()).toBe(true)
  expect(nothing.textContent).toContain('The gradient is zero here')
  expect(svg.checkVisibility()).toBe(false)
  svg.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }))
  expect(onAngle).not.toHaveBeenCalled()
  show({ gradient: [Number.NaN, 1] })
  expect(nothing.textContent).toContain('not finite')
  show({ gradient: [1, 1], best: 180 })
  expect(nothing.checkVisibility()).toBe(false)
  expect(svg.checkVisibility()).toBe(true)
})

test('a stale dial dims, but not at once', () => {
  const { svg } = create({ stale: true })
  expect(svg.getAttribute('aria-busy')).toBe('true')
  expect(getComputedStyle(svg).transitionDelay).toBe('0.15s')
})

test.each([
  [160, 160],
  [160, 240],
  [250, 250],
  [360, 300],
])('at %i x %i it is a square in the middle, and no text covers another', (width, height) => {
  const { svg, container, show } = create({}, width, height)
  for (let turn = 0; turn < 360; turn += 15) {
    const gradient = [cos(turn), cos(turn - 90)] as const
    for (const angle of [1, 45, 180, 355]) {
      show({ gradient, angle })
      expectTextsApart(container, '.dial text, .dial li, .dial-scale')
    }
  }
  const box = svg.getBoundingClientRect()
  expect(box.width).toBe(box.height)
  expect((box.left + box.right) / 2).toBeCloseTo(width / 2, 0)
  expect(box.width).toBeGreaterThan(Math.min(width, height) - 42)
})

test('it measures its container again', () => {
  const { svg, container, resize } = create()
  container.style.width = '180px'
  resize()
  expect(svg.getBoundingClientRect().width).toBe(180)
})
