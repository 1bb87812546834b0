/** Data sets worth a look, each with a view, a number of steps and a rate that show why. */
import type { Sample } from '../model/objective'
import { uniform } from '../model/pcg'
import { defaults, type Settings } from './settings'

type Shown = Pick<Settings, 'samples' | 'loss' | 'start' | 'runners' | 'steps'> & {
  view: Pick<Settings['view'], 'w' | 'b'>
}

export interface Preset {
  name: string
  label: string
  source: string
  /** A sentence that says what to look at. */
  reason: string
  /** The lens that shows it best, if any. */
  lens?: Settings['lens']
  settings: Shown
}

const descentAt = (learningRate: number): Settings['runners'] => [
  { rule: { name: 'gradientDescent' }, learningRate },
]

const { samples, loss, start, runners, steps, view } = defaults

export const presets: readonly Preset[] = [
  {
    name: 'odd',
    label: 'rising curve, one odd point',
    source: 'Made for Steepest: four points of a sigmoid, and a fifth that is too low.',
    reason:
      'Two minima with losses 2 % apart, one sharp and one flat; the rate decides which one holds.',
    settings: { samples, loss, start, runners, steps, view: { w: view.w, b: view.b } },
  },
  {
    name: 'exercise',
    label: 'classic exercise, two points',
    source: 'The two-point exercise of Mitesh Khapra, CS7015 Deep Learning, IIT Madras.',
    reason: 'From (-2, -2) descent first creeps over a plateau, then finds a perfect fit.',
    settings: {
      samples: [
        [0.5, 0.2],
        [2.5, 0.9],
      ],
      loss: 'half',
      start: [-2, -2],
      runners: descentAt(1),
      steps: 1000,
      view: { w: [-5, 7], b: [-8, 4] },
    },
  },
  {
    name: 'threeMinima',
    label: 'five points, three minima',
    source: 'Found by a seeded search over five-point sets with Newton from many starts.',
    reason: 'Three places to end, near (8.5, 6.9), (1.5, 0.8) and, far worse, (-10.7, 6.5).',
    settings: {
      samples: [
        [0.429, 0.875],
        [-1.069, 0.238],
        [0.566, 0.618],
        [-0.973, 0.101],
        [-0.65, 0.819],
      ],
      loss: 'mean',
      start: [-4, 8],
      runners: descentAt(10),
      steps: 1000,
      view: { w: [-16, 16], b: [-6, 14] },
    },
  },
  {
    name: 'separable',
    label: 'labels 0 and 1, separable',
    source: 'The textbook case of logistic regression on separable classes.',
    reason: 'There is no minimum: the loss falls for ever towards 0 as the step gets steeper.',
    settings: {
      samples: [
        [-2, 0],
        [-1, 0],
        [1, 1],
        [2, 1],
      ],
      loss: 'mean',
      start: [-3, 5],
      runners: descentAt(10),
      steps: 300,
      view: { w: [-5, 15], b: [-10, 10] },
    },
  },
  {
    name: 'overlapping',
    label: 'labels 0 and 1, overlapping',
    source: 'Logistic regression as it is taught: overlapping classes, cross-entropy.',
    reason: 'Cross-entropy is convex: whatever the start, there is one place to end.',
    settings: {
      samples: [
        [-3, 0],
        [-2, 0],
        [-1, 1],
        [-0.5, 0],
        [0.5, 1],
        [1, 0],
        [2, 1],
        [3, 1],
      ],
      loss: 'crossEntropy',
      start: [-4, 4],
      runners: descentAt(2),
      steps: 100,
      view: { w: [-6, 8], b: [-7, 7] },
    },
  },
  {
    name: 'noisy',
    label: 'noisy sigmoid, 24 points',
    source: 'sigmoid(1.5 x - 0.5) at 24 places, with seeded noise of up to 0.12.',
    reason: 'Many honest points make one broad basin: the usual case.',
    settings: {
      samples: noisySigmoid(24),
      loss: 'mean',
      start: [-4, 5],
      runners: descentAt(10),
      steps: 300,
      view: { w: [-6, 8], b: [-7, 7] },
    },
  },
  {
    name: 'flatBest',
    lens: 'starts',
    label: 'four points, the flat minimum is best',
    source: 'Found by npm run search, seed 154.',
    reason:
      'The rate alone decides: at 10 the best minimum takes 75 % of the starts, at 35 all of them.',
    settings: {
      samples: [
        [0.3, 0.27],
        [-0.4, 0.58],
        [-0.3, 0.94],
        [2.8, 0.24],
      ],
      loss: 'mean',
      start: [3, -2],
      runners: descentAt(10),
      steps: 1000,
      view: { w: [-8, 4], b: [-4, 5] },
    },
  },
  {
    name: 'sharpWorse',
    lens: 'starts',
    label: 'four points, the sharp minimum is worse',
    source: 'Found by npm run search, seed 758.',
    reason:
      'At 10 the worse minimum keeps 37 % of the starts; at 18 it is too sharp and keeps 0 %.',
    settings: {
      samples: [
        [1.3, 0.8],
        [-3, 0.34],
        [0.8, 0.46],
        [0.1, 0.22],
      ],
      loss: 'mean',
      start: [-3, 3],
      runners: descentAt(10),
      steps: 1000,
      view: { w: [-4, 7], b: [-6, 4] },
    },
  },
  {
    name: 'sharpBest',
    lens: 'starts',
    label: 'four points, the sharp minimum is best',
    source: 'Found by npm run search, seed 213.',
    reason: 'At 10 the best minimum takes 44 % of the starts; at 18, too sharp, it takes 0 %.',
    settings: {
      samples: [
        [0.4, 0.1],
        [-2.3, 0.24],
        [-2, 0.29],
        [1.7, 0.66],
      ],
      loss: 'mean',
      start: [-2, 3],
      runners: descentAt(10),
      steps: 1000,
      view: { w: [-4, 7], b: [-7, 4] },
    },
  },
  {
    name: 'halves',
    lens: 'starts',
    label: 'five points, two basins alike',
    source: 'Found by npm run search, seed 778.',
    reason:
      'At 10 either minimum takes 50 % of the starts; at 35 the worse one, being flat, takes 100 %.',
    settings: {
      samples: [
        [0.3, 0.85],
        [1.9, 0.66],
        [0.7, 0.88],
        [-0.3, 0.31],
        [-2.3, 0.4],
      ],
      loss: 'mean',
      start: [-2, 3],
      runners: descentAt(10),
      steps: 1000,
      view: { w: [-4, 8], b: [-4, 5] },
    },
  },
  {
    name: 'plateaus',
    lens: 'starts',
    label: 'two points far out, wide plateaus',
    source: 'Made for Steepest: both x on one side, so that b alone saturates the neuron.',
    reason:
      'Half of the starts see no gradient: plateaus hold 51 % of them at 1, and 54 % still at 10; ' +
      'in 32-bit floats many of these are frozen.',
    settings: {
      samples: [
        [1, 0.2],
        [4, 0.8],
      ],
      loss: 'mean',
      start: [-4, 6],
      runners: descentAt(1),
      steps: 500,
      view: { w: [-8, 8], b: [-20, 12] },
    },
  },
]

/** Points of sigmoid(1.5 x - 0.5) over [-4, 4] with uniform noise, rounded as if typed by hand. */
function noisySigmoid(count: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const x = -4 + (8 * i) / (count - 1)
    const y = 1 / (1 + Math.exp(-(1.5 * x - 0.5))) + 0.24 * (uniform(24, i) - 0.5)
    return [Number(x.toFixed(2)), Number(Math.min(1, Math.max(0, y)).toFixed(3))]
  })
}

/** The preset that matches the settings in everything it sets; it does not set several runners. */
export function presetOf(settings: Settings): string | null {
  const found = presets.find(({ settings: { view, runners, ...others } }) => {
    const rest = settings.runners.length > 1 ? others : { ...others, runners }
    const same = (wanted: object, actual: object) =>
      Object.entries(wanted).every(([key, value]) => {
        const found: unknown = actual[key as keyof typeof actual]
        // Avoids writing a thousand points for each preset of five.
        return (
          Object(value).length === Object(found).length &&
          JSON.stringify(value) === JSON.stringify(found)
        )
      })
    return same(rest, settings) && same(view, settings.view)
  })
  return found?.name ?? null
}
