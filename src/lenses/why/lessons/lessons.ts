/** The guided path through the lens "Why": gradient descent, derived in short steps. */
import { angle, sign, updateRule } from './direction'
import type { Lesson } from './lesson'
import { chainRule, dataAndNeuron, recipe } from './neuron'
import { manyVariables, oneVariable, smallSteps, want } from './taylor'

export type { Lesson, LessonFacts } from './lesson'

export const lessons: readonly Lesson[] = [
  want,
  oneVariable,
  manyVariables,
  smallSteps,
  sign,
  angle,
  updateRule,
  dataAndNeuron,
  chainRule,
  recipe,
]
