/** `explainStep` of `window.steepest`. */
import { expect, test } from 'vitest'
import { explainStep } from '../../src/model/explainStep'
import { defaultObjective } from '../gpu/cases'
import { useBrowser } from '../setup/page'
import { refusal, settled } from './steepest'

const browser = useBrowser()

test('a step in the page is that of the model, and bad requests are refused', async () => {
  const { page, expectQuiet } = await browser.open({ query: '?grid=64&side=8&step=0' })
  await settled(page)
  const asked = { w: -2, b: 4, learningRate: 10 }
  const found = await page.evaluate((request) => window.steepest.explainStep(request), asked)
  const wanted = explainStep({ objective: defaultObjective, place: [-2, 4], learningRate: 10 })
  expect(Object.keys(found)).toEqual(Object.keys(wanted))
  // Math.exp differs between the runtimes in its last bit.
  expect(found.actual / wanted.actual).toBeCloseTo(1, 9)
  expect(found.firstOrder / wanted.firstOrder).toBeCloseTo(1, 9)
  expect(found.angle).toBe(180)
  expect(found.terms).toHaveLength(5)
  const cases = [
    [{ ...asked, w: Number.NaN }, /option w is NaN; it must be a number from -1000000 to 1000000/],
    [
      { ...asked, learningRate: 0 },
      /learningRate is 0; it must be a number from 0.0001 to 1000000/,
    ],
    [{ ...asked, direction: [1] }, /direction is \[1\]; it must be two numbers/],
    [{ ...asked, eta: 1 }, /explainStep has no option "eta"; it takes w, b, learningRate/],
  ] as const
  for (const [request, sentence] of cases) {
    expect(await refusal(page, 'explainStep', request)).toMatch(sentence)
  }
  expectQuiet()
})
