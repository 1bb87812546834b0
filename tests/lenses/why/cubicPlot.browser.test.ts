import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type CubicPicture, createCubicPlot } from '../../../src/lenses/why/cubicPlot'
import { cubicTaylor } from '../../../src/model/step/warmUps'
import { mount } from '../../setup/mount'
import { expectTextsApart } from '../../setup/textBoxes'

const numbered = (text: string | null) => Number(text!.replace('−', '-'))

/** The axis from -3 to 3, whose unit is 0.01. */
function pictureOf(x: number, dx: number): CubicPicture {
  const xs = Float64Array.from({ length: 121 }, (_, i) => (i - 60) / 20)
  const upTo = (order: number) =>
    xs.map((at) =>
      cubicTaylor(x, at - x)
        .terms.slice(0, order + 1)
        .reduce((sum, term) => sum + term, 0),
    )
  return {
    x,
    dx,
    taylor: cubicTaylor(x, dx),
    curve: { x: xs, value: xs.map((at) => at ** 3) },
    polynomials: [0, 1, 2, 3].map(upTo),
  }
}

/** A plot whose changes are taken on at once, as the app does. */
function create(x: number, dx: number, width = 360, height = 360) {
  const container = mount(width, height)
  const show = (pair: readonly [number, number]) => plot.show(pictureOf(...pair))
  const onChange = vi.fn((pair: readonly [number, number], phase: 'move' | 'end') => {
    if (phase) show(pair)
  })
  const plot = createCubicPlot(container, onChange)
  show([x, dx])
  const find = <E extends Element>(selector: string) => container.querySelector<E>(selector)!
  const handles = {
    x: find<SVGGElement>('.cubic-handle.cubic-x'),
    dx: find<SVGGElement>('.cubic-handle.cubic-dx'),
  }
  return { ...plot, show, onChange, container, find, handles, svg: find<SVGSVGElement>('svg') }
}

/** Pixels of a place on the axis, read off the ticks. */
function pixelsOf(svg: SVGSVGElement) {
  const ticks = [...svg.querySelectorAll<SVGTextElement>('.tick-x')].map((text) => ({
    value: numbered(text.textContent),
    px: Number(text.getAttribute('x')),
  }))
  const [first, last] = [ticks[0], ticks.at(-1)!]
  const perUnit = (last.px - first.px) / (last.value - first.value)
  return (value: number) => first.px + (value - first.value) * perUnit
}

function placeOf(handle: SVGGElement) {
  const { e, f } = handle.transform.baseVal[0].matrix
  return { x: e, y: f }
}

function endsOf(path: SVGPathElement, px: number) {
  const points = path
    .getAttribute('d')!
    .split(/[ML]/)
    .slice(1)
    .map((pair) => pair.split(' ').map(Number))
  return points.reduce((best, point) =>
    Math.abs(point[0] - px) < Math.abs(best[0] - px) ? point : best,
  )
}

test('both handles are on the curve, over their places', () => {
  const { svg, handles, find } = create(1, -2.5)
  const px = pixelsOf(svg)
  for (const [handle, at] of [
    [handles.x, 1],
    [handles.dx, -1.5],
  ] as const) {
    const { x, y } = placeOf(handle)
    expect(x).toBeCloseTo(px(at), 2)
    expect(Math.abs(endsOf(find('svg > svg .plot-curve'), x)[1] - y)).toBeLessThan(0.2)
  }
})

test('the marks over x + dx are on the polynomials of their orders', () => {
  const { svg, find, handles } = create(1, -2.5)
  const marks = [...svg.querySelectorAll<SVGCircleElement>('.order-mark')]
  const lines = [...svg.querySelectorAll<SVGPathElement>('.order-line')]
  expect(marks.length).toBe(3)
  expect(new Set(lines.map((line) => line.getAttribute('stroke-dasharray'))).size).toBe(3)
  marks.forEach((mark, order) => {
    const x = mark.cx.baseVal.value
    expect(x).toBeCloseTo(placeOf(handles.dx).x, 2)
    expect(Math.abs(endsOf(lines[order], x)[1] - mark.cy.baseVal.value)).toBeLessThan(0.3)
    expect(mark.style.getPropertyValue('--on-dark')).toBe(
      lines[order].style.getPropertyValue('--on-dark'),
    )
  })
  expect(find('.cubic-note').textContent).toContain('Order 3 is the curve itself')
})

