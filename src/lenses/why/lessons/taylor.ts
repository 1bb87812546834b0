/** Lessons on Taylor's theorem for a step: the goal, the terms, and which of them to keep. */
import { formatNumber } from '../../../display/numbers'
import type { Magnified } from '../../../model/step/magnifier'
import { cubicTaylor } from '../../../model/step/warmUps'
import { defaults, type Settings } from '../../../settings/settings'
import { type Lesson, magnifiedNumber, percent, presentStep } from './lesson'
import { comparedWithZero, lines, math, value } from './mathml'

const { samples, loss, start, view } = defaults

/** Settings for tasks that only work with the data they were made for. */
export const firstPicture = {
  samples,
  loss,
  start,
  view: { w: view.w, b: view.b },
  map: { columns: null, rows: null },
  step: 0,
} as const

/** Terms above the first order are small below this share of the first-order term. */
const smallShare = 0.1
/** The same for the whole step of the neuron. */
const agreement = 0.001

const change = math`L ( θ + η u ) − L ( θ )`

export const want: Lesson = {
  title: 'What we want',
  settings: { ...firstPicture, why: { part: 'angle', angle: 180, learningRate: 10 } },
  text: (facts) => [
    `A weight w and a bias b are all this neuron has to learn. Together they are the place θ, and the loss there is ${magnifiedNumber(facts, ({ step }) => step.loss)}.`,
    `A step goes by ηu: the direction u says which way, the rate η how far. We want it to lower the loss. With β at ${magnifiedNumber(facts, ({ angle }) => angle)}° and η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)} it changes by ${magnifiedNumber(facts, ({ step }) => step.actual)}.`,
  ],
  formula: (facts) =>
    lines(
      [math`L ( θ + η u ) < L ( θ )`],
      [change, comparedWithZero(facts.magnified?.step.actual ?? null)],
    ),
  tryIt: () => 'In the part “Angle”, turn “angle β” until the step raises the loss.',
  isDone: (facts) => (presentStep(facts)?.step.actual ?? 0) > 0,
  done: (facts) =>
    `At ${magnifiedNumber(facts, ({ angle }) => angle)}° the loss rises by ${magnifiedNumber(facts, ({ step }) => step.actual)}: not every direction will do.`,
}

const cubicOf = ({ why }: Settings) => {
  const { value: after, terms, remainders } = cubicTaylor(...why.cubic)
  return { x: why.cubic[0], dx: why.cubic[1], after, terms, rest: remainders[1] }
}

export const oneVariable: Lesson = {
  title: 'Taylor in one variable',
  settings: { why: { part: 'cubic', cubic: defaults.why.cubic } },
  text: ({ settings }) => {
    const { x, dx, terms, rest } = cubicOf(settings)
    return [
      'Near any point, a smooth function is its value there, plus slope times step, plus terms with higher powers of the step. For x³ these end by themselves.',
      `At x = ${formatNumber(x)} with dx = ${formatNumber(dx)} the first-order term is ${formatNumber(terms[1])}. Those above it add ${formatNumber(rest)}, which is ${percent(Math.abs(rest / terms[1]))} of that.`,
    ]
  },
  formula: ({ settings }) => {
    const { after, terms } = cubicOf(settings)
    const [zeroth, first, second, third] = terms.map((term) => value(formatNumber(term)))
    return lines(
      [math`( x + d x )^3`, value(formatNumber(after))],
      [math`= x^3`, zeroth],
      [math`+ 3 x^2 ~ d x`, first],
      [math`+ 3 x ~ d x^2`, second],
      [math`+ d x^3`, third],
    )
  },
  tryIt: () =>
    `In the part “x³”, drag dx until the terms above the first order are below ${percent(smallShare)} of the first-order term.`,
  isDone: ({ settings }) => {
    const { dx, terms, rest } = cubicOf(settings)
    return dx !== 0 && Math.abs(rest) < smallShare * Math.abs(terms[1])
  },
  done: ({ settings }) => {
    const { dx, terms, rest } = cubicOf(settings)
    return `With dx = ${formatNumber(dx)} they are ${percent(Math.abs(rest / terms[1]))} of it: near enough, the slope tells nearly all.`
  },
}

export const manyVariables: Lesson = {
  title: 'Taylor in many variables',
  settings: { why: { part: 'step', surface: 'none', learningRate: 10, angle: 180 } },
  text: (facts) => [
    'With more parameters, each has a slope. Together they are the gradient g. The curvatures form a matrix, the Hessian H.',
    `Here g = (${magnifiedNumber(facts, ({ step }) => step.gradient[0])}, ${magnifiedNumber(facts, ({ step }) => step.gradient[1])}). Along the step, slope and curvature account for the change of the loss but for ${magnifiedNumber(facts, ({ step }) => step.remainder)}.`,
  ],
  formula: (facts) => {
    const numberOf = (pick: (magnified: Magnified) => number) => value(magnifiedNumber(facts, pick))
    return lines(
      [change, numberOf(({ step }) => step.actual)],
      [math`= η ~ u · g`, numberOf(({ step }) => step.firstOrder)],
      [math`+ ½ η^2 ~ u^T H u`, numberOf(({ step }) => step.secondOrder)],
      [math`+ rest`, numberOf(({ step }) => step.remainder)],
    )
  },
  tryIt: () =>
    'In the settings panel, set “on surface” to the bowl, and see where it touches the surface and where it leaves it.',
  isDone: ({ settings }) => settings.why.surface === 'bowl',
  done: () =>
    'The bowl has the slopes and the curvatures of the place, and is right close to it only.',
}

/** The error of the first-order term, as a share of the change. */
const missOf = ({ step }: Magnified) => Math.abs((step.firstOrder - step.actual) / step.actual)

export const smallSteps: Lesson = {
  title: 'Drop the higher terms',
  settings: { ...firstPicture, why: { part: 'step', angle: 180, learningRate: 10 } },
  text: (facts) => [
    'Each further term has one more factor η. Halve η, and the first-order term is halved, the second-order term quartered: if η is small, only the first matters.',
    `At η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)} it misses the change of the loss by ${facts.magnified ? percent(missOf(facts.magnified)) : percent(Number.NaN)}.`,
  ],
  formula: (facts) =>
    lines(
      [change, value(magnifiedNumber(facts, ({ step }) => step.actual))],
      [math`≈ η ~ u · g`, value(magnifiedNumber(facts, ({ step }) => step.firstOrder))],
    ),
  tryIt: () =>
    `In the part “Step”, lower “rate η” until the first-order term and the actual change differ by less than ${percent(agreement)}.`,
  isDone: (facts) => {
    const magnified = presentStep(facts)
    return magnified !== null && missOf(magnified) < agreement
  },
  done: (facts) =>
    `At η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)} both are ${magnifiedNumber(facts, ({ step }) => step.firstOrder)}: from here on we look at the first order alone.`,
}
