/** The lens of rates as a person uses it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { outcomeCodes } from '../../src/model/outcomes/outcome'
import { useBrowser } from '../setup/page'
import { apply, refusal, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const viewport = { width: 1200, height: 720 }
const eight =
  'gradientDescent:10;momentum:2;nesterov:2;adagrad:0.5;rmsprop:0.05;adam:0.1;stochastic:2:order=shuffled;newton:1'

async function open(query = '', on = browser) {
  const opened = await on.visit({
    viewport,
    query: `?v=1&lens=rates&grid=64&side=8&step=0&map=64&steps=120${query}`,
  })
  await settled(opened.page)
  await opened.page.locator('.score-card tbody tr').first().waitFor()
  return opened
}

const scores = (page: Page) =>
  page
    .locator('.score-card tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))

test('eight runners race: a row of the scores, a line of the timeline and a ribbon for each', async () => {
  const { page, expectQuiet } = await open(`&steps=300&run=${eight}`)
  await expect.poll(async () => (await scores(page)).length).toBe(8)
  const rows = await scores(page)
  expect(rows.map(([name]) => name)).toEqual([
    'gradient descent 10',
    'momentum 2',
    'Nesterov 2',
    'AdaGrad 0.5',
    'RMSProp 0.05',
    'Adam 0.1',
    'stochastic 2',
    'Newton, damped 1',
  ])
  // From (-2, 4) plain descent arrives; the numbers are those of a single descent by the page's API.
  const single = await page.evaluate(async () => {
    const found = await window.steepest.classify({
      axes: [
        { name: 'w', range: [-2, -1, 2] },
        { name: 'b', range: [4, 5, 2] },
      ],
      learningRate: 2,
      steps: 300,
      rule: { name: 'momentum' },
    })
    return { outcome: found.outcome[0], arrival: found.arrivalStep[0], loss: found.finalLoss[0] }
  })
  expect(single.outcome).toBe(outcomeCodes.minimum)
  expect(rows[1][2]).toBe(String(single.arrival))
  expect(Number(rows[1][3])).toBeCloseTo(single.loss, 4)
  expect(await page.locator('.timeline-legend [data-do=hide]').count()).toBe(8)
  expect((await settingsOf(page)).runners).toHaveLength(8)
  expectQuiet()
})

test('hiding and solo by the legend; at least one stays', async () => {
  const { page } = await open('&run=gradientDescent:10;adam:0.1', plain)
  await page.locator('[data-key="hide 0"]').click()
  await expect.poll(async () => (await scores(page)).map(([name]) => name)).toEqual(['Adam 0.1'])
  await page.locator('[data-key="hide 1"]').click()
  await page.getByText('at least one must be visible').waitFor()
  await page.locator('[data-key="solo 0"]').click()
  await expect
    .poll(async () => (await settingsOf(page)).runners.map(({ hidden }) => hidden ?? false))
    .toEqual([false, true])
  await page.locator('[data-key="solo 0"]').click()
  await expect.poll(async () => (await scores(page)).length).toBe(2)
})

test('all runners come back from the address, schedules and hidden ones included', async () => {
  const { page } = await open(`&run=${eight}`, plain)
  const runners = [
    { rule: { name: 'gradientDescent', schedule: { kind: 'cosine' } }, learningRate: 12 },
    { rule: { name: 'nesterov', gamma: 0.8 }, learningRate: 1.5, hidden: true },
    {
      rule: { name: 'miniBatch', batchSize: 3, order: 'shuffled', seed: 9 },
      learningRate: 2,
    },
    { rule: { name: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }, learningRate: 0.2 },
  ]
  await apply(page, { runners, rates: { part: 'sweep', sweep: [-2, 2] } })
  await expect.poll(() => page.url()).toContain('schedule=cosine')
  const again = await plain.open({ viewport, query: new URL(page.url()).search })
  await settled(again.page)
  const settings = await settingsOf(again.page)
  expect(settings.runners).toEqual(runners)
  expect(settings.rates).toMatchObject({ part: 'sweep', sweep: [-2, 2] })
  expect(settings.lens).toBe('rates')
})

test('the sweep at a rate is the single descent at it, and a key takes the next rate', async () => {
  const { page, expectQuiet } = await open('&part=sweep')
  const found = await page.evaluate(async () => {
    const rates = [0.5, 3, 10, 40]
    const start: [number, number] = [-2, 4]
    const swept = await window.steepest.sweep({ start, rates, steps: 120 })
    const losses: number[] = []
    for (const learningRate of rates) {
      const { positions } = await window.steepest.descend({
        starts: [start],
        learningRate,
        steps: 120,
        stride: 120,
      })
      const [w, b] = [...positions].slice(-2)
      const { loss } = await window.steepest.evaluateGrid({ w: [w, w + 1, 2], b: [b, b + 1, 2] })
      losses.push(loss[0])
    }
    return { finalLoss: [...swept.finalLoss], outcome: [...swept.outcome], losses }
  })
  found.losses.forEach((loss, i) => {
    expect(found.finalLoss[i] / loss).toBeCloseTo(1, 5)
  })
  const slider = page.locator('.sweep-plots')
  await slider.focus()
  const before = (await settingsOf(page)).runners[0].learningRate
  await page.keyboard.press('PageUp')
  await expect
    .poll(async () => (await settingsOf(page)).runners[0].learningRate)
    .toBeGreaterThan(before)
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/final loss/)
  await expect.poll(() => page.locator('.sweep-summary').textContent()).toMatch(/Best rate/)
  expectQuiet()
})

test('the crowd counts what classify counts, and the difference of two runners is told', async () => {
  const { page, expectQuiet } = await open('&part=crowd&run=gradientDescent:10;momentum:2')
  const maps = page.locator('.small-maps [role=img]')
  await expect.poll(() => maps.count()).toBeGreaterThan(1)
  await page.getByText(/is first at/).waitFor()
  const share = await page.evaluate(async () => {
    const { arrivalStep } = await window.steepest.classify({
      w: [-6, 10, 32],
      b: [-8, 8, 32],
      learningRate: 2,
      steps: 120,
      rule: { name: 'momentum' },
    })
    return arrivalStep.filter((step) => step !== 0xffffffff).length / arrivalStep.length
  })
  const profile = await page.locator('.profile').textContent()
  const shown = /momentum, η = 2\D*?([\d.]+) %/.exec(profile ?? '')?.[1]
  expect(Number(shown)).toBeCloseTo(100 * share, 0)
  expectQuiet()
})

test('the list of runners: add, change the rule, remove, by keyboard', async () => {
  const { page, expectQuiet } = await open('', plain)
  await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
  await expect.poll(async () => (await settingsOf(page)).runners).toHaveLength(2)
  const rule = page.locator('.runners li').nth(1).locator('select').first()
  await rule.selectOption('adam')
  await expect
    .poll(async () => (await settingsOf(page)).runners[1])
    .toEqual({
      rule: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.1,
    })
  await expect.poll(async () => (await scores(page)).length).toBe(2)
  expectQuiet()
})

test('the parts are tabs: arrow keys go from race to sweep to crowd', async () => {
  const { page } = await open('', plain)
  await page.locator('[data-part=race][role=tab]').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).rates.part).toBe('sweep')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).rates.part).toBe('crowd')
  await page.locator('.small-maps [role=img]').first().waitFor()
})

test('a parameter out of its range is refused with a sentence that names the range', async () => {
  const { page, expectQuiet } = await open('', plain)
  const descent = { starts: [[0, 0]], learningRate: 1, steps: 5 }
  const cases = [
    [{ name: 'momentum', gamma: 1 }, /momentum with gamma 1; it must be .*from 0 to below 1/],
    [{ name: 'rmsprop', beta: -0.1 }, /rmsprop with beta -0.1; it must be .*0 to below 1/],
    [{ name: 'adagrad', epsilon: 0 }, /adagrad with epsilon 0; it must be .*(above 0|1e-12)/],
    [{ name: 'miniBatch', batchSize: 0 }, /miniBatch with batchSize 0; it must be .* 1 to/],
    [{ name: 'miniBatch', batchSize: 6 }, /batchSize 6; it must be a whole number from 1 to 5/],
    [{ name: 'lion' }, /"lion" as a rule; it must be one of gradientDescent, momentum/],
    [
      { name: 'adam', schedule: { kind: 'warm' } },
      /"warm" as a schedule; it must be one of constant/,
    ],
  ] as const
  for (const [rule, sentence] of cases) {
    expect(await refusal(page, 'descend', { ...descent, rule })).toMatch(sentence)
    const runners = [{ rule, learningRate: 1 }]
    expect(await refusal(page, 'apply', { runners })).toMatch(sentence)
  }
  expect(await refusal(page, 'sweep', { start: [0, 0], rates: [], steps: 5 })).toMatch(
    /rates has 0 rates; it must be a list of 1 to 4096 learning rates/,
  )
  expectQuiet()
})

test('the processor computes the same lens', async () => {
  const { page, expectQuiet } = await open('&part=crowd&run=momentum:2;adam:0.1', plain)
  await page.getByText(/is first at/).waitFor()
  expect((await scores(page)).map(([name]) => name)).toEqual(['momentum 2', 'Adam 0.1'])
  expectQuiet()
})

test('maps of eight runners can be cancelled, and the page goes on', async () => {
  const { page, expectQuiet } = await open(`&run=${eight}`)
  await page.evaluate(() => {
    // Far more than can be done meanwhile.
    void window.steepest
      .apply({ rates: { part: 'crowd' }, map: { perSide: 1024 }, steps: 5000 })
      .catch(() => undefined)
  })
  const cancel = page.getByRole('button', { name: 'Cancel' })
  await cancel.click()
  await page.getByText('Cancelled; you see the results so far.').waitFor()
  await expect.poll(() => cancel.isVisible()).toBe(false)
  await apply(page, { rates: { part: 'race' }, map: { perSide: 64 }, steps: 60 })
  expect(await scores(page)).toHaveLength(8)
  expectQuiet()
})

test('a dragged start takes all runners along', async () => {
  const { page, expectQuiet } = await open('&run=gradientDescent:10;momentum:2')
  const before = await scores(page)
  const box = await page.locator('.map-hole').boundingBox()
  if (!box) throw new Error('There is no map; there must be one.')
  // The start stands at (-2, 4); the map's margins are 44, 14, 22 and 38 pixels.
  const pixel = (u: number, v: number) =>
    [box.x + 44 + u * (box.width - 58), box.y + 22 + (1 - v) * (box.height - 60)] as const
  await page.mouse.move(...pixel(4 / 16, 12 / 16))
  await page.mouse.down()
  await page.mouse.move(...pixel(0.6, 0.6), { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await settingsOf(page)).start[0]).toBeCloseTo(3.6, 0)
  await expect
    .poll(async () => (await scores(page)).every((row, i) => row[5] !== before[i][5]))
    .toBe(true)
  expectQuiet()
})

test('a data set leaves several runners as they are', async () => {
  const { page } = await open('&run=momentum:2;adam:0.1', plain)
  const { runners, samples } = await settingsOf(page)
  await page.locator('.long-choice select').selectOption('exercise')
  await expect.poll(async () => (await settingsOf(page)).samples).not.toEqual(samples)
  expect((await settingsOf(page)).runners).toEqual(runners)
  await expect.poll(() => page.locator('.long-choice select').inputValue()).toBe('exercise')
})
