/** The lens of one step as a person uses it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { directionAt } from '../../src/model/step/direction'
import type { StepExplanation } from '../../src/model/step/explainStep'
import { useBrowser } from '../setup/page'
import { apply, boxOf, pointerRead, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const viewport = { width: 1200, height: 760 }

async function open(query = '', on = browser) {
  const opened = await on.visit({
    viewport,
    query: `?v=1&lens=why&grid=64&side=8&steps=40&step=0${query}`,
  })
  await settled(opened.page)
  await opened.page.locator('.why-sentence').waitFor()
  return opened
}

/** The numbers of the bars, by their names. */
async function bars(page: Page): Promise<Record<string, number>> {
  const rows = await page
    .locator('.why-step .step-bars tr')
    .evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('.step-name')?.textContent,
        row.querySelector('.step-value')?.textContent,
      ]),
    )
  return Object.fromEntries(
    rows.map(([name, value]) => [name, Number((value ?? '').replaceAll('−', '-'))]),
  )
}

const explained = (page: Page, request: object): Promise<StepExplanation> =>
  page.evaluate((step) => window.steepest.explainStep(step), request)

async function expectBars(page: Page, request: object): Promise<void> {
  const { actual, firstOrder, secondOrder, remainder } = await explained(page, request)
  const digits = (value: number) => Number(value.toPrecision(3))
  await expect
    .poll(() => bars(page))
    .toEqual({
      'actual change': digits(actual),
      'first order': digits(firstOrder),
      'second order': digits(secondOrder),
      'the rest': digits(remainder),
    })
}

test('the bars are those of explainStep, at the start, on the way and at any place', async () => {
  const { page, expectQuiet } = await open()
  await expectBars(page, { w: -2, b: 4, learningRate: 10 })
  await apply(page, { step: 7 })
  const { positions } = await page.evaluate(() =>
    window.steepest.descend({ starts: [[-2, 4]], learningRate: 10, steps: 7 }),
  )
  await expectBars(page, { w: positions[14], b: positions[15], learningRate: 10 })
  // A place that is pointed at is the start of a step of its own.
  const map = await boxOf(page, '.map-hole')
  await page.mouse.click(map.x + map.width * 0.6, map.y + map.height * 0.6)
  await expect.poll(async () => (await settingsOf(page)).step).toBe(0)
  const { start } = await settingsOf(page)
  expect(start).not.toEqual([-2, 4])
  await expectBars(page, { w: start[0], b: start[1], learningRate: 10 })
  expectQuiet()
})

test('rate and direction are those of the sliders; the rate of the descent comes back', async () => {
  const { page } = await open('', plain)
  const rate = page.locator('.rate-slider input[type=text]')
  await rate.fill('250')
  await rate.press('Enter')
  await expectBars(page, { w: -2, b: 4, learningRate: 250 })
  expect((await settingsOf(page)).runners[0].learningRate).toBe(10)
  const { gradient } = await explained(page, { w: -2, b: 4, learningRate: 250 })
  await page.locator('.angle-slider input[type=text]').fill('60')
  await page.locator('.angle-slider input[type=text]').press('Enter')
  await expectBars(page, {
    w: -2,
    b: 4,
    learningRate: 250,
    direction: directionAt(gradient, 60),
  })
  await rate.fill('far')
  await rate.press('Enter')
  await page.getByText('The setting why.learningRate is "far"').waitFor()
  await page.locator('.own-rate').click()
  await expect.poll(async () => (await settingsOf(page)).why.learningRate).toBeNull()
  await expect.poll(() => rate.inputValue()).toBe('10')
})

test('the largest rate that still lowers the loss is named if it is within reach', async () => {
  const { page } = await open('&start=2,2&eta=1', plain)
  const signsAround = async () => {
    const text = (await page.locator('.why-sentence').textContent()) ?? ''
    const largest = Number(
      /The largest η that still lowers it.* gradient: ([\d.]+)\.$/.exec(text)?.[1],
    )
    const changes = [0.99, 1.01].map(async (share) => {
      const { actual } = await explained(page, { w: 2, b: 2, learningRate: share * largest })
      return Math.sign(actual)
    })
    return Promise.all(changes)
  }
  // A worker finds it, somewhat later than all else.
  await page.locator('.why-sentence', { hasText: 'The largest η that still lowers it' }).waitFor()
  await expect.poll(signsAround).toEqual([-1, 1])
})

test('the dial turns the direction, by pointer and by keys', async () => {
  const { page } = await open('&why=angle', plain)
  const dial = page.locator('.angle-host [role=slider]')
  await dial.waitFor()
  await dial.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).why.angle).not.toBe(180)
  const box = await boxOf(page, '.angle-host [role=slider]')
  // Straight to the right is the direction (1, 0).
  await page.mouse.click(box.x + box.width * 0.9, box.y + box.height / 2)
  await expect.poll(async () => Math.abs((await settingsOf(page)).why.angle - 180) > 1).toBe(true)
  const { gradient } = await explained(page, { w: -2, b: 4, learningRate: 1 })
  const { angle } = (await settingsOf(page)).why
  const turn = (-Math.atan2(gradient[1], gradient[0]) * 180) / Math.PI
  expect((angle - turn + 540) % 360).toBeCloseTo(180, -1)
  await page.locator('.all-directions input').uncheck()
  await expect.poll(async () => (await settingsOf(page)).why.allDirections).toBe(false)
})

