/** `steepest.explainStep`: one step under the magnifier, asked for by a script. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { NeuronSpec } from '../../src/model/objective'
import { explainStep, type StepExplanation } from '../../src/model/step/explainStep'
import { defaults } from '../../src/settings/settings'
import { useBrowser } from '../setup/page'
import { refusal, settled } from './steepest'

const browser = useBrowser('none')
const options = { viewport: { width: 800, height: 600 }, query: '?grid=64&side=8&step=0' }
const place = { w: -2, b: 4 }

async function explained(page: Page, request: object): Promise<StepExplanation> {
  return page.evaluate((asked) => window.steepest.explainStep(asked), request)
}

/** All numbers of an explanation, in one order. */
function numbersOf({ gradient, hessian, terms, ...others }: StepExplanation): number[] {
  const shares = terms.flatMap((term) => Object.values(term) as number[])
  return [...gradient, ...Object.values(hessian), ...shares, ...Object.values(others)]
}

test('the numbers are those of the model, for data and loss of the page or of the request', async () => {
  const { page, expectQuiet } = await browser.visit(options)
  await settled(page)
  const shown: NeuronSpec = { kind: 'neuron', samples: defaults.samples, loss: 'mean' }
  const own: Omit<NeuronSpec, 'kind'> = {
    samples: [
      [0.5, 0.2],
      [2.5, 0.9],
    ],
    loss: 'crossEntropy',
  }
  const cases = [
    [{ ...place, learningRate: 30 }, {}],
    [{ ...place, learningRate: 1e6, direction: [0.1, -3] as const }, {}],
    [{ ...place, learningRate: 1e-4 }, own],
  ] as const
  for (const [step, changes] of cases) {
    const found = await explained(page, { ...step, ...changes })
    const wanted = explainStep({ ...shown, ...changes }, step)
    expect(Object.keys(found)).toEqual(Object.keys(wanted))
    expect(found.terms).toHaveLength(wanted.terms.length)
    const all = numbersOf(found)
    // exp may differ by an ulp between the browser's engine and ours, which the remainder enlarges.
    numbersOf(wanted).forEach((value, i) => {
      expect(Math.abs(all[i] - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value) + 1e-18)
    })
  }
  expectQuiet()
})

test('half against mean: n / 2, and the same step at 2 / n of the rate', async () => {
  const { page } = await browser.visit(options)
  await settled(page)
  const n = defaults.samples.length
  const mean = await explained(page, { ...place, learningRate: 10 })
  const half = await explained(page, { ...place, learningRate: 10 / (n / 2), loss: 'half' })
  for (const name of ['loss', 'firstOrder', 'secondOrder', 'actual'] as const) {
    expect(half[name] / mean[name], name).toBeCloseTo(n / 2, 10)
  }
  expect(half.gradient[0] / mean.gradient[0]).toBeCloseTo(n / 2, 10)
  expect([half.angle, mean.angle]).toEqual([180, 180])
})

test('a step that cannot be explained is refused with a sentence', async () => {
  const { page, expectQuiet } = await browser.visit(options)
  await settled(page)
  const step = { ...place, learningRate: 1 }
  const cases = [
    [
      { ...step, learningRate: 1e7 },
      'learningRate is 10000000; it must be a number from 0.0001 to',
    ],
    [
      { ...step, direction: [1] },
      'direction is [1]; it must be two numbers from -1000000 to 1000000',
    ],
    [{ b: 4, learningRate: 1 }, 'w is undefined; it must be a number from -1000000 to 1000000'],
    [{ ...step, samples: [] }, 'samples is []; it must be 1 to 1024 points'],
  ] as const
  for (const [request, sentence] of cases) {
    expect(await refusal(page, 'explainStep', request)).toContain(`The option ${sentence}`)
  }
  expect(await refusal(page, 'explainStep', { ...step, eta: 1 })).toContain(
    'explainStep has no option "eta"; it takes w, b, learningRate, direction, samples, loss.',
  )
  expectQuiet()
})
