import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Sample } from '../../src/model/objective'
import { createDataCard } from '../../src/page/data/dataCard'
import { domain } from '../../src/page/data/dataPicture'
import type { Phase } from '../../src/settings/history'
import { defaults, type Settings } from '../../src/settings/settings'
import { mount } from '../setup/mount'

const five: readonly Sample[] = [
  [-3, 0.05],
  [-0.5, 0.2],
  [0, 0.5],
  [0.5, 0.75],
  [3, 0.65],
]

/** A straight line stands for the neuron's curve. */
const curve = Float32Array.from({ length: 65 }, (_, i) => i / 64)

/** The page as the card knows it. */
function pageWith(
  samples: () => readonly Sample[],
  onChange: (samples: readonly Sample[], phase: 'move' | 'end') => void,
) {
  return {
    current: () => ({ ...defaults, samples: samples() }),
    change: (partial: unknown, phase: Phase | null = 'end') =>
      onChange((partial as Settings).samples, phase === 'move' ? 'move' : 'end'),
    openData() {},
  }
}

/** A plot whose changes are taken on at once, as the app does. */
function createShown(first: readonly Sample[] = five) {
  let samples = first
  const onChange = vi.fn((next: readonly Sample[], phase: 'move' | 'end') => {
    samples = next
    if (phase) show()
  })
  const container = mount(400, 320)
  container.className = 'data-card'
  const plot = createDataCard(
    container,
    pageWith(() => samples, onChange),
  )
  const show = () =>
    plot.show({
      samples,
      w: 2,
      b: -1,
      curve,
      domain: domain(samples),
      step: 3,
      stale: false,
      lit: null,
    })
  show()
  const svg = container.querySelector<SVGSVGElement>('svg')!
  const points = () => [...svg.querySelectorAll<SVGElement>('.data-point')]
  return { container, svg, points, onChange, samples: () => samples }
}

/** The middle of a point, relative to the plot. */
function placeOf(svg: SVGSVGElement, point: SVGElement) {
  const dot = point.querySelector('.point')!.getBoundingClientRect()
  const { left, top } = svg.getBoundingClientRect()
  return { x: dot.left + dot.width / 2 - left, y: dot.top + dot.height / 2 - top }
}

const button = (container: Element, label: string) =>
  container.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)!

test('the domain holds all points with room around them', () => {
  const [min, max] = domain(five)
  expect(min).toBeLessThan(-3)
  expect(max).toBeGreaterThan(3)
  const [left, right] = domain([[2, 0.5]])
  expect(left).toBeLessThan(2)
  expect(right).toBeGreaterThan(2)
})

test('a drag moves the point that was pressed, and ends once', async () => {
  const { svg, points, onChange, samples } = createShown()
  const from = placeOf(svg, points()[1])
  const to = placeOf(svg, points()[4])
  await userEvent.dragAndDrop(svg, svg, {
    sourcePosition: from,
    targetPosition: { x: to.x, y: from.y },
  })
  const phases = onChange.mock.calls.map(([, phase]) => phase)
  expect(phases.at(-1)).toBe('end')
  expect(phases.filter((phase) => phase === 'end')).toHaveLength(1)
  expect(phases).toContain('move')
  expect(samples()[1][0]).toBeCloseTo(3, 1)
  expect(samples()[1][1]).toBeCloseTo(0.2, 1)
  expect(samples().filter((_, index) => index !== 1)).toEqual(five.filter((_, i) => i !== 1))
})

test('a click selects and changes nothing', async () => {
  const { container, svg, points, onChange } = createShown()
  await userEvent.click(svg, { position: placeOf(svg, points()[2]) })
  expect(points().map((point) => point.getAttribute('aria-pressed'))).toEqual([
    'false',
    'false',
    'true',
    'false',
    'false',
  ])
  expect(container.querySelector('.data-numbers')!.textContent).toBe(
    'Point 3: x 0 · y 0.5 · f(x) 0.5',
  )
  expect(onChange).not.toHaveBeenCalled()
})

test('a double click adds a point where there is none and removes one where there is', async () => {
  const { svg, points, samples } = createShown()
  const { width, height } = svg.getBoundingClientRect()
  await userEvent.dblClick(svg, { position: { x: width * 0.3, y: height * 0.3 } })
  expect(samples()).toHaveLength(6)
  expect(samples().slice(0, 5)).toEqual(five)
  const [x, y] = samples()[5]
  expect(x).toBeGreaterThan(-3)
  expect(x).toBeLessThan(0)
  expect(y).toBeGreaterThan(0.5)
  await userEvent.dblClick(svg, { position: placeOf(svg, points()[0]) })
  expect(samples()).toEqual([...five.slice(1), [x, y]])
})

