/** `window.steepest`, as the README describes it. */
import { expect, test } from 'vitest'
import { Descent } from '../../src/model/descent'
import { evaluateCurvatureRows, evaluateGridRows } from '../../src/model/grid'
import { defaults } from '../../src/settings/settings'
import { useBrowser } from '../setup/page'
import { apply, refusal, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const options = { viewport: { width: 800, height: 600 }, query: '?grid=64&side=8&step=0' }
const runner = { rule: { name: 'gradientDescent' as const }, learningRate: 1 }

test('evaluateGrid gives loss and gradient, row 0 at the smallest b, ends included', async () => {
  const { page } = await browser.visit(options)
  await settled(page)
  const grid = await page.evaluate(async () => {
    const found = await window.steepest.evaluateGrid({ w: [-6, 10, 5], b: [-8, 8, 3] })
    return Object.entries(found).map(([name, values]) => [name, [...values]] as const)
  })
  const objective = { kind: 'neuron' as const, samples: defaults.samples, loss: 'mean' as const }
  const cells = evaluateGridRows({ objective, w: [-6, 10, 5], b: [-8, 8, 3] }, 0, 3)
  expect(grid.map(([name]) => name)).toEqual(['loss', 'dLdw', 'dLdb'])
  grid.forEach(([name, values], k) => {
    expect(values, name).toHaveLength(15)
    // Layout, not accuracy, is the subject here: that is held to intervals in tests/gpu.
    values.forEach((value, i) => {
      expect(value, `${name}[${i}]`).toBeCloseTo(cells[i * 4 + k], 5)
    })
  })
})

test('evaluateGrid with a learning rate gives Hessian and change in the same order', async () => {
  const { page } = await browser.visit(options)
  await settled(page)
  const axes = { w: [-6, 10, 5], b: [-8, 8, 3] } as const
  const found = await page.evaluate(async () => {
    const grid = await window.steepest.evaluateGrid({
      w: [-6, 10, 5],
      b: [-8, 8, 3],
      learningRate: 10,
    })
    const { ww, wb, bb } = grid.hessian ?? {}
    return {
      names: Object.keys(grid),
      columns: [ww, wb, bb, grid.change].map((values) => [...(values ?? [])]),
    }
  })
  const objective = { kind: 'neuron' as const, samples: defaults.samples, loss: 'mean' as const }
  const cells = evaluateCurvatureRows({ objective, ...axes, learningRate: 10 }, 0, 3)
  expect(found.names).toEqual(['loss', 'dLdw', 'dLdb', 'hessian', 'change'])
  found.columns.forEach((values, k) => {
    expect(values, `number ${k}`).toHaveLength(15)
    values.forEach((value, i) => {
      expect(value, `number ${k} of cell ${i}`).toBeCloseTo(cells[i * 4 + k], 5)
    })
  })
})

test('descend gives [start][record][w, b] with records 0, stride, ... and the last', async () => {
  const { page } = await browser.visit(options)
  await settled(page)
  const found = await page.evaluate(async () => {
    const { positions, recordedSteps } = await window.steepest.descend({
      starts: [
        [-2, -2],
        [1, 1],
      ],
      learningRate: 1,
      steps: 10,
      stride: 4,
      samples: [
        [0.5, 0.2],
        [2.5, 0.9],
      ],
      loss: 'half',
    })
    return { positions: [...positions], recordedSteps: [...recordedSteps] }
  })
  expect(found.recordedSteps).toEqual([0, 4, 8, 10])
  const objective = {
    kind: 'neuron',
    samples: [
      [0.5, 0.2],
      [2.5, 0.9],
    ],
    loss: 'half',
  } as const
  const descent = new Descent({ objective, runner, stop: { kind: 'none', below: 0 }, steps: 10 })
  const wanted = [
    [-2, -2],
    [1, 1],
  ].flatMap((start) => {
    const state = Float64Array.from(start)
    return [0, 4, 4, 2].flatMap((steps) => {
      descent.advance(state, steps, 0)
      return [...state]
    })
  })
  expect(found.positions).toHaveLength(16)
  found.positions.forEach((value, i) => {
    expect(value, `positions[${i}]`).toBeCloseTo(wanted[i], 4)
  })
})

test('apply is all or nothing, and rejects with a sentence', async () => {
  const { page, expectQuiet } = await plain.visit(options)
  await settled(page)
  const before = await settingsOf(page)
  expect(await refusal(page, 'apply', { steps: 50, loss: 'huge' })).toBe(
    'The setting loss is "huge"; it must be one of mean, half, crossEntropy.',
  )
  expect(await settingsOf(page)).toEqual(before)
  await apply(page, { steps: 50 })
  expect((await settingsOf(page)).steps).toBe(50)
  expectQuiet()
})

test('a snapshot of the settings is the own of whoever asked for it', async () => {
  const { page } = await plain.visit(options)
  await settled(page)
  const steps = await page.evaluate(() => {
    const { settings } = window.steepest as { settings: { steps: number } }
    settings.steps = 7
    return window.steepest.settings.steps
  })
  expect(steps).toBe(300)
})

test('a request that cannot be computed is refused with a sentence, and the page lives on', async () => {
  const { page, expectQuiet } = await plain.visit(options)
  await settled(page)
  const grid = { w: [-1, 1, 3], b: [-1, 1, 3] }
  const descent = { starts: [[0, 0]], learningRate: 1, steps: 5 }
  const cases = [
    ['evaluateGrid', { ...grid, w: [1, -1, 3] }, /option w is \[1, -1\]; it must be/],
    ['evaluateGrid', { ...grid, samples: [] }, /option samples is \[\]; it must be 1 to 1024/],
    ['descend', { ...descent, learningRate: 1e30 }, /learningRate is 1e\+30; it must be/],
    ['descend', { ...descent, steps: 0 }, /steps is 0; it must be a whole number/],
    ['descend', { ...descent, starts: [[null, 0]] }, /starts\[0\] is \[null, 0\]; it must be/],
  ] as const
  for (const [method, request, sentence] of cases) {
    expect(await refusal(page, method, request)).toMatch(sentence)
  }
  const alive = await page.evaluate(
    (request) => window.steepest.evaluateGrid(request).then(({ loss }) => loss.length),
    grid,
  )
  expect(alive).toBe(9)
  expectQuiet()
})
