import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createRunnerList, type ShownRunners } from '../../../src/lenses/rates/race/runnerList'
import { changeSettings } from '../../../src/settings/change'
import type { Phase } from '../../../src/settings/history'
import { defaultRule, schedules } from '../../../src/settings/rules'
import type { RunnerSettings } from '../../../src/settings/runners'
import { defaults } from '../../../src/settings/settings'
import { mount } from '../../setup/mount'

const descent = (learningRate: number): RunnerSettings => ({
  rule: defaultRule('gradientDescent'),
  learningRate,
})
const adam: RunnerSettings = { rule: defaultRule('adam'), learningRate: 0.1 }
const momentum: RunnerSettings = { rule: defaultRule('momentum'), learningRate: 2 }

const shapes = ['disc', 'square', 'diamond', 'triangle']
const marks = Array.from({ length: 8 }, (_, i) => ({ colour: `#0000${i}0`, shape: shapes[i % 4] }))

/** A list as in the app: what is acceptable is shown at once, unless `follows` is false. */
function createList(runners: readonly RunnerSettings[], rest: Partial<ShownRunners> = {}) {
  const container = mount(240, 460)
  const state = { follows: true, runners }
  const onChange = vi.fn((wanted: readonly RunnerSettings[], _: Phase) => {
    if (!state.follows) return
    state.runners = changeSettings(
      { ...defaults, runners: state.runners },
      { runners: wanted },
    ).settings.runners
    show()
  })
  const list = createRunnerList(container, () => state.runners, onChange)
  const show = (shown: readonly RunnerSettings[] = state.runners) => {
    state.runners = shown
    list.show({ runners: shown, loss: 'mean', sampleCount: 5, marks, ...rest })
  }
  show()
  const named = <Kind extends Element = HTMLButtonElement>(name: string) => {
    const element = container.querySelector<Kind & HTMLElement>(`[aria-label="${name}"]`)
    if (!element) throw new Error(`Nothing is named ${name}.`)
    return element
  }
  const press = (name: string) => userEvent.click(named(name))
  const open = (number: number) => press(`Parameters of runner ${number}`)
  const text = (content: string) =>
    [...container.querySelectorAll('button')].find(({ textContent }) => textContent === content)!
  const rates = () =>
    [...container.querySelectorAll<HTMLInputElement>('.runner-line input')].map(
      ({ value }) => value,
    )
  return { container, state, onChange, show, named, press, open, text, rates }
}

const focused = () => document.activeElement?.getAttribute('aria-label')

test('showing runners reports nothing, and each has its line, mark and number', () => {
  const { container, onChange, show, named, rates } = createList([descent(10), adam])
  show([descent(10), { ...adam, hidden: true }, momentum])
  expect(onChange).not.toHaveBeenCalled()
  expect(rates()).toEqual(['10', '0.1', '2'])
  expect(named<HTMLSelectElement>('Rule of runner 2').selectedOptions[0].text).toBe('Adam')
  expect(named('Hide runner 2').getAttribute('aria-pressed')).toBe('true')
  expect(named('Hide runner 3').getAttribute('aria-pressed')).toBe('false')
  const paths = [...container.querySelectorAll('.runner-mark path')]
  expect(paths.map((path) => path.getAttribute('fill'))).toEqual(['#000000', '#000010', '#000020'])
  expect(new Set(paths.map((path) => path.getAttribute('d'))).size).toBe(3)
})

test('a row is one line until it is opened', async () => {
  const { container, named, open } = createList([adam, momentum])
  const rows = container.querySelectorAll('.runner')
  // A finger's 44 px in a window as small as that of the tests, not twice as many.
  expect(rows[0].clientHeight).toBeLessThan(60)
  await open(1)
  expect(named('Parameters of runner 1').getAttribute('aria-expanded')).toBe('true')
  expect(named<HTMLInputElement>('β₂ of runner 1').value).toBe('0.999')
  expect(named<HTMLInputElement>('ε of runner 1').value).toBe('1e−8')
  expect(named('β₁ of runner 1').closest('label')?.title).toMatch(/in \[0, 1\)\.$/)
  expect(named('γ of runner 2').checkVisibility()).toBe(false)
  expect(container.scrollWidth).toBe(240)
})

