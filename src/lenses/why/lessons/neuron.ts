/** Lessons on the neuron itself: its loss, its gradient point by point, and the whole recipe. */
import { formatCount, formatNumber } from '../../../display/numbers'
import { type LossName, losses } from '../../../model/loss'
import type { SampleTerm } from '../../../model/step/explainStep'
import type { Magnified } from '../../../model/step/magnifier'
import type { Settings } from '../../../settings/settings'
import { type Lesson, type LessonFacts, magnifiedNumber, pairText, presentStep } from './lesson'
import { comparedWithZero, factor, fraction, type Line, lines, math, power, value } from './mathml'
import { firstPicture } from './taylor'

/** 1/c, if the loss is c times a sum. */
const divisorOf = (loss: LossName, count: number) => 1 / losses[loss].lossScale(count)

/** The ratio of the half sum to the mean, for the loss and its gradient. */
const halfOverMeanText = (count: number) =>
  formatNumber(losses.half.lossScale(count) / losses.mean.lossScale(count), 4)

const summands: Record<LossName, string> = {
  mean: math`( f ( x_i ) − y_i )^2`,
  half: math`( f ( x_i ) − y_i )^2`,
  crossEntropy: math`[ softplus ( z_i ) − y_i z_i ]`,
}

export const dataAndNeuron: Lesson = {
  title: 'The data and the neuron',
  settings: { ...firstPicture, why: { part: 'points', angle: 180, learningRate: 10 } },
  text: ({ settings }) => {
    const count = settings.samples.length
    const ratio = halfOverMeanText(count)
    return [
      `The neuron squeezes w x + b into a prediction f between nought and one. The loss sums a term of each of the ${formatCount(count)} points, times a factor: ${factorText('mean', count)} for the mean, or ${factorText('half', count)} for the half sum, which cancels the two of the derivative.`,
      `The factor is in the gradient, too: at the same rate, a step under the half sum goes ${ratio} times as far as under the mean.`,
    ]
  },
  formula: (facts) => {
    const { samples, loss } = facts.settings
    const scale = fraction(math`1`, value(formatCount(divisorOf(loss, samples.length))))
    return lines(
      [math`f ( x ) = ${fraction(math`1`, math`1 + ${power(math`e`, math`− ( w x + b )`)}`)}`],
      [math`L = ${scale} ∑_i ${summands[loss]}`],
      [math`= ${value(magnifiedNumber(facts, ({ step }) => step.loss))}`],
    )
  },
  tryIt: () => 'In the settings panel, change “loss” to the half sum.',
  isDone: (facts) => facts.settings.loss === 'half' && presentStep(facts) !== null,
  done: (facts) =>
    `The loss is now ${magnifiedNumber(facts, ({ step }) => step.loss)}, which is ${halfOverMeanText(facts.settings.samples.length)} times the mean, and so is each slope.`,
}

/** "1/5" */
function factorText(loss: LossName, count: number): string {
  return `1/${formatCount(divisorOf(loss, count))}`
}

const lengthOf = ({ dw, db }: SampleTerm) => Math.hypot(dw, db)

/** Index of the point with the largest share of the gradient; the first one in a tie. */
function leadingPoint({ step }: Magnified): number {
  const lengths = step.terms.map(lengthOf)
  return lengths.indexOf(Math.max(...lengths))
}

/** The highlighted point, or the first one. */
function pointOf({ point, magnified }: LessonFacts) {
  const at = point ?? 0
  const term = magnified?.step.terms[at]
  return term ? { at, term } : null
}

function pointText({ x, y, prediction }: SampleTerm): string {
  return `x = ${formatNumber(x)}, y = ${formatNumber(y)}, f = ${formatNumber(prediction)}`
}

/** "2/5 ·" with five points under the mean; nothing if the factor is one. */
function gradientScaleMarkup(loss: LossName, count: number): string {
  const scale = losses[loss].gradientScale(count)
  if (scale === 1) return ''
  const share = fraction(value(formatCount(scale * count)), value(formatCount(count)))
  return math`${share} ·`
}

