/** The parts of a lesson, and functions that put numbers of the state into its sentences. */
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
  /** Settings that a button sets to open it; they leave the task to be done. */
  settings: DeepPartial<Settings>
  /** One string for each paragraph, as plain text. */
  text(facts: LessonFacts): string[]
  /** MathML */
  formula(facts: LessonFacts): string
  tryIt(facts: LessonFacts): string
  isDone(facts: LessonFacts): boolean
  /** The point of the task, shown once it is done. */
  done(facts: LessonFacts): string
}

/** Shown in place of a number that is not known yet. */
const unknown = '…'

/** A number of the step under the magnifier, or "…" before the step has been computed. */
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
 * The step under the magnifier if it matches the settings: it is computed after them, and the step
 * of the previous lesson must not count as something done in this one.
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

/** Compares in f32, the precision of both engines. */
function isSame(one: number, other: number): boolean {
  return Math.fround(one) === Math.fround(other)
}
