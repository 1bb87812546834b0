import { expect, test } from 'vitest'
import { lookAlong } from '../../../src/model/step/direction'
import { createLossChange } from '../../../src/model/step/lossChange'
import { changeByAngle } from '../../../src/model/step/magnifier'
import { defaultObjective, lossNames, seededPlaces } from '../../gpu/cases'

const bestAngle = (...question: Parameters<typeof changeByAngle>) => changeByAngle(...question).best

test.for(lossNames)('%s: steepest descent is best at a small rate, at 100 places', (loss) => {
  const spec = { ...defaultObjective, loss }
  const places = seededPlaces(100, 4, 7)
  for (let i = 0; i < places.length; i += 2) {
    const angle = bestAngle(spec, { w: places[i], b: places[i + 1] }, 1e-4)!
    expect(Math.abs(angle - 180)).toBeLessThanOrEqual(1)
  }
})

test('at (-2, 4) the best direction is steepest descent up to a rate of 0.1, and no longer at 100', () => {
  const place = { w: -2, b: 4 }
  expect(bestAngle(defaultObjective, place, 0.1)).toBe(180)
  expect(bestAngle(defaultObjective, place, 10)).toBe(175)
  expect(bestAngle(defaultObjective, place, 100)).toBe(131)
  const [dw, db] = lookAlong(defaultObjective, place).gradient
  const changeAt = (degrees: number) => {
    const turn = (degrees * Math.PI) / 180
    const [u, v] = [
      dw * Math.cos(turn) - db * Math.sin(turn),
      dw * Math.sin(turn) + db * Math.cos(turn),
    ]
    return createLossChange(defaultObjective, -2, 4)(100 * u, 100 * v)
  }
  const best = changeAt(131)
  expect(best).toBeLessThan(changeAt(180))
  for (let degrees = 0; degrees < 360; degrees += 7) {
    expect(changeAt(degrees)).toBeGreaterThanOrEqual(best)
  }
})

test('the count is the resolution of the dial', () => {
  const place = { w: -2, b: 4 }
  expect(bestAngle(defaultObjective, place, 100, 3)).toBe(120)
  const fine = bestAngle(defaultObjective, place, 100, 3600)!
  expect(Math.abs(fine - 131)).toBeLessThanOrEqual(1)
})

test('null where there is no gradient to turn', () => {
  expect(bestAngle({ ...defaultObjective, samples: [[1, 0.5]] }, { w: 0, b: 0 }, 1)).toBeNull()
})

test('u . g is largest along g, vanishes across it and is least against it', () => {
  const { firstOrder, change } = changeByAngle(defaultObjective, { w: -2, b: 4 }, 1e-4)
  const [dw, db] = lookAlong(defaultObjective, { w: -2, b: 4 }).gradient
  const most = Math.fround(1e-4) * (dw * dw + db * db)
  expect(firstOrder[0]).toBe(most)
  expect(firstOrder[180]).toBeCloseTo(-most, 20)
  expect(Math.abs(firstOrder[90])).toBeLessThan(1e-15 * most)
  for (const degrees of [0, 60, 180, 300]) {
    expect(Math.abs(change[degrees] / firstOrder[degrees] - 1)).toBeLessThan(1e-3)
  }
})
