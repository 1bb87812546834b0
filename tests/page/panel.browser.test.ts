import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createPanel, panelPaths } from '../../src/page/panel'
import { fields } from '../../src/settings/fields'
import { defaults, type Settings } from '../../src/settings/settings'
import { sliderPosition, sliderValue } from '../../src/widgets/numberField'
import { mount } from '../setup/mount'

/** Settings turned elsewhere: in the stage, the cards, the timeline, or by scripts alone. */
const elsewhere =
  /^(lens|samples|step|camera\..*|map\.(columns|rows)|rates\.(part|pair)|why\.(part|learningRate|angle|allDirections|cubic|lesson))$/

const presets = [
  { name: 'five', label: 'five points' },
  { name: 'two', label: 'two points' },
]

function createShown(settings: Settings = defaults) {
  const actions = { change: vi.fn(), takePreset: vi.fn(), reset: vi.fn() }
  const container = mount(272, 460)
  container.className = 'panel'
  const panel = createPanel(container, actions)
  panel.show(settings, { presets, preset: 'five' })
  return { panel, container, ...actions }
}

const control = <T extends Element = HTMLInputElement>(
  container: Element,
  name: string,
  selector = 'input[type=text]',
) => {
  const row = [...container.querySelectorAll('.lil-controller')].find(
    (element) => element.querySelector('.lil-name')?.textContent === name,
  )
  return row!.querySelector<T>(selector)!
}

test('the folders of a lens are there in that lens alone', () => {
  const { panel, container } = createShown()
  const shown = () =>
    [...container.querySelectorAll('.lil-gui .lil-title')]
      .filter((title) => title.checkVisibility())
      .map((title) => title.textContent)
  expect(shown()).not.toContain('Map of starts')
  panel.show({ ...defaults, lens: 'starts' }, { presets, preset: null })
  expect(shown()).toEqual(expect.arrayContaining(['Map of starts', 'What the classes mean']))
})

test('there is a control for each setting that is not turned elsewhere', () => {
  const missing = fields
    .map(({ path }) => path)
    .filter((path) => !elsewhere.test(path) && !panelPaths.includes(path))
  expect(missing).toEqual([])
})

test('each control has a name', () => {
  const { container } = createShown()
  for (const input of container.querySelectorAll('input, select')) {
    const id = input.getAttribute('aria-labelledby')
    const name = id ? document.getElementById(id)?.textContent : input.getAttribute('aria-label')
    expect(name, input.outerHTML).toMatch(/\w/)
  }
})

test('labels fit their column', () => {
  const { container } = createShown()
  for (const name of container.querySelectorAll<HTMLElement>('.lil-name')) {
    expect(name.scrollWidth, name.textContent ?? '').toBeLessThanOrEqual(name.clientWidth)
  }
})

test('showing settings reports nothing', () => {
  const { panel, change, takePreset, reset } = createShown()
  panel.show(
    {
      ...defaults,
      runners: [{ rule: { name: 'gradientDescent' }, learningRate: 0.3 }],
      starts: { ...defaults.starts, arrangement: 'ring', perSide: 7, seed: 9 },
      view: { w: [-1, 1], b: [-2, 2], resolution: 64 },
      contours: false,
      engine: 'cpu',
    },
    { presets, preset: null },
  )
  expect([change, takePreset, reset].flatMap(({ mock }) => mock.calls)).toEqual([])
})

test('shown settings stand in the controls', () => {
  const { container } = createShown({
    ...defaults,
    start: [-1.5, 3],
    stop: { kind: 'loss', below: 1e-6 },
    trails: false,
  })
  expect(control(container, 'rate η').value).toBe('10')
  expect(control(container, 'start w').value).toBe('−1.5')
  expect(control(container, 'threshold').value).toBe('1e−6')
  expect(control<HTMLSelectElement>(container, 'stop', 'select').value).toBe('loss')
  expect(control(container, 'trails', 'input').checked).toBe(false)
})

test('a typed value is passed up as it is, also one out of bounds, and the shown one comes back', async () => {
  const { container, change } = createShown()
  const rate = control(container, 'rate η')
  await userEvent.fill(rate, '5000')
  await userEvent.keyboard('{Enter}')
  const runners = [{ rule: { name: 'gradientDescent' }, learningRate: 5000 }]
  expect(change.mock.calls).toEqual([[{ runners }, 'end']])
  expect(rate.value).toBe('10')

  await userEvent.fill(rate, 'ten')
  await userEvent.keyboard('{Enter}')
  expect(change.mock.lastCall?.[0]).toMatchObject({ runners: [{ learningRate: 'ten' }] })
})

test('half a pair and one end of a range are passed up with the other', async () => {
  const { container, change } = createShown()
  await userEvent.fill(control(container, 'start b'), '−2.5')
  await userEvent.keyboard('{Enter}')
  expect(change.mock.lastCall).toEqual([{ start: [-2, -2.5] }, 'end'])

  await userEvent.fill(control(container, 'w'), '-3')
  await userEvent.keyboard('{Enter}')
  expect(change.mock.lastCall).toEqual([{ view: { w: [-3, 10] } }, 'end'])
})