test('all controls have names of their own, room for a finger or a mouse, and the keyboard', async () => {
  const { container, open } = createList([adam, momentum])
  await open(1)
  await open(2)
  const controls = [...container.querySelectorAll<HTMLElement>('.runner :is(input,select,button)')]
  const names = controls.map((control) => control.getAttribute('aria-label'))
  expect(new Set(names).size).toBe(names.length)
  for (const control of controls) {
    expect(control.getAttribute('aria-label')).toMatch(/ runner [12]/)
    expect(control.offsetHeight, control.outerHTML).toBeGreaterThanOrEqual(44)
    expect(control.tabIndex).toBe(0)
  }
  const { innerWidth, innerHeight } = window
  await page.viewport(1200, 800)
  for (const control of controls) {
    expect(control.offsetHeight, control.outerHTML).toBeGreaterThanOrEqual(32)
  }
  expect(container.scrollWidth).toBe(240)
  await page.viewport(innerWidth, innerHeight)
})

test('Add appends gradient descent at its own rate, which follows loss and points', async () => {
  const { onChange, text, rates } = createList([adam], { loss: 'half', sampleCount: 4 })
  await userEvent.click(text('Add'))
  expect(onChange.mock.calls).toEqual([[[adam, descent(5)], 'end']])
  expect(rates()).toEqual(['0.1', '5'])
})

test('a copy stands below its model, and the focus stays', async () => {
  const { open, press, onChange, rates } = createList([adam, momentum])
  await open(1)
  await press('Duplicate runner 1')
  expect(onChange.mock.lastCall).toEqual([[adam, adam, momentum], 'end'])
  expect(rates()).toEqual(['0.1', '0.1', '2'])
  expect(focused()).toBe('Duplicate runner 1')
})

test('removing gives the focus to the row that comes in its place', async () => {
  const { open, press, onChange, named } = createList([descent(1), adam, momentum])
  await open(2)
  await press('Remove runner 2')
  expect(onChange.mock.lastCall).toEqual([[descent(1), momentum], 'end'])
  expect(focused()).toBe('Parameters of runner 2')
  // The row of momentum was closed and is still; that of Adam took its details along.
  expect(named('Parameters of runner 2').getAttribute('aria-expanded')).toBe('false')
})

test('a row that is moved takes focus and open details along', async () => {
  const { open, press, onChange, named, rates } = createList([descent(1), adam, momentum])
  await open(3)
  await press('Move runner 3 up')
  expect(onChange.mock.lastCall).toEqual([[descent(1), momentum, adam], 'end'])
  expect(rates()).toEqual(['1', '2', '0.1'])
  expect(named('Parameters of runner 2').getAttribute('aria-expanded')).toBe('true')
  expect(focused()).toBe('Move runner 2 up')
  await userEvent.keyboard('{Enter}')
  expect(rates()).toEqual(['2', '1', '0.1'])
  // It cannot go further, and the button is off.
  expect(named('Move runner 1 up').disabled).toBe(true)
  expect(focused()).toBe('Parameters of runner 1')
  await press('Move runner 1 down')
  expect(rates()).toEqual(['1', '2', '0.1'])
})

test('rows stay where they are while a new order is not shown', async () => {
  const { state, open, press, rates, show } = createList([descent(1), adam])
  await open(1)
  state.follows = false
  await press('Move runner 1 down')
  expect(rates()).toEqual(['1', '0.1'])
  show([descent(3), adam])
  expect(rates()).toEqual(['3', '0.1'])
})

