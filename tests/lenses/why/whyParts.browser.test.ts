/** The controls and tables of the lens of one step. */
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { trustStops } from '../../../src/display/trustColours'
import { createPointTable, type PointTablePicture } from '../../../src/lenses/why/pointTable'
import { createStepBars } from '../../../src/lenses/why/stepBars'
import { createStepChart } from '../../../src/lenses/why/stepChart'
import { createTrustKey } from '../../../src/lenses/why/trustKey'
import { magnify } from '../../../src/model/step/magnifier'
import { createSlider } from '../../../src/widgets/numberField'
import { mount } from '../../setup/mount'

const rates = { min: 1e-4, max: 1e6, integer: false, logarithmic: true }
const degrees = { min: 0, max: 360, integer: true, logarithmic: false }

function slider(ends = rates, value = 10) {
  const onChange = vi.fn()
  const container = mount(400, 40)
  const { show } = createSlider(container, 'rate η', ends, onChange)
  show(value)
  const [range, text] = container.querySelectorAll('input')
  return { show, onChange, range, text, container }
}

test('a slider shows what it is told and reports what is entered, numbers or not', async () => {
  const { show, onChange, range, text } = slider()
  expect(text.value).toBe('10')
  expect(Number(range.value)).toBeCloseTo(500, 6)
  show(0.001)
  expect(Number(range.value)).toBeCloseTo(100, 6)
  expect(onChange).not.toHaveBeenCalled()
  await userEvent.fill(text, '2e3')
  await userEvent.tab()
  expect(onChange).toHaveBeenLastCalledWith(2000, 'end')
  await userEvent.fill(text, 'much')
  await userEvent.tab()
  expect(onChange).toHaveBeenLastCalledWith('much', 'end')
  // Not taken on: it shows what it was told last.
  expect(text.value).toBe('0.001')
})

test('arrow keys of a slider go to the next value it can stand at, with Shift ten of them', async () => {
  const whole = slider(degrees, 180)
  whole.range.focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(whole.onChange).toHaveBeenLastCalledWith(181, 'end')
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
  // From 181: a held key does not wait for the page.
  expect(whole.onChange).toHaveBeenLastCalledWith(171, 'end')
  // At its end there is no next value, and no change to tell.
  whole.show(360)
  await userEvent.keyboard('{ArrowUp}')
  expect(whole.onChange).toHaveBeenCalledTimes(2)
  await userEvent.keyboard('{ArrowDown}')
  expect(whole.onChange).toHaveBeenLastCalledWith(359, 'end')
  const real = slider()
  real.range.focus()
  await userEvent.keyboard('{ArrowLeft}')
  const [below] = real.onChange.mock.lastCall as [number]
  expect(below).toBeLessThan(10)
  expect(below).toBeGreaterThan(9)
  real.show(10)
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  const [above] = real.onChange.mock.lastCall as [number]
  expect(above / 10).toBeCloseTo(10 ** (20 / 100), 1)
})

test('bars go left where the loss falls, and are as long as their numbers', () => {
  const container = mount(240, 200)
  const bars = createStepBars(container)
  const row = (name: string, value: number) => ({ name, formula: '', value, order: null }) as const
  bars.show([row('a', -0.4), row('b', 0.2), row('c', 0)], false)
  const drawn = [...container.querySelectorAll<HTMLElement>('.step-bar span')]
  const widths = drawn.map((bar) => bar.getBoundingClientRect().width)
  expect(widths[0] / widths[1]).toBeCloseTo(2, 1)
  expect(widths[2]).toBeLessThanOrEqual(1)
  expect(drawn.map((bar) => bar.classList.contains('falls'))).toEqual([true, false, false])
  expect(drawn[0].getBoundingClientRect().right).toBeCloseTo(
    drawn[1].getBoundingClientRect().left,
    0,
  )
  expect([...container.querySelectorAll('.step-value')].map((cell) => cell.textContent)).toEqual([
    '−0.4',
    '0.2',
    '0',
  ])
})

const samplesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => [i / count - 0.5, (i % 7) / 7] as const)

function pointPicture(count: number): PointTablePicture {
  const objective = { kind: 'neuron', samples: samplesOf(count), loss: 'mean' } as const
  const place = { w: 1, b: -1 }
  const { step } = magnify({ objective, place, learningRate: 3, angle: 180 })
  return {
    terms: step.terms,
    factor: 2 / count,
    factorText: `2/${count}`,
    hasSlope: true,
    gradient: step.gradient,
    learningRate: 3,
    point: null,
    stale: false,
  }
}

