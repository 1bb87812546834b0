/** The guided path through the lens "Why": gradient descent, derived in short steps. */
import type { Lesson } from './lesson'
import { angle, sign, updateRule } from './lessonsOnDirection'
import { chainRule, dataAndNeuron, recipe } from './lessonsOnNeuron'
import { manyVariables, oneVariable, smallSteps, want } from './lessonsOnTaylor'

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
