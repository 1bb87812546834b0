/** Tests what the default data is chosen for, and the text of the page relies on. */
import { expect, test } from 'vitest'
import { createObjective } from '../../../src/model/objective'
import { defaultObjective, seededPlaces } from '../../gpu/cases'
import { expectWithin } from '../seeded'

const { loss, gradient, hessian } = createObjective(defaultObjective)

/** Newton's method from (w, b), 60 steps at most; null where it leaves or does not settle. */
function newton(start: readonly [number, number]): readonly [number, number] | null {
  const g = new Float64Array(2)
  let [w, b] = start
  for (let i = 0; i < 60; i++) {
    gradient(w, b, g)
    const { ww, wb, bb } = hessian(w, b)
    const determinant = ww * bb - wb * wb
    const [dw, db] = [(bb * g[0] - wb * g[1]) / determinant, (ww * g[1] - wb * g[0]) / determinant]
    w -= dw
    b -= db
    if (!(Math.hypot(w, b) < 30)) return null
    if (Math.hypot(dw, db) < 1e-12) return [w, b]
  }
  return null
}

/** Both eigenvalues above 1e-6: a bowl, and no saturated plateau. */
function isMinimum([w, b]: readonly [number, number]): boolean {
  const { ww, wb, bb } = hessian(w, b)
  const [mean, half] = [(ww + bb) / 2, Math.hypot((ww - bb) / 2, wb)]
  return mean - half > 1e-6 * (mean + half) && mean - half > 1e-6
}

test('the default data has two minima, at (0.57, -0.23) and (2.41, -0.07)', () => {
  const starts = seededPlaces(4000, 12, 5)
  const found: (readonly [number, number])[] = []
  for (let i = 0; i < starts.length; i += 2) {
    const end = newton([starts[i], starts[i + 1]])
    if (!end || !isMinimum(end)) continue
    if (!found.some((other) => Math.hypot(other[0] - end[0], other[1] - end[1]) < 1e-6)) {
      found.push(end)
    }
  }
  found.sort((one, other) => one[0] - other[0])
  expect(found).toHaveLength(2)
  const [[w0, b0], [w1, b1]] = found
  for (const [value, wanted] of [
    [w0, 0.57],
    [b0, -0.23],
    [w1, 2.41],
    [b1, -0.07],
  ]) {
    expectWithin(value, wanted, 0.005)
  }
})

test('their losses are 2 % apart', () => {
  const [first, second] = [newton([0.57, -0.23]), newton([2.41, -0.07])]
  if (!first || !second) throw new Error('Newton must settle from so near.')
  const ratio = loss(...first) / loss(...second)
  expectWithin(Math.max(ratio, 1 / ratio), 1.02, 0.005)
})