test('hiding is undone by the same button; the last visible runner can be neither hidden nor removed', async () => {
  const { open, press, onChange, named } = createList([descent(1), adam])
  await press('Hide runner 1')
  expect(onChange.mock.lastCall?.[0]).toEqual([{ ...descent(1), hidden: true }, adam])
  expect(named('Hide runner 2').disabled).toBe(true)
  expect(named('Remove runner 2').disabled).toBe(true)
  await open(1)
  expect(named('Remove runner 1').disabled).toBe(false)
  await press('Hide runner 1')
  expect(onChange.mock.lastCall?.[0]).toStrictEqual([descent(1), adam])
  expect(named('Hide runner 2').disabled).toBe(false)
})

test('another rule brings its parameters and its rate; schedule and hiding stay', async () => {
  const scheduled: RunnerSettings = {
    rule: { ...defaultRule('momentum'), schedule: { kind: 'cosine' } },
    learningRate: 77,
    hidden: true,
  }
  const { onChange, named, open } = createList([adam, scheduled])
  await open(2)
  await userEvent.selectOptions(named('Rule of runner 2'), 'rmsprop')
  const rule = { ...defaultRule('rmsprop'), schedule: { kind: 'cosine' } }
  expect(onChange.mock.calls).toEqual([[[adam, { rule, learningRate: 0.05, hidden: true }], 'end']])
  expect(named<HTMLInputElement>('β of runner 2').value).toBe('0.9')
  expect(() => named('γ of runner 2')).toThrow()
})

test('a mini-batch has no more points than there are', async () => {
  const { onChange, named } = createList([adam], { sampleCount: 1 })
  await userEvent.selectOptions(named('Rule of runner 1'), 'miniBatch')
  expect(onChange.mock.lastCall?.[0][0].rule).toMatchObject({ name: 'miniBatch', batchSize: 1 })
})

test('parameters, their choices and the schedule are passed up', async () => {
  const { open, onChange, named } = createList([{ ...descent(1), rule: defaultRule('stochastic') }])
  await open(1)
  const rule = () => onChange.mock.lastCall?.[0][0].rule
  await userEvent.fill(named('seed of runner 1'), '7')
  await userEvent.selectOptions(named('order of runner 1'), 'shuffled')
  await userEvent.selectOptions(named('Schedule of runner 1'), 'step')
  await userEvent.fill(named('every of runner 1'), '20')
  await userEvent.keyboard('{Enter}')
  const schedule = { kind: 'step', decay: 0.5, every: 20 }
  expect(rule()).toEqual({ name: 'stochastic', order: 'shuffled', seed: 7, schedule })
  await userEvent.selectOptions(named('Schedule of runner 1'), schedules.constant.label)
  expect(rule()).toMatchObject({ schedule: { kind: 'constant' } })
  expect(() => named('every of runner 1')).toThrow()
})

test.for<[rate: number, rates: number[]]>([
  [0.7, [0.07, 0.7, 7]],
  [1000, [100, 1000, 1000]],
  [1e-4, [1e-4, 1e-4, 1e-3]],
])('the row of rates around %d is %j, by the first visible rule', async ([rate, rates]) => {
  const hidden = { ...descent(3), hidden: true }
  const { onChange, text } = createList([hidden, { ...momentum, learningRate: rate }, adam])
  await userEvent.click(text('Row of rates ×1/10 ×1 ×10'))
  const row = rates.map((learningRate) => ({ rule: defaultRule('momentum'), learningRate }))
  expect(onChange.mock.calls).toEqual([[row, 'end']])
})

test('a text that is no number is reported as it is, and the shown rate comes back', async () => {
  const { onChange, named } = createList([adam])
  const rate = named<HTMLInputElement>('Learning rate of runner 1')
  await userEvent.fill(rate, 'fast')
  await userEvent.keyboard('{Enter}')
  expect(onChange.mock.calls).toEqual([[[{ ...adam, learningRate: 'fast' }], 'end']])
  expect(rate.value).toBe('0.1')
  await userEvent.fill(rate, '−5')
  await userEvent.keyboard('{Enter}')
  expect(onChange.mock.lastCall?.[0]).toEqual([{ ...adam, learningRate: -5 }])
  await userEvent.fill(rate, '7')
  await userEvent.keyboard('{Escape}')
  expect(rate.value).toBe('0.1')
  expect(onChange).toHaveBeenCalledTimes(2)
})