export const chainRule: Lesson = {
  title: 'The chain rule, point by point',
  settings: { why: { part: 'points' } },
  text: (facts) => {
    const shown = pointOf(facts)
    return [
      'A change of w moves z = w x + b by x as much, the sigmoid passes that on by its slope, and the error f − y weighs it. The chain rule multiplies the three, and the points add up.',
      facts.settings.loss === 'crossEntropy'
        ? 'Under cross-entropy, the slope of the sigmoid cancels.'
        : 'Where the sigmoid is flat a point has hardly a say, however wrong the neuron is there.',
      ...(shown ? [`Below is point ${formatCount(shown.at + 1)}: ${pointText(shown.term)}.`] : []),
    ]
  },
  formula: (facts) => {
    const { samples, loss } = facts.settings
    const shown = pointOf(facts)
    const written = (pick: (term: SampleTerm) => number) =>
      shown ? formatNumber(pick(shown.term)) : '…'
    const error = factor(written((term) => term.error))
    const x = factor(written((term) => term.x))
    const slope = value(written((term) => term.slope))
    const scale = gradientScaleMarkup(loss, samples.length)
    const hasSlope = losses[loss].terms === 'squaredError'
    return lines(
      [hasSlope ? math`${scale} ( f − y ) · f ( 1 − f ) · x` : math`${scale} ( f − y ) · x`],
      [hasSlope ? math`= ${scale} ${error} · ${slope} · ${x}` : math`= ${scale} ${error} · ${x}`],
      [math`= ${value(written((term) => term.dw))}`],
      [math`∂ L / ∂ w = ${value(magnifiedNumber(facts, ({ step }) => step.gradient[0]))}`],
    )
  },
  tryIt: () => 'In the part “Points”, point at the row with the largest share of the gradient.',
  isDone: (facts) => {
    const magnified = presentStep(facts)
    return magnified !== null && facts.point === leadingPoint(magnified)
  },
  done: (facts) => {
    const shown = pointOf(facts)
    return shown
      ? `Point ${formatCount(shown.at + 1)} pulls hardest: by ${pairText([shown.term.dw, shown.term.db])} of ${pairText(facts.magnified!.step.gradient)}.`
      : ''
  },
}

/** Change of the loss by a step against the gradient, whatever the dial shows. */
function changeAgainst({ byAngle }: Magnified): number {
  return byAngle.change[byAngle.change.length / 2]
}

/** Says when the settings stop the descent. */
function untilLine({ stop, steps }: Settings): Line {
  if (stop.kind === 'none') return [math`until ~ ${value(formatCount(steps))} ~ steps`]
  const below = value(formatNumber(stop.below))
  return [stop.kind === 'gradient' ? math`until ~ | g | < ${below}` : math`until ~ L < ${below}`]
}

function untilText({ stop, steps }: Settings): string {
  if (stop.kind === 'none') return `here after ${formatCount(steps)} steps`
  const what = stop.kind === 'gradient' ? 'the gradient is shorter' : 'the loss is less'
  return `here when ${what} than ${formatNumber(stop.below)}`
}

export const recipe: Lesson = {
  title: 'The recipe, and a claim to test',
  settings: {
    ...firstPicture,
    start: [2, 2],
    why: { part: 'step', angle: 180, learningRate: 10 },
  },
  text: (facts) => [
    `Start anywhere, step against the gradient, and repeat until satisfied: ${untilText(facts.settings)}.`,
    'It is said that the loss is then bound to fall, wherever we start. But we dropped the higher terms for a small η, and nobody has said how small.',
  ],
  formula: (facts) =>
    lines([math`θ ← θ − η g`], untilLine(facts.settings), [
      math`L ( θ − η g ) − L ( θ )`,
      comparedWithZero(facts.magnified && changeAgainst(facts.magnified)),
    ]),
  tryIt: () =>
    'Find a counterexample: click other places on the map, or raise “rate η” in the part “Step”, until a step against the gradient raises the loss.',
  isDone: (facts) => {
    const magnified = presentStep(facts)
    return magnified !== null && changeAgainst(magnified) > 0
  },
  done: (facts) => {
    const { magnified } = facts
    const place = pairText(magnified ? [magnified.place.w, magnified.place.b] : undefined)
    const limit =
      magnified?.angle === 180 && magnified.largest
        ? ` here, it holds up to η = ${formatNumber(magnified.largest)}.`
        : ' it holds for small rates only.'
    return `From ${place} at η = ${magnifiedNumber(facts, ({ learningRate }) => learningRate)} the loss rises by ${magnifiedNumber(facts, changeAgainst)}. The claim needs a small rate:${limit}`
  },
}
