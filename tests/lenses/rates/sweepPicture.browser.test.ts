/** Tests what is read off a sweep. */
import { expect, test } from 'vitest'
import { readingText, type SweepPicture } from '../../../src/lenses/rates/sweep/sweepPicture'
import { outcomeCodes } from '../../../src/model/outcomes/outcome'

const rates = Float32Array.of(0.1, 1, 10)
const picture: SweepPicture = {
  rates,
  finalLoss: Float32Array.of(0.5, 0.25, 0.75),
  outcome: new Uint8Array(3).fill(outcomeCodes.moving),
  minimum: new Uint8Array(3).fill(255),
  arrivalStep: new Uint32Array(3).fill(0xffffffff),
  heat: null,
  steps: 10,
  colours: 'viridis',
  rate: 1,
  best: null,
  limits: [],
  stale: false,
}

test('the value of the nearest rate, the ends included', () => {
  expect(readingText(picture, 0.1)).toContain('rate 0.100: final loss 0.500')
  expect(readingText(picture, 1.2)).toContain('final loss 0.250')
  expect(readingText(picture, 10)).toContain('final loss 0.750')
})

test('a rate beyond the ends has no value', () => {
  expect(readingText(picture, 11)).toBe('rate 11.0 is outside of the sweep')
  expect(readingText(picture, 0.05)).toBe('rate 0.0500 is outside of the sweep')
})