test('a text that is being typed is not overwritten, and keeps the focus while rows come and go', async () => {
  const { show, onChange, named, rates } = createList([descent(1), adam])
  const rate = named<HTMLInputElement>('Learning rate of runner 2')
  await userEvent.fill(rate, '0.25')
  show([descent(4), { ...adam, learningRate: 0.5 }])
  show([descent(4), { ...adam, learningRate: 0.5 }, momentum])
  expect(rates()).toEqual(['4', '0.25', '2'])
  expect(document.activeElement).toBe(rate)
  await userEvent.keyboard('{Enter}')
  const changed = [descent(4), { ...adam, learningRate: 0.25 }, momentum]
  expect(onChange.mock.calls).toEqual([[changed, 'end']])
})

test('the slider reports while it moves and at the end, from 0.0001 to 1000 by ratio', async () => {
  const { open, onChange, named } = createList([descent(1)])
  await open(1)
  const slider = named<HTMLInputElement>('Rate η of runner 1, slider')
  const reported = () => onChange.mock.lastCall?.[0][0].learningRate
  slider.focus()
  await userEvent.keyboard('{Home}')
  expect(onChange.mock.calls.map(([, phase]) => phase)).toEqual(['move', 'end'])
  expect(reported()).toBe(1e-4)
  await userEvent.keyboard('{End}')
  expect(reported()).toBe(1000)
  for (const rate of [850, 720]) {
    await userEvent.keyboard('{ArrowLeft}')
    expect(reported()).toBe(rate)
  }
  expect(document.activeElement).toBe(slider)
})

test('every key moves the slider, from whatever rate', async () => {
  const { show, onChange, named, open } = createList([descent(1)])
  await open(1)
  named('Rate η of runner 1, slider').focus()
  for (const rate of [1e-4, 0.00123, 0.099, 1, 1.1, 9.9, 10.4, 905]) {
    show([descent(rate)])
    await userEvent.keyboard('{ArrowRight}')
    expect(onChange.mock.lastCall?.[0][0].learningRate).toBeGreaterThan(rate)
    show([descent(1.1 * rate)])
    await userEvent.keyboard('{ArrowLeft}')
    expect(onChange.mock.lastCall?.[0][0].learningRate).toBeLessThan(1.1 * rate)
  }
})

test('there are 1 to 8 runners', async () => {
  const { press, open, text, named, rates } = createList([descent(1)])
  expect(named('Remove runner 1').disabled).toBe(true)
  for (let i = 0; i < 6; i++) await userEvent.click(text('Add'))
  expect(named('Remove runner 1').disabled).toBe(false)
  await open(2)
  await press('Duplicate runner 2')
  expect(rates()).toHaveLength(8)
  expect(text('Add')).toHaveProperty('disabled', true)
  expect(named('Duplicate runner 5').disabled).toBe(true)
  // The button that was pressed is off now.
  expect(focused()).toBe('Parameters of runner 2')
})

test('of two entries before the next frame neither undoes the other', async () => {
  const container = mount(240, 460)
  let runners: readonly RunnerSettings[] = [momentum, adam]
  // The page is busy: what is entered is known, and not shown yet.
  const list = createRunnerList(
    container,
    () => runners,
    (wanted) => {
      runners = wanted
    },
  )
  list.show({ runners, loss: 'mean', sampleCount: 5, marks })
  const rate = (number: number) =>
    container.querySelector<HTMLInputElement>(`[aria-label="Learning rate of runner ${number}"]`)!
  for (const [number, value] of [
    [1, '3'],
    [2, '0.5'],
  ] as const) {
    await userEvent.fill(rate(number), value)
    await userEvent.keyboard('{Enter}')
  }
  expect(runners.map(({ learningRate }) => learningRate)).toEqual([3, 0.5])
})
