/** The dialog of the benchmark, with a stand-in for the engine. */
import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Measured } from '../../src/benchmark/benchmark'
import { BenchmarkDialog, type Measuring } from '../../src/dialogs/benchmark/benchmarkDialog'
import '../setup/mount'

afterEach(() => vi.restoreAllMocks())

const where = { version: '1.2.3', engine: 'GPU, Any', runtime: 'A browser' }
const right: Measured = {
  ...({ name: 'Map of all', unit: 'steps', work: 3e8, seconds: 0.3, rate: 1e9 } as const),
  check: { isOk: true, sentence: '8 steps within' },
}

const button = (name: string) => page.getByRole('button', { name })
const status = page.getByRole('status')

/** A benchmark that ends when it is told to. */
function opened() {
  const run = { options: null as Measuring | null, end: () => {}, fail: (_: Error) => {} }
  const dialog = new BenchmarkDialog((options) => {
    run.options = options
    options.onWhere(where)
    return new Promise((resolve, reject) => {
      Object.assign(run, { end: resolve, fail: reject })
      options.signal.addEventListener('abort', () => reject(options.signal.reason))
    })
  })
  dialog.open()
  return run
}

test('it measures at once, fills the table and copies the report', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const run = opened()
  run.options?.onCase?.('Map of all', 0.4)
  await expect.element(status).toHaveTextContent('Measuring: Map of all…')
  await expect.element(page.getByRole('progressbar')).toHaveValue(0.4)
  await expect.element(button('Copy as text')).toBeDisabled()
  run.options?.onMeasured?.(right)
  run.end()
  await expect.element(status).toHaveTextContent('Done.')
  await expect
    .element(page.getByRole('row', { name: 'Map of all' }))
    .toHaveTextContent('1 G steps/s')
  await expect.element(page.getByText('GPU, Any. A browser')).toBeVisible()
  await button('Copy as text').click()
  await expect.element(status).toHaveTextContent('Copied as text.')
  expect(writeText.mock.lastCall?.[0]).toContain('Map of all  1 G steps/s  8 steps within')
  await button('Copy as JSON').click()
  await expect.element(status).toHaveTextContent('Copied as JSON.')
  expect(JSON.parse(writeText.mock.lastCall?.[0] ?? '').data).toEqual([right])
  await button('Close').click()
  await expect.poll(() => document.querySelector('dialog')?.open).toBe(false)
})

test('without a clipboard the report is there to be copied by hand', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('Not allowed.'))
  const run = opened()
  run.options?.onMeasured?.(right)
  run.end()
  await button('Copy as text').click()
  await expect.element(status).toHaveTextContent('cannot use the clipboard')
  const text = document.querySelector('textarea')
  expect(document.activeElement).toBe(text)
  expect(text?.value.slice(text.selectionStart, text.selectionEnd)).toContain('Map of all')
})

test('Escape cancels first and closes then; it can be run again', async () => {
  const run = opened()
  run.options?.onMeasured?.(right)
  await userEvent.keyboard('{Escape}')
  await expect.element(status).toHaveTextContent('Cancelled.')
  expect(document.querySelector('dialog')?.open).toBe(true)
  // The cases that were measured can still be copied.
  await expect.element(button('Copy as text')).toBeEnabled()
  await button('Run again').click()
  expect(document.querySelectorAll('tbody tr')).toHaveLength(0)
  expect(document.querySelector('dialog')?.hasAttribute('data-busy')).toBe(true)
  await button('Cancel').click()
  await expect.element(status).toHaveTextContent('Cancelled.')
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => document.querySelector('dialog')?.open).toBe(false)
})

test('wrong numbers and a lost engine are said in sentences', async () => {
  const run = opened()
  run.options?.onMeasured?.({ ...right, check: { isOk: false, sentence: '8 steps not within' } })
  run.end()
  await expect.element(status).toHaveTextContent('Some numbers are not what WGSL permits.')
  await button('Run again').click()
  run.fail(new Error('The graphics device was lost: gone'))
  await expect.element(status).toHaveTextContent('The graphics device was lost: gone')
})