test('the place on w³ + b² is entered in the lens of one step', async () => {
  const why = { ...defaults.why, part: 'cubicAndSquare' } as const
  const { container, change } = createShown({ ...defaults, lens: 'why', why })
  expect(control(container, 'w on w³ + b²').value).toBe('1.2')
  await userEvent.fill(control(container, 'b on w³ + b²'), '-0.5')
  await userEvent.keyboard('{Enter}')
  expect(change.mock.lastCall).toEqual([{ why: { place: [1.2, -0.5] } }, 'end'])
  const slider = control(container, 'w on w³ + b²', 'input[type=range]')
  slider.value = '1000'
  slider.dispatchEvent(new Event('change', { bubbles: true }))
  expect(change.mock.lastCall).toEqual([{ why: { place: [2, 1] } }, 'end'])
})

test('new settings do not overwrite a text that is being typed', async () => {
  const { panel, container, change } = createShown()
  const steps = control(container, 'steps')
  await userEvent.fill(steps, '45')
  panel.show({ ...defaults, step: 7 }, { presets, preset: null })
  expect(steps.value).toBe('45')
  await userEvent.keyboard('{Enter}')
  expect(change.mock.calls).toEqual([[{ steps: 45 }, 'end']])
})

test('a slider reports while it moves and at the end', () => {
  const { container, change } = createShown()
  const slider = control(container, 'rate η', 'input[type=range]')
  slider.value = '0'
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  expect(control(container, 'rate η').value).toBe('1e−4')
  slider.value = '1000'
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  slider.dispatchEvent(new Event('change', { bubbles: true }))
  const reported = change.mock.calls.map(([{ runners }, phase]) => [runners[0].learningRate, phase])
  expect(reported).toEqual([
    [1e-4, 'move'],
    [1000, 'move'],
    [1000, 'end'],
  ])
})

test('a logarithmic slider spans 1e-4 to 1000, even by ratio', () => {
  const rate = { min: 1e-4, max: 1000, integer: false, logarithmic: true }
  expect(sliderValue(0, rate)).toBe(1e-4)
  expect(sliderValue(1000, rate)).toBe(1000)
  expect(sliderPosition(10 ** -0.5, rate)).toBeCloseTo(500, 6)
  expect(sliderPosition(1e9, rate)).toBe(1000)
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (position) => {
      const value = sliderValue(position, rate)
      // Two digits are at most 5 % off, which is 1000 log10(1.05) / 7 = 3.03 positions.
      expect(Math.abs(sliderPosition(value, rate) - position)).toBeLessThan(3.03)
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('a key moves a slider by the least that changes its value', async () => {
  const { container, change } = createShown()
  control(container, 'steps', 'input[type=range]').focus()
  await userEvent.keyboard('{ArrowRight}')
  const [{ steps }] = change.mock.lastCall!
  expect(steps).toBeGreaterThan(300)
  expect(steps).toBeLessThan(330)
})

test('listed starts have a field where they are used, for places as in an address', async () => {
  const label = 'w,b; w,b; …'
  expect(control(createShown().container, label).checkVisibility()).toBe(false)
  const list: [number, number][] = [
    [-2, 4],
    [3, 1],
  ]
  const starts = { ...defaults.starts, arrangement: 'list', list } as const
  const { container, change } = createShown({ ...defaults, starts })
  const field = control(container, label)
  expect(field.value).toBe('-2,4;3,1')
  await userEvent.fill(field, '1, −0.5; 2,8')
  await userEvent.keyboard('{Enter}')
  const entered = [
    [1, -0.5],
    [2, 8],
  ]
  expect(change.mock.calls).toEqual([[{ starts: { list: entered } }, 'end']])
  // The caller shows what it takes.
  expect(field.value).toBe('-2,4;3,1')
})

test('choices, flags, presets and the reset are passed up', async () => {
  const { container, change, takePreset, reset } = createShown()
  await userEvent.selectOptions(control(container, 'arrangement', 'select'), 'ring')
  await userEvent.click(control(container, 'contours', 'input'))
  expect(change.mock.calls).toEqual([
    [{ starts: { arrangement: 'ring' } }, 'end'],
    [{ contours: false }, 'end'],
  ])
  await userEvent.selectOptions(control(container, 'preset', 'select'), 'two')
  expect(takePreset.mock.calls).toEqual([['two']])
  await userEvent.click(container.querySelector('.lil-function button')!)
  expect(reset).toHaveBeenCalledOnce()
})

test('a range has two fields, also that of the sweep', () => {
  const { panel, container } = createShown()
  panel.show({ ...defaults, lens: 'rates' }, { presets, preset: null })
  const ends = ['minimum', 'maximum'].map(
    (end) => container.querySelector<HTMLInputElement>(`[aria-label="log₁₀ η, ${end}"]`)?.value,
  )
  expect(ends).toEqual(['−3', '3'])
})