test('a row of the points lights its point in the data; the factor of the loss is named', async () => {
  const { page } = await open('&why=points', plain)
  await page.locator('.point-table [data-point="4"]').hover()
  await expect.poll(() => page.locator('.data-point.lit').count()).toBe(1)
  expect(await page.locator('.data-point').nth(4).getAttribute('class')).toContain('lit')
  await page.getByText('2/5, as L = 1/5').waitFor()
  await apply(page, { loss: 'half' })
  await page.getByText('times 1, as L = 1/2').waitFor()
  const foot = await page
    .locator('.point-table tfoot tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))
  const { gradient } = await explained(page, { w: -2, b: 4, learningRate: 10 })
  expect(Number(foot[1][1]?.replace('−', '-'))).toBeCloseTo(gradient[0], 3)
})

/** Pixels of a part of the canvas, as the page shows them. */
async function pixels(page: Page, selector: string): Promise<string> {
  const clip = await boxOf(page, selector)
  return (await page.screenshot({ clip })).toString('base64')
}

test('trust, field, plane and bowl: each changes map or stage, and none takes them away for good', async () => {
  const { page, expectQuiet } = await open('&start=-1,-1')
  const [stage, map] = [await pixels(page, '.stage'), await pixels(page, '.map-hole')]
  for (const [why, changed] of [
    [{ map: 'first' }, '.map-hole'],
    [{ map: 'second' }, '.map-hole'],
    [{ map: 'loss', field: 'log' }, '.map-hole'],
    [{ field: 'linear' }, '.stage'],
    [{ field: 'none', surface: 'plane' }, '.stage'],
    [{ surface: 'bowl' }, '.stage'],
  ] as const) {
    const before = await pixels(page, changed)
    await apply(page, { why })
    await expect
      .poll(() => pixels(page, changed), { message: JSON.stringify(why) })
      .not.toBe(before)
  }
  await apply(page, { why: { surface: 'none' } })
  await expect.poll(() => pixels(page, '.stage')).toBe(stage)
  await expect.poll(() => pixels(page, '.map-hole')).toBe(map)
  expectQuiet()
})

test('over the map of trust the ratio of a place is read off, as explainStep has it', async () => {
  const { page } = await open('&trust=first')
  await page.locator('.trust-key').waitFor()
  const map = await boxOf(page, '.map-hole')
  await page.mouse.move(map.x + map.width * 0.5, map.y + map.height * 0.4)
  await pointerRead(page)
  await page.getByText('actual / predicted change at η = 10').waitFor()
  const text = (await page.locator('.readout-ending').textContent()) ?? ''
  const [w, b] = await Promise.all(
    ['w', 'b'].map(async (name) =>
      Number((await page.locator(`[data-name="${name}"]`).textContent())?.replace('−', '-')),
    ),
  )
  const { actual, firstOrder } = await explained(page, { w, b, learningRate: 10 })
  expect(Number(/: (−?[\d.]+)$/.exec(text)?.[1].replace('−', '-'))).toBeCloseTo(
    actual / firstOrder,
    1,
  )
})

test('on w³ + b² a click is a start, and a descent that runs away is told', async () => {
  const { page } = await open('&why=cubicAndSquare')
  await page.getByText('w³ + b² from above').waitFor()
  const map = await boxOf(page, '.map-hole')
  await page.mouse.click(map.x + map.width * 0.3, map.y + map.height * 0.4)
  await expect.poll(async () => (await settingsOf(page)).why.place[0]).toBeLessThan(-0.2)
  expect((await settingsOf(page)).start).toEqual([-2, 4])
  await page.locator('.why-sentence', { hasText: 'towards minus infinity' }).waitFor()
  await expect.poll(() => page.locator('.timeline').textContent()).toContain('f ')
  await page.locator('.tab[data-why=step]').click()
  await page.getByText('Loss from above').waitFor()
  await expectBars(page, { w: -2, b: 4, learningRate: 10 })
})

test('parts of the card are tabs: arrows choose, and the address has them', async () => {
  const { page } = await open('', plain)
  await page.locator('.tab[data-why=step]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await settingsOf(page)).why.part).toBe('points')
  await expect.poll(() => page.url()).toContain('why=points')
  await expect
    .poll(() => page.locator('.tab[data-why=points]').getAttribute('aria-selected'))
    .toBe('true')
})

test('1,024 points: table, step and dial are there, few rows at a time', async () => {
  const { page, expectQuiet } = await open('&why=points', plain)
  const samples = Array.from({ length: 1024 }, (_, i) => [i / 256 - 2, (i % 9) / 9])
  await apply(page, { samples })
  await expect.poll(() => page.locator('.point-table').getAttribute('aria-rowcount')).toBe('1028')
  expect(await page.locator('.point-table [data-point]').count()).toBeLessThan(40)
  await apply(page, { why: { part: 'step' } })
  await expectBars(page, { w: -2, b: 4, learningRate: 10 })
  expectQuiet()
})
