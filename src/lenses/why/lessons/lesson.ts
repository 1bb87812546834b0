/** What a lesson is, and how its sentences take their numbers from the state. */
import { formatNumber } from '../../../display/numbers'
import type { Magnified } from '../../../model/step/magnifier'
import type { Settings } from '../../../settings/settings'

export interface LessonFacts {
  settings: Settings
  /** Null until it is computed. */
  magnified: Magnified | null
  /** Index of the data point that is highlighted in the table of points, if any. */
  point: number | null
}

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T

export interface Lesson {
  title: string
  /** What opening it by a button changes; there is then something left to be done. */
  settings: DeepPartial<Settings>
  /** A paragraph each, as plain text. */
  text(facts: LessonFacts): string[]
  /** MathML */
  formula(facts: LessonFacts): string
  tryIt(facts: LessonFacts): string
  isDone(facts: LessonFacts): boolean
  /** What is to be learned from having done it. */
  done(facts: LessonFacts): string
}

/** As it is written before there is a number. */
const unknown = '…'

/** A number of the step under the magnifier, and words or signs for a step that is not there yet. */
export function magnifiedNumber(
  { magnified }: LessonFacts,
  pick: (magnified: Magnified) => number | null,
): string {
  const number = magnified && pick(magnified)
  return number === null ? unknown : formatNumber(number)
}

/** "(−2, 4)" */
export function pairText(pair: readonly [number, number] | undefined): string {
  return pair ? `(${pair.map((each) => formatNumber(each)).join(', ')})` : unknown
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(100 * share)} %` : unknown
}

const numberWords = 'zero one two three four five six seven eight nine ten'.split(' ')

/** Small numbers in words, up to ten. */
export function numberWord(number: number): string {
  return numberWords[number]
}

/**
 * The step under the magnifier if it is the one that the settings ask for: it is computed after them,
 * and what the last lesson had there must not be taken for something done in this one.
 */
export function presentStep({ settings, magnified }: LessonFacts): Magnified | null {
  if (!magnified) return null
  const { objective, place, learningRate, angle } = magnified
  const { samples, loss, start, step, why } = settings
  const isPresent =
    objective.loss === loss &&
    JSON.stringify(objective.samples) === JSON.stringify(samples) &&
    angle === why.angle &&
    (why.learningRate === null || isSame(learningRate, why.learningRate)) &&
    (step > 0 || (isSame(place.w, start[0]) && isSame(place.b, start[1])))
  return isPresent ? magnified : null
}

/** To f32, as both engines compute with it. */
function isSame(one: number, other: number): boolean {
  return Math.fround(one) === Math.fround(other)
}