function pointTable(count: number) {
  const container = mount(420, 240)
  const onPoint = vi.fn()
  const table = createPointTable(container, onPoint)
  const picture = pointPicture(count)
  table.show(picture)
  const rows = () => [...container.querySelectorAll<HTMLElement>('[data-point]')]
  const cells = (row: Element | undefined) =>
    [...(row?.children ?? [])].map((cell) => cell.textContent)
  return { container, onPoint, table, picture, rows, cells }
}

/** The numbers as the table writes them. */
const read = (text: string | null) => Number((text ?? '').replaceAll('−', '-'))

test('the columns of the points sum to the gradient over its factor, and to the step', () => {
  const { container, rows, cells, picture } = pointTable(5)
  expect(rows()).toHaveLength(5)
  const sum = rows().reduce((total, row) => total + read(cells(row)[6]), 0)
  const [sums, gradient, step] = [...container.querySelectorAll('tfoot tr')].map(cells)
  expect(sum).toBeCloseTo(read(sums[1]), 2)
  expect(read(gradient[1])).toBeCloseTo(picture.gradient[0], 4)
  expect(read(gradient[1]) / read(sums[1])).toBeCloseTo(2 / 5, 2)
  expect(read(step[2])).toBeCloseTo(-3 * picture.gradient[1], 3)
  expect(gradient[0]).toContain('2/5')
})

test('with 1,024 points only rows in sight are in the page; keys reach all of them', async () => {
  const { container, rows, onPoint } = pointTable(1024)
  expect(rows().length).toBeLessThan(24)
  container.scrollTop = 500 * 24
  await expect.poll(() => rows().some((row) => row.dataset.point === '500')).toBe(true)
  expect(rows().length).toBeLessThan(24)
  container.scrollTop = 0
  await expect.poll(() => rows()[0].dataset.point).toBe('0')
  rows()[0].focus()
  expect(onPoint).toHaveBeenLastCalledWith(0)
  await userEvent.keyboard('{PageDown}{PageDown}{ArrowDown}')
  expect(onPoint).toHaveBeenLastCalledWith(21)
  expect((document.activeElement as HTMLElement).dataset.point).toBe('21')
})

test('a row that is pointed at is told and lit; pointing at none is told, too', async () => {
  const { container, rows, onPoint, table, picture } = pointTable(5)
  await userEvent.hover(rows()[3])
  expect(onPoint).toHaveBeenLastCalledWith(3)
  table.show({ ...picture, point: 3 })
  expect(rows().map((row) => row.classList.contains('lit'))).toEqual([
    false,
    false,
    false,
    true,
    false,
  ])
  await userEvent.hover(container.querySelector('thead')!)
  expect(onPoint).toHaveBeenLastCalledWith(null)
})

test('the chart draws the loss along the step in its colour, and resizes with its host', async () => {
  const host = mount(320, 200)
  host.style.setProperty('--text', 'rgb(1, 2, 253)')
  const chart = createStepChart(host)
  const objective = { kind: 'neuron', samples: samplesOf(5), loss: 'mean' } as const
  const { etas, along, learningRate, largest } = magnify({
    objective,
    place: { w: 1, b: -1 },
    learningRate: 3,
    angle: 180,
  })
  const { change, firstOrder: first, secondOrder: second } = along
  chart.show({ etas, change, first, second, eta: learningRate, largest, stale: false })
  const canvas = host.querySelector('canvas')!
  const pixels = () => canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data
  const isCurve = (data: Uint8ClampedArray) => {
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === 1 && data[i + 1] === 2 && data[i + 2] === 253) return true
    }
    return false
  }
  await expect.poll(() => isCurve(pixels())).toBe(true)
  host.style.width = '240px'
  chart.resize()
  await expect.poll(() => canvas.getBoundingClientRect().width).toBe(240)
})

test('the key of trust says in words what its colours mean', () => {
  const container = mount(240, 40)
  createTrustKey(container, trustStops)
  const bar = container.querySelector('.trust-bar')!
  expect(bar.getAttribute('aria-label')).toContain('below zero')
  expect(
    [...container.querySelectorAll('.trust-ticks span')].map((tick) => tick.textContent),
  ).toEqual(['goes up', '0', '1 holds', '2'])
})