test('the table has the terms, their sums and what is left', () => {
  const { container, find, show } = create(1.2, 0.5)
  for (const [x, dx] of [
    [1.2, 0.5],
    [-2, 3.4],
    [0.35, -0.35],
    [0, 0],
  ] as const) {
    show([x, dx])
    const { value, terms, remainders } = cubicTaylor(x, dx)
    const rows = [...container.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => numbered(cell.textContent)),
    )
    let sum = 0
    rows.forEach(([term, upTo, left], order) => {
      sum += terms[order]
      const close = (found: number, wanted: number) =>
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(0.005 * Math.abs(wanted) + 1e-12)
      close(term, terms[order])
      close(upTo, sum)
      close(left, remainders[order])
    })
    expect(rows[3][2]).toBe(0)
    expect(numbered(find('.cubic-value').textContent!.split('= ')[2])).toBe(
      Number(value.toPrecision(3)),
    )
  }
  expect(find('.cubic-note').textContent).toContain('Zero: nothing is left.')
})

test('a drag of x takes x + dx along, one of x + dx leaves x; each ends once', async () => {
  const { svg, onChange } = create(1, 0.5)
  const px = pixelsOf(svg)
  const drag = async (from: number, to: number) => {
    onChange.mockClear()
    await userEvent.dragAndDrop(svg, svg, {
      sourcePosition: { x: px(from), y: 60 },
      targetPosition: { x: px(to), y: 90 },
    })
    const phases = onChange.mock.calls.map(([, phase]) => phase)
    expect(phases[0]).toBe('move')
    expect(phases.filter((phase) => phase === 'end').length).toBe(1)
    expect(phases.at(-1)).toBe('end')
    return onChange.mock.calls.at(-1)![0]
  }
  const [x, dx] = await drag(1, -1)
  expect(Math.abs(x + 1)).toBeLessThan(0.03)
  expect(dx).toBe(0.5)
  expect(x).toBe(Number(x.toFixed(2)))
  const [same, further] = await drag(x + dx, 2)
  expect(same).toBe(x)
  expect(Math.abs(x + further - 2)).toBeLessThan(0.03)
})

test('both stay on the axis', async () => {
  const { svg, onChange } = create(1, 0.5)
  const px = pixelsOf(svg)
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: { x: px(1), y: 60 },
    targetPosition: { x: px(3) + 15, y: 60 },
  })
  expect(onChange.mock.calls.at(-1)).toEqual([[2.5, 0.5], 'end'])
})

test('x + dx is the one that is pulled off if both are in one place', async () => {
  const { svg, onChange, handles } = create(1, 0)
  const px = pixelsOf(svg)
  await userEvent.click(svg, { position: { x: px(1), y: 60 } })
  expect(onChange).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(handles.dx)
  await userEvent.click(svg, { position: { x: px(-2), y: 60 } })
  expect(onChange).not.toHaveBeenCalled()
})

test('keys move by 0.05, by ten times that and to the ends', async () => {
  const { handles, onChange } = create(1, 0.5)
  handles.x.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{Shift>}{ArrowUp}{/Shift}{PageDown}')
  await userEvent.keyboard('{End}{Home}')
  expect(onChange.mock.calls).toEqual([1.05, 1, 1.5, 1, 2.5, -3].map((x) => [[x, 0.5], 'end']))
  onChange.mockClear()
  handles.dx.focus()
  await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowRight}{/Shift}{End}')
  // To the end of the axis dx would be 6; the setting takes no more than 4.
  expect(onChange.mock.calls).toEqual([0.45, 0.95, 4].map((dx) => [[-3, dx], 'end']))
})

test('the sliders say where they are', () => {
  const { handles } = create(1.2, -2)
  expect(handles.x.getAttribute('role')).toBe('slider')
  expect(handles.x.getAttribute('aria-valuetext')).toBe('x = 1.2, f(x) = 1.73')
  expect(handles.dx.getAttribute('aria-valuetext')).toBe(
    'x + dx = −0.8, dx = −2, f(x + dx) = −0.512',
  )
  const attribute = (name: string) => Number(handles.dx.getAttribute(`aria-${name}`))
  expect(['valuemin', 'valuemax', 'valuenow'].map(attribute)).toEqual([-3, 3, -0.8])
})

test.each([
  [300, 260],
  [360, 360],
  [600, 300],
  [600, 500],
])('at %i x %i no text covers another, and all is inside', (width, height) => {
  const { show, container } = create(0, 0, width, height)
  for (const x of [-3, -2.9, 0, 1.25, 3]) {
    for (const after of [-3, -1.75, 0.05, 2.95, 3]) {
      show([x, after - x])
      expectTextsApart(container, '.cubic text, .cubic p, .cubic th, .cubic td')
    }
  }
})

test('a place beyond the axis is held at its end', () => {
  const { svg, handles } = create(2, 3)
  expect(placeOf(handles.dx).x).toBeCloseTo(pixelsOf(svg)(3), 2)
  expect(handles.dx.getAttribute('aria-valuetext')).toContain('x + dx = 5')
})
