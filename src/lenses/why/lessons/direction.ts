/** Lessons on the direction of a step: the descending ones, the steepest, and the update rule. */
import { formatCount, formatNumber } from '../../../display/numbers'
import type { Magnified } from '../../../model/step/magnifier'
import { defaults } from '../../../settings/settings'
import { type Lesson, magnifiedNumber, numberWord, pairText, presentStep } from './lesson'
import { comparedWithZero, factor, fraction, lines, math, value } from './mathml'
import { firstPicture } from './taylor'

/** Degrees straight against the gradient, and across it. */
const against = 180
const across = [90, 270]
/** A direction within this many degrees counts as across, because a hand turns the dial. */
const tolerance = 1

const slopeAlong = ({ step, learningRate }: Magnified) => step.firstOrder / learningRate

export const sign: Lesson = {
  title: 'The sign decides',
  settings: { why: { part: 'angle', angle: against, learningRate: 10 } },
  text: () => [
    'The first-order term is η times u · g, so a short step lowers the loss where u · g is negative.',
    'To change w by η dw is to write w + η dw. Downhill, that change is minus the gradient; once dw names the gradient itself, the minus stands outside: w − η dw.',
  ],
  formula: (facts) =>
    lines(
      [math`u · g`, comparedWithZero(facts.magnified && slopeAlong(facts.magnified))],
      [
        math`d w = ∂ L / ∂ w`,
        math`= ${value(magnifiedNumber(facts, ({ step }) => step.gradient[0]))}`,
      ],
      [
        math`w − η ~ d w`,
        math`= ${value(magnifiedNumber(facts, (magnified) => nextOf(magnified)[0]))}`,
      ],
    ),
  tryIt: () => 'In the part “Angle”, turn “angle β” to where the first-order term vanishes.',
  isDone: ({ settings }) =>
    across.some((degrees) => Math.abs(settings.why.angle - degrees) <= tolerance),
  done: ({ settings }) =>
    `At ${formatNumber(settings.why.angle)}° u runs along the contour line: one side of it goes up, the other down.`,
}

export const angle: Lesson = {
  title: 'The steepest way down',
  settings: {
    ...firstPicture,
    why: { part: 'angle', angle: against, learningRate: 0.1, allDirections: true },
  },
  text: (facts) => [
    `With the length of u kept, only its angle β to g matters. The cosine is smallest at ${against}°: straight against the gradient is the steepest way down.`,
    `So says the first order. At η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)}, the best of ${magnifiedNumber(facts, ({ byAngle }) => byAngle.change.length)} directions is the one at ${magnifiedNumber(facts, ({ byAngle }) => byAngle.best)}°.`,
  ],
  formula: (facts) =>
    lines(
      [math`u · g = | u | ~ | g | ~ cos ~ β`],
      [
        math`| u | = | g |`,
        value(magnifiedNumber(facts, ({ step }) => Math.hypot(...step.gradient))),
      ],
      [
        math`cos ~ ${value(magnifiedNumber(facts, (magnified) => magnified.angle))} °`,
        value(magnifiedNumber(facts, cosineOf)),
      ],
      [math`u · g`, value(magnifiedNumber(facts, slopeAlong))],
    ),
  tryIt: () => `Raise “rate η” until the best direction on the dial is no longer ${against}°.`,
  isDone: (facts) => {
    const best = presentStep(facts)?.byAngle.best ?? null
    return best !== null && best !== against
  },
  done: (facts) =>
    `At η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)} the best direction is ${magnifiedNumber(facts, ({ byAngle }) => byAngle.best)}°: the step is so long that curvature has a say.`,
}

function cosineOf({ step }: Magnified): number {
  return Math.cos((step.angle * Math.PI) / 180)
}

/** (w, b) after a step against the gradient, independent of u. */
function nextOf({ place, learningRate, step }: Magnified): readonly [number, number] {
  const [dw, db] = step.gradient
  return [place.w - learningRate * dw, place.b - learningRate * db]
}

/** Enough to see that each step has a gradient of its own. */
const stepsToTake = 3

export const updateRule: Lesson = {
  title: 'The update rule',
  settings: {
    ...firstPicture,
    runners: defaults.runners,
    steps: defaults.steps,
    why: { part: 'step', angle: against, learningRate: null },
  },
  text: (facts) => [
    'This is gradient descent: find the gradient, step against it, and do so again, for the gradient is another one at the next place.',
    `At step ${formatCount(facts.settings.step)} we are at ${pairText(facts.magnified ? [facts.magnified.place.w, facts.magnified.place.b] : undefined)}, with the gradient ${pairText(facts.magnified?.step.gradient)}.`,
  ],
  formula: (facts) => {
    const put = (pick: (magnified: Magnified) => number) => magnifiedNumber(facts, pick)
    const eta = put(({ learningRate }) => learningRate)
    const line = (at: 0 | 1, place: (magnified: Magnified) => number) =>
      [
        math`${value(put(place))} − ${value(eta)} · ${factor(put(({ step }) => step.gradient[at]))}`,
        math`= ${value(put((magnified) => nextOf(magnified)[at]))}`,
      ] as const
    return lines(
      [math`w ← w − η ~ ${fraction(math`∂ L`, math`∂ w`)}`],
      line(0, ({ place }) => place.w),
      [math`b ← b − η ~ ${fraction(math`∂ L`, math`∂ b`)}`],
      line(1, ({ place }) => place.b),
    )
  },
  tryIt: () => `On the timeline, take ${numberWord(stepsToTake)} steps of the descent.`,
  isDone: ({ settings }) => settings.step >= stepsToTake,
  done: () => 'The rate was the same each time; the steps were not, as each had its own gradient.',
}
