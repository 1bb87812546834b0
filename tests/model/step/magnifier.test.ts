import { expect, test } from 'vitest'
import { explainStep } from '../../../src/model/step/explainStep'
import { largestDecrease } from '../../../src/model/step/largestDecrease'
import { changeByAngle, magnify } from '../../../src/model/step/magnifier'
import { defaultObjective } from '../../gpu/cases'

const place = { w: -2, b: 4 }
const question = { objective: defaultObjective, place, learningRate: 10, angle: 180 }

test('at 180 degrees it is the step against the gradient, exactly', () => {
  const { step, largest, byAngle } = magnify(question)
  expect(step).toEqual(explainStep(defaultObjective, { ...place, learningRate: 10 }))
  expect(step.angle).toBe(180)
  expect(largest).toBe(largestDecrease(defaultObjective, place))
  expect(byAngle).toEqual(changeByAngle(defaultObjective, place, 10))
})

test.for([0, 37, 90, 181, 300, 360])('at %d degrees u is turned by so much from g', (angle) => {
  const { step, byAngle } = magnify({ ...question, angle })
  expect(step.angle).toBeCloseTo(angle > 180 ? 360 - angle : angle, 4)
  // The dial has the same step, but for the rounding of u to f32.
  expect(step.actual).toBeCloseTo(byAngle.change[angle % 360], 7)
  expect(step.firstOrder).toBeCloseTo(byAngle.firstOrder[angle % 360], 7)
})

test('curves go from half a step backwards to two steps on, through the place and the step', () => {
  const { etas, along, step } = magnify(question)
  expect([etas[0], etas[etas.length - 1]]).toEqual([-5, 20])
  const [here, there] = [etas.indexOf(0), etas.indexOf(10)]
  for (const values of Object.values(along)) expect(Math.abs(values[here])).toBe(0)
  expect(along.change[there]).toBe(step.actual)
  expect(along.firstOrder[there]).toBe(step.firstOrder)
  expect(along.secondOrder[there]).toBe(step.secondOrder)
})