test('the buttons add and remove', async () => {
  const { container, samples } = createShown()
  const remove = button(container, 'Remove the selected points')
  expect(remove.disabled).toBe(true)
  await userEvent.click(button(container, 'Add a point'))
  expect(samples()).toHaveLength(6)
  await userEvent.click(remove)
  expect(samples()).toEqual(five)
  // The next is selected then.
  await userEvent.click(remove)
  expect(samples()).toEqual(five.slice(0, 4))
})

test('points that are selected together are moved and removed together', async () => {
  const { container, svg, points, samples } = createShown()
  await userEvent.click(svg, { position: placeOf(svg, points()[1]) })
  await userEvent.keyboard('{Shift>}{PageDown}{/Shift}{ArrowUp}')
  const [up, down] = [samples()[1][1] - five[1][1], samples()[2][1] - five[2][1]]
  expect(up).toBeGreaterThan(0)
  expect(down).toBeCloseTo(up, 9)
  expect(container.querySelector('.data-numbers')!.textContent).toBe('2 of 5 points selected')
  await userEvent.click(button(container, 'Remove the selected points'))
  expect(samples()).toEqual([five[0], five[3], five[4]])
})

test('Tab stops once at the plot, however many points there are', async () => {
  const many = Array.from({ length: 1024 }, (_, i): Sample => [i / 100, 0.5])
  const { container, points } = createShown(many)
  container.insertAdjacentHTML('afterend', '<button>after</button>')
  button(container, 'Add a point').focus()
  await userEvent.keyboard('{Tab}')
  expect(document.activeElement).toBe(points()[0])
  await userEvent.keyboard('{PageUp}')
  expect(document.activeElement).toBe(points()[1023])
  await userEvent.keyboard('{Tab}')
  expect(document.activeElement!.textContent).toBe('after')
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(document.activeElement).toBe(points()[1023])
})

test('a change that the app does not take selects nothing', async () => {
  const container = mount(400, 320)
  const onChange = vi.fn()
  const plot = createDataCard(
    container,
    pageWith(() => five, onChange),
  )
  const rest = { w: 2, b: -1, curve, step: 3, stale: false, lit: null }
  plot.show({ samples: five, domain: domain(five), ...rest })
  await userEvent.click(button(container, 'Add a point'))
  expect(onChange).toHaveBeenCalledOnce()
  expect(container.querySelectorAll('[aria-pressed=true]')).toHaveLength(0)
})

test('keys that come before the page has drawn go on from the last change', async () => {
  const container = mount(400, 320)
  let samples = five
  // A slow page takes the change, and draws later.
  const plot = createDataCard(
    container,
    pageWith(
      () => samples,
      (next) => {
        samples = next
      },
    ),
  )
  const rest = { w: 2, b: -1, curve, step: 3, stale: false, lit: null }
  plot.show({ samples: five, domain: domain(five), ...rest })
  container.querySelectorAll<SVGElement>('.data-point')[2].focus()
  await userEvent.keyboard('{ArrowRight}')
  const [unit] = samples[2]
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  expect(samples[2][0]).toBeCloseTo(3 * unit, 9)
  expect(unit).toBeGreaterThan(0)
})

test('the last point stays', async () => {
  const { container, svg, points, onChange } = createShown([[1, 0.5]])
  await userEvent.dblClick(svg, { position: placeOf(svg, points()[0]) })
  points()[0].focus()
  await userEvent.keyboard('{Delete}')
  expect(button(container, 'Remove the selected points').disabled).toBe(true)
  expect(onChange).not.toHaveBeenCalled()
})

test('keys move, add and remove points', async () => {
  const { points, samples, onChange } = createShown()
  points()[2].focus()
  await userEvent.keyboard('{ArrowRight}')
  const [x] = samples()[2]
  expect(x).toBeGreaterThan(0)
  expect(samples()[2][1]).toBe(0.5)
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  expect(samples()[2][0]).toBeCloseTo(11 * x, 9)
  await userEvent.keyboard('{ArrowDown}')
  expect(samples()[2][1]).toBeLessThan(0.5)
  expect(onChange.mock.calls.every(([, phase]) => phase === 'end')).toBe(true)

  await userEvent.keyboard('{Enter}')
  expect(samples()).toHaveLength(6)
  expect(document.activeElement).toBe(points()[5])
  await userEvent.keyboard('{Delete}')
  expect(samples()).toHaveLength(5)
})

test('the plot fills its card, also when that becomes larger', async () => {
  const { container, svg, points } = createShown()
  const apart = () => placeOf(svg, points()[4]).x - placeOf(svg, points()[0]).x
  await expect.poll(apart).toBeLessThan(260)
  container.style.width = '800px'
  await expect.poll(apart).toBeGreaterThan(480)
})

test('points say where they are', () => {
  const { points } = createShown()
  expect(points().map((point) => point.getAttribute('aria-label'))).toContain(
    'Point 2 of 5: x −0.5, y 0.2',
  )
})
