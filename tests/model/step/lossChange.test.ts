/** The change of a loss against the difference of two losses in 256 bits. */
import { expect, test } from 'vitest'
import { createObjective, type NeuronSpec, type Sample } from '../../../src/model/objective'
import { createLossChange, createStepChange } from '../../../src/model/step/lossChange'
import { lossNames, seededPlaces, seededSamples } from '../../gpu/cases'
import { preciseChange } from '../precise'
import { epsilon, expectWithin } from '../seeded'

/** y lie in [-0.2, 1.2]: partly outside of what the neuron can reach. */
const specOf = (loss: NeuronSpec['loss'], samples: readonly Sample[] = seededSamples(7, 21)) =>
  ({ kind: 'neuron', samples, loss }) as const

/** 100 places with a step of length eta from each, in all directions. */
function* steps(eta: number) {
  const places = seededPlaces(100, 8, 5)
  for (let i = 0; i < places.length; i += 2) {
    const place = [places[i], places[i + 1]] as const
    yield { place, step: [eta * Math.cos(i), eta * Math.sin(i)] as const }
  }
}

/** The largest error at 100 places, over the sum of the sizes of all samples' changes. */
function worstError(
  spec: NeuronSpec,
  eta: number,
  changeOf: (place: readonly [number, number], step: readonly [number, number]) => number,
): number {
  let worst = 0
  for (const { place, step } of steps(eta)) {
    const { change, size } = preciseChange(spec, place, step)
    worst = Math.max(worst, Math.abs(changeOf(place, step) - change) / size)
  }
  return worst
}

/** z reaches 40, and its rounding comes back in f: some 40 ulp at worst. */
const productBound = 40 * epsilon

test('256 bits: closed forms, and the plain difference where that keeps its digits', () => {
  // From f(0) = 1/2 to f(log 3) = 3/4: the loss of y = 0 from 1/4 to 9/16.
  const { change } = preciseChange(specOf('mean', [[0, 0]]), [0, 0], [0, Math.log(3)])
  expectWithin(change, 5 / 16, 4 * epsilon)
  // From log 2 to log 4.
  const entropy = preciseChange(specOf('crossEntropy', [[0, 0]]), [0, 0], [0, Math.log(3)])
  expectWithin(entropy.change, Math.LN2, 4 * epsilon)
  for (const loss of lossNames) {
    const { loss: at } = createObjective(specOf(loss))
    for (const { place, step } of steps(1)) {
      const [[w, b], [dw, db]] = [place, step]
      const [before, after] = [at(w, b), at(w + dw, b + db)]
      const found = preciseChange(specOf(loss), place, step).change
      expectWithin(found, after - before, 100 * epsilon * (before + after), `${loss} at ${place}`)
    }
  }
})

test.for(lossNames)('%s: the product form is right to its last digits at any rate', (loss) => {
  const spec = specOf(loss)
  for (const eta of [1e-8, 1e-6, 1e-4, 0.01, 1, 30]) {
    const worst = worstError(spec, eta, ([w, b], step) => createLossChange(spec, w, b)(...step))
    expect(worst, `eta ${eta}`).toBeLessThan(productBound)
  }
})

test.for(lossNames)('%s: the difference of two losses is not, and ever less', (loss) => {
  const spec = specOf(loss)
  const { loss: at } = createObjective(spec)
  for (const [eta, factor] of [
    [1e-4, 1e3],
    [1e-6, 1e5],
    [1e-8, 1e7],
  ]) {
    const worst = worstError(spec, eta, ([w, b], [dw, db]) => at(w + dw, b + db) - at(w, b))
    // It is wrong by an ulp of the loss, over a change of eta: the product form has epsilon here.
    expect(worst, `eta ${eta}`).toBeGreaterThan(factor * 4 * epsilon)
  }
})

test.for(lossNames)('%s: labels of 0 and 1, each met and missed, near and far', (loss) => {
  for (const y of [0, 1, 0.5, -3, 4]) {
    const spec = specOf(loss, [[0, y]])
    for (const z of [-25, -3, 0, 3, 25]) {
      for (const d of [-300, -60, -1, -0.5, -1e-3, -1e-9, 1e-9, 1e-3, 0.5, 1, 60, 300]) {
        const { change, size } = preciseChange(spec, [0, z], [0, d])
        // The rest of (f0 - y) d where f0 is about y: an ulp of 1, times d. Cross-entropy has its
        // digits even there if y is 0 or 1, where f0 comes near to it for long.
        const exact = loss === 'crossEntropy' && (y === 0 || y === 1)
        const rounding = exact ? 0 : epsilon * Math.abs(d)
        const found = createLossChange(spec, 0, z)(0, d)
        expectWithin(found, change, productBound * size + rounding, `y ${y}, z ${z}, d ${d}`)
      }
    }
  }
})

test.for(lossNames)('%s: huge steps are finite', (loss) => {
  for (const y of [0, 1, -3, 4]) {
    const spec = specOf(loss, [[1, y]])
    for (const z of [-1e4, -40, 0, 40, 1e4]) {
      for (const d of [-1e12, -1e4, -710, 710, 1e4, 1e12]) {
        const found = createLossChange(spec, z, 0)(d, 0)
        expect(Number.isFinite(found), `${found} for y ${y}, z ${z}, d ${d}`).toBe(true)
      }
    }
  }
  // From f = 0 to f = 1 with y = 0; softplus(1e4) is 1e4.
  const wanted = { mean: 1, half: 0.5, crossEntropy: 1e4 - 40 }[loss]
  expectWithin(createLossChange(specOf(loss, [[1, 0]]), -40, 0)(1e4, 0), wanted, 0.05)
})

test('no step is no change', () => {
  for (const loss of lossNames) expect(createLossChange(specOf(loss), 1, -2)(0, 0)).toBe(0)
})

test.for(lossNames)(
  '%s: from anywhere it is the change from one place, to the last bit',
  (loss) => {
    const spec = specOf(loss)
    const changeFrom = createStepChange(spec)
    for (const { place, step } of steps(0.3)) {
      expect(changeFrom(...place, ...step)).toBe(createLossChange(spec, ...place)(...step))
    }
    // w and b are rounded to f32, the step is not.
    const change = changeFrom(Math.fround(0.1), Math.fround(-0.7), 1e-9, 0.1)
    expect(changeFrom(0.1, -0.7, 1e-9, 0.1)).toBe(change)
  },
)
