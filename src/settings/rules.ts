/**
 * The available update rules and schedules: names, parameters with their defaults as published,
 * their ranges, and each rule's own learning rate. Checks, address, panel and page API share this
 * table.
 */
import type { LossName } from '../model/loss'
import type { RuleName, RuleSpec } from '../model/rule'
import type { Schedule } from '../model/schedule'
import { choice, type Kind, mostSamples, number, seed } from './kinds'

export interface Parameter {
  /** The name as in the rule's spec. */
  name: string
  /** The symbol as people write it. */
  label: string
  // biome-ignore lint/suspicious/noExplicitAny: a table of kinds of different values
  kind: Kind<any>
  default: number | string
  /** A description of the permitted values, if the kind's bounds do not describe them. */
  range?: string
  hint: string
}

export interface RuleInfo {
  /** The name as people read it. */
  label: string
  /** The default rate under the mean squared error. */
  learningRate: number
  parameters: readonly Parameter[]
  hint: string
}

/** The largest f32 below 1, because the share that is kept lies in [0, 1). */
const belowOne = 1 - 2 ** -24

const share = (name: string, label: string, value: number, hint: string): Parameter => ({
  name,
  label,
  kind: number(0, belowOne),
  default: value,
  range: 'a number from 0 to below 1',
  hint,
})

const gamma = share('gamma', 'γ', 0.9, 'Share of the velocity that is kept, in [0, 1).')

const epsilon: Parameter = {
  name: 'epsilon',
  label: 'ε',
  kind: number(1e-12, 1, { logarithmic: true }),
  default: 1e-8,
  range: 'a number above 0, from 1e-12 to 1',
  hint: 'Keeps the quotient finite; added outside the root; above 0.',
}

const order: readonly Parameter[] = [
  {
    name: 'order',
    label: 'order',
    kind: choice(['given', 'shuffled']),
    default: 'given',
    hint: 'The points in the given order, or shuffled anew for each epoch.',
  },
  {
    name: 'seed',
    label: 'seed',
    kind: seed,
    default: 1,
    hint: 'Seed of the shuffling.',
  },
]

export const rules: Readonly<Record<RuleName, RuleInfo>> = {
  gradientDescent: {
    label: 'gradient descent',
    learningRate: 10,
    parameters: [],
    hint: 'θ ← θ − η g',
  },
  momentum: {
    label: 'momentum',
    learningRate: 2,
    parameters: [gamma],
    hint: 'v ← γ v + η g, θ ← θ − v',
  },
  nesterov: {
    label: 'Nesterov',
    learningRate: 2,
    parameters: [gamma],
    hint: 'Like momentum, with g at θ − γ v',
  },
  adagrad: {
    label: 'AdaGrad',
    learningRate: 0.5,
    parameters: [epsilon],
    hint: 's ← s + g², θ ← θ − η g / (√s + ε)',
  },
  rmsprop: {
    label: 'RMSProp',
    learningRate: 0.05,
    parameters: [
      share('beta', 'β', 0.9, 'Share of the mean square that is kept, in [0, 1).'),
      epsilon,
    ],
    hint: 's ← β s + (1 − β) g², θ ← θ − η g / (√s + ε)',
  },
  adam: {
    label: 'Adam',
    learningRate: 0.1,
    parameters: [
      share('beta1', 'β₁', 0.9, 'Share of the mean gradient that is kept, in [0, 1).'),
      share('beta2', 'β₂', 0.999, 'Share of the mean square that is kept, in [0, 1).'),
      epsilon,
    ],
    hint: 'RMSProp with a mean gradient, both corrected for their start at 0',
  },
  stochastic: {
    label: 'stochastic',
    learningRate: 2,
    parameters: order,
    hint: 'One point per step',
  },
  miniBatch: {
    label: 'mini-batch',
    learningRate: 2,
    parameters: [
      {
        name: 'batchSize',
        label: 'batch',
        kind: number(1, mostSamples, { integer: true }),
        default: 2,
        hint: 'Points per step, 1 to all; the last batch of an epoch may be smaller.',
      },
      ...order,
    ],
    hint: 'Some of the points per step',
  },
  newton: {
    label: 'Newton, damped',
    learningRate: 1,
    parameters: [
      {
        name: 'damping',
        label: 'damping',
        kind: number(0, 10),
        default: 1e-3,
        hint: 'Added to the diagonal of the Hessian, as a share of its trace; 0 or more.',
      },
    ],
    hint: 'The step to the vertex of the quadratic model if that is a bowl, otherwise along g',
  },
}

const decay = (value: number, hint: string): Parameter => ({
  name: 'decay',
  label: 'decay',
  kind: number(0, 1),
  default: value,
  hint,
})

export const schedules: Readonly<
  Record<Schedule['kind'], { label: string; parameters: readonly Parameter[]; hint: string }>
> = {
  constant: { label: 'constant', parameters: [], hint: 'η at every step' },
  exponential: {
    label: 'exponential',
    parameters: [decay(0.99, 'η decayᵗ')],
    hint: 'η decayᵗ at step t',
  },
  inverse: {
    label: '1 / t',
    parameters: [decay(0.01, 'η / (1 + decay t)')],
    hint: 'η / (1 + decay t) at step t',
  },
  step: {
    label: 'steps',
    parameters: [
      decay(0.5, 'Factor at each drop.'),
      {
        name: 'every',
        label: 'every',
        kind: number(1, 100_000, { integer: true }),
        default: 100,
        hint: 'Steps between two drops.',
      },
    ],
    hint: 'η decay^⌊t / every⌋ at step t',
  },
  cosine: {
    label: 'cosine',
    parameters: [],
    hint: 'η (1 + cos(π t / steps)) / 2 at step t: down to 0 at the last',
  },
}

/** Describes the permitted values of a parameter. */
export function rangeOf({ kind: { bounds, choices = [] }, range }: Parameter): string {
  if (range) return range
  if (!bounds) return `one of ${choices.join(', ')}`
  return `a ${bounds.integer ? 'whole number' : 'number'} from ${bounds.min} to ${bounds.max}`
}

/** A rule with its parameters as published. */
export function defaultRule(name: RuleName): RuleSpec {
  const parameters = rules[name].parameters.map((parameter) => [parameter.name, parameter.default])
  return { name, ...Object.fromEntries(parameters) } as RuleSpec
}

/**
 * A rule's own learning rate. The steps of rules with the plain gradient grow with the loss: a
 * rate under half the sum equals n / 2 times the rate under the mean.
 */
export function defaultLearningRate(name: RuleName, loss: LossName, sampleCount: number): number {
  const { learningRate } = rules[name]
  const isScaled = !['adagrad', 'rmsprop', 'adam', 'newton'].includes(name)
  if (loss !== 'half' || !isScaled) return learningRate
  return Number(((2 * learningRate) / sampleCount).toPrecision(2))
}
