import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createLegend } from '../../src/page/legend'
import { createNotices } from '../../src/page/notices'
import { createReadout } from '../../src/page/readout'
import { createStatus, type Status, statusItems } from '../../src/page/status'
import { createViewButtons } from '../../src/page/viewButtons'
import { mount } from '../setup/mount'

const status: Status = {
  engine: { kind: 'gpu', name: 'SwiftShader' },
  isReduced: false,
  stepsPerSecond: 28.4e6,
  check: 0.4,
  progress: null,
  checked: '64 descents.',
}
const line = (parts: Partial<Status>) =>
  statusItems({ ...status, ...parts })
    .map(({ text }) => text)
    .join(' · ')

test('the status line', () => {
  expect(line({})).toBe('GPU · SwiftShader · 28.4 M steps/s · oracle 0.40 of permitted error ✓')
  expect(line({ stepsPerSecond: null, check: null })).toBe('GPU · SwiftShader')
  expect(line({ check: null, isReduced: true })).toBe(
    'GPU · SwiftShader · 28.4 M steps/s · less detail',
  )
  expect(line({ engine: { kind: 'cpu', name: '4 workers' }, check: null })).toBe(
    'CPU · 4 workers · 28.4 M steps/s',
  )
  expect(line({ engine: { kind: 'gpu', name: '' }, stepsPerSecond: null, check: null })).toBe('GPU')
  expect(line({ engine: null })).toBe('Starting the engine…')
})

test('the number does not contradict its mark', () => {
  const text = (check: number) => statusItems({ ...status, check }).at(-1)!.short
  expect([0.999, 1, 1.001, 250].map(text)).toEqual([
    'oracle 1.00 ✓',
    'oracle 1.00 ✓',
    'oracle 1.01 ⚠',
    'oracle 250 ⚠',
  ])
})

test('an error beyond the permitted one warns, and so does one that is no number', () => {
  const look = (check: number) => statusItems({ ...status, check }).at(-1)!.look
  expect([0, 0.999, 1, 40, Infinity, NaN].map(look)).toEqual([
    'good',
    'good',
    'good',
    'warning',
    'warning',
    'warning',
  ])
})

test('a long job shows its share and can be cancelled', async () => {
  const cancel = vi.fn()
  const container = mount(600, 48)
  const { show } = createStatus(container, { cancel })
  show({ ...status, progress: 0.379 })
  expect(container.querySelector('progress')!.value).toBeCloseTo(0.379)
  expect(container.textContent).toContain('37 %')
  await userEvent.click(container.querySelector('button')!)
  expect(cancel).toHaveBeenCalledOnce()
  show(status)
  expect(container.querySelector('.status-job')!.checkVisibility()).toBe(false)
})

test('buttons to undo and redo are on while there is something to', async () => {
  const container = mount(600, 48)
  const onUndo = vi.fn()
  const nothing = () => {}
  const { show } = createViewButtons(container, {
    undo: onUndo,
    redo: nothing,
    resetCamera: nothing,
    topView: nothing,
    copyLink: nothing,
    files: nothing,
    gallery: async () => {},
    showKeys: nothing,
  })
  const [undo, redo] = container.querySelectorAll('button')
  show({ canUndo: () => true, canRedo: () => false })
  expect([undo.disabled, redo.disabled]).toEqual([false, true])
  undo.click()
  expect(onUndo).toHaveBeenCalledOnce()
  show({ canUndo: () => false, canRedo: () => true })
  expect([undo.disabled, redo.disabled]).toEqual([true, false])
})

test('at most three notices are shown, and the same one only once', async () => {
  const container = mount(400, 400)
  const { notice, clear } = createNotices(container)
  const texts = () => [...container.querySelectorAll('p')].map((p) => p.textContent)
  for (const text of ['one', 'two', 'three', 'two', 'four']) notice(text, 'error')
  expect(texts()).toEqual(['three', 'two', 'four'])
  await userEvent.click(container.querySelector('button')!)
  expect(texts()).toEqual(['two', 'four'])
  clear()
  expect(texts()).toEqual([])
})

test('a notice is text, not markup', () => {
  const container = mount(400, 100)
  createNotices(container).notice('<b>x</b>', 'error')
  expect(container.querySelector('p')!.textContent).toBe('<b>x</b>')
})

test('the readout', () => {
  const container = mount(600, 60)
  const { show, showRunning } = createReadout(container)
  showRunning({ descents: 1024, rule: 'gradient descent', learningRate: 10, step: 1200 })
  expect(container.querySelector('p')!.textContent).toBe(
    '1,024 descents · gradient descent, η = 10 · step 1,200',
  )
  show({ w: 3.1234, b: -1.4, loss: 0.074123, gradient: [0.0093, -0.021834] }, 'pointer', 'loss')
  const words = () => [...container.querySelectorAll('dl div')].map((each) => each.textContent)
  expect(words()).toEqual([
    'atpointer',
    'w3.12',
    'b−1.4',
    'loss0.0741',
    'gradient(0.0093, −0.0218)',
  ])
  show({ w: 1, b: 2, loss: 5, gradient: [3, 4] }, 'start', 'f')
  expect(words()).toEqual(['atstart', 'w1', 'b2', 'f5', 'gradient(3, 4)'])
  show(null, 'start', 'loss')
  expect(words()).toEqual(['atstart', 'w–', 'b–', 'loss–', 'gradient–'])
})

test('the legend leaves out ticks that would collide, but not the ends', () => {
  const container = mount(64, 200)
  container.className = 'legend'
  const { show } = createLegend(container)
  const ticks = [0, 0.02, 0.5, 0.97, 1].map((at) => ({ at, text: String(at) }))
  show({ colours: ['#000000', '#ffffff'], ticks })
  const shown = [...container.querySelectorAll('.legend-tick')].map((tick) => tick.textContent)
  expect(shown.sort()).toEqual(['0', '0.5', '1'])
  show({ colours: [], ticks: [] })
  expect(container.checkVisibility()).toBe(false)
})
