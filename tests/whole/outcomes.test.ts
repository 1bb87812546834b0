/** `stationaryPoints`, `classify` and `outcomeCodes` of `window.steepest`. */
import { expect, test } from 'vitest'
import { classifyRows } from '../../src/model/outcomes/classify'
import { noArrival, outcomeCodes } from '../../src/model/outcomes/outcome'
import { outcomeJob } from '../gpu/outcomeCases'
import { useBrowser } from '../setup/page'
import { refusal, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')

test.for(['gpu', 'cpu'] as const)('points and classes of the default data, %s', async (engine) => {
  const { page, expectQuiet } = await (engine === 'gpu' ? browser : plain).visit({
    viewport: { width: 800, height: 600 },
    query: '?grid=64&side=8&step=0',
  })
  await settled(page)
  expect(await page.evaluate(() => window.steepest.engine?.kind)).toBe(engine)
  const found = await page.evaluate(async () => {
    const { minima, saddles } = await window.steepest.stationaryPoints()
    const map = await window.steepest.classify({
      w: [-6, 10, 64],
      b: [-8, 8, 64],
      learningRate: 2,
      steps: 300,
    })
    const arrays = Object.entries(map).map(([name, values]) => [name, [...values]] as const)
    return { minima, saddles, codes: window.steepest.outcomeCodes, arrays }
  })
  expect(found.minima.map(({ w, b }) => [w.toFixed(2), b.toFixed(2)])).toEqual([
    ['0.57', '-0.23'],
    ['2.41', '-0.07'],
  ])
  expect(found.saddles).toHaveLength(1)
  expect(found.codes).toEqual(outcomeCodes)
  const { outcome, minimum, arrivalStep, finalLoss } = Object.fromEntries(found.arrays)
  const wanted = classifyRows(outcomeJob({ learningRate: 2 }), 0, 64)
  const part = (k: number) => [...wanted.filter((_, i) => i % 4 === k)]
  // 41 of 4,096 classes may disagree; here, with one slow rate, none does.
  expect(outcome).toEqual(part(0))
  expect(minimum).toEqual(part(1))
  expect(arrivalStep).toHaveLength(4096)
  arrivalStep.forEach((step, i) => {
    const expected = part(2)[i]
    if (expected < 0) expect(step).toBe(noArrival)
    else expect(Math.abs(step - expected)).toBeLessThan(2)
  })
  expect(Math.min(...finalLoss)).toBeCloseTo(found.minima[0].loss, 4)
  expectQuiet()
})

test('an axis of learning rates: above its limit the sharp minimum is lost', async () => {
  const { page } = await plain.visit({ query: '?grid=64&side=8&step=0' })
  await settled(page)
  const minima = await page.evaluate(async () => {
    const { minimum } = await window.steepest.classify({
      axes: [
        { name: 'log10Rate', range: [0, 1.5, 31] },
        { name: 'w', range: [0.57, 0.6, 2] },
      ],
      start: [0, -0.2335],
      learningRate: 1,
      steps: 400,
    })
    return [...minimum.subarray(0, 31)]
  })
  // 10^1.25 = 17.8 holds, 10^1.3 = 20 does not: the limit is 2 / 0.1112 = 18.
  expect(minima[25]).toBe(0)
  expect(minima.slice(26)).not.toContain(0)
})

test('separable labels have no minimum, and all descents recede', async () => {
  const { page } = await plain.visit({ query: '?grid=64&side=8&step=0' })
  await settled(page)
  const found = await page.evaluate(async () => {
    const samples = [
      [-1, 0],
      [1, 1],
    ]
    const { minima } = await window.steepest.stationaryPoints({ samples })
    const { outcome } = await window.steepest.classify({
      w: [0, 2, 8],
      b: [-1, 1, 8],
      learningRate: 10,
      steps: 300,
      samples,
    })
    return { minima, outcome: [...new Set(outcome)] }
  })
  expect(found).toEqual({ minima: [], outcome: [outcomeCodes.receding] })
})

test('a map that cannot be classified is refused with a sentence', async () => {
  const { page, expectQuiet } = await plain.visit({ query: '?grid=64&side=8&step=0' })
  await settled(page)
  const map = { w: [-1, 1, 3], b: [-1, 1, 3], learningRate: 1, steps: 5 }
  const axis = { name: 'w', range: [0, 1, 2] }
  const cases = [
    [
      'classify',
      { ...map, w: [-1, 1, 2000] },
      /w\[2\], the count, is 2000; it must be .* 2 to 1024/,
    ],
    ['classify', { ...map, learningRate: Number.NaN }, /learningRate is NaN; it must be/],
    ['classify', { ...map, steps: 0 }, /steps is 0; it must be a whole number/],
    ['classify', { ...map, rate: 3 }, /classify has no option "rate"; it takes w, b, axes/],
    ['classify', { ...map, axes: [axis] }, /axes is \[an object\]; it must be two of/],
    ['classify', { ...map, axes: [axis, axis] }, /axes has "w" twice/],
    [
      'classify',
      { ...map, axes: [axis, { name: 'log10Rate', range: [0, 9, 3] }] },
      /axes\[1\]\.range is \[0, 9\]; it must be \[min, max\] with -4 <= min < max <= 3/,
    ],
    ['stationaryPoints', { samples: [] }, /samples is \[\]; it must be 1 to 1024 points/],
    ['stationaryPoints', { box: 3 }, /stationaryPoints has no option "box"/],
  ] as const
  for (const [method, request, sentence] of cases) {
    expect(await refusal(page, method, request)).toMatch(sentence)
  }
  expectQuiet()
})
