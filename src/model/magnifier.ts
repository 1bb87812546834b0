/** One step of a descent under the magnifier: all that the lens of one step shows of it. */
import { type ByAngle, changeByAngle } from './angles'
import type { Place } from './directional'
import { largestDecrease } from './largestDecrease'
import { type LossAlong, lossAlong } from './lossAlong'
import type { ObjectiveSpec } from './objective'
import { explainStep, type StepExplanation } from './step'

export interface Question {
  objective: ObjectiveSpec
  place: Place
  /** eta */
  learningRate: number
  /** Degrees of u from g, counter-clockwise from w to b; |u| = |g|, and 180 is descent. */
  angle: number
}

export interface Magnified extends Question {
  step: StepExplanation
  /** Where the curves are taken: from half a step backwards to two steps on. */
  etas: Float64Array<ArrayBuffer>
  along: LossAlong
  /** As of largestDecrease, along u. */
  largest: number | null
  byAngle: ByAngle
}

const curvePoints = 126

export function magnify(question: Question): Magnified {
  const { objective, place, learningRate, angle } = question
  const aim = { degrees: angle }
  const etas = Float64Array.from(
    { length: curvePoints },
    (_, i) => learningRate * (-0.5 + (2.5 * i) / (curvePoints - 1)),
  )
  return {
    ...question,
    step: explainStep(objective, { ...place, learningRate, direction: aim }),
    etas,
    along: lossAlong(objective, place, aim, etas),
    largest: largestDecrease(objective, place, aim),
    byAngle: changeByAngle(objective, place, learningRate),
  }
}
