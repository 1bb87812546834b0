/** What the panel shows: its folders and their rows. */
import { type InnerField, leadingRate } from '../settings/fields'
import type { Settings } from '../settings/settings'
import type { NumberEntry } from '../widgets/numberField'

export interface Row {
  path: string
  /** The number that it shows, where that stands inside the setting. */
  inner?: InnerField
  label: string
  /** Labels of choices; those not named stand as they are. */
  words?: Record<string, string>
  /** Where the table's own bounds make no good slider: other ends, or none. */
  slider?: Partial<NonNullable<NumberEntry['slider']>> | null
  /** Which of a pair's two numbers. */
  element?: 0 | 1
  /** What it means, where the label can not say it. */
  hint?: string
  /** Rows that say nothing under the present settings are greyed out. */
  matters?(settings: Settings): boolean
}

interface Folder {
  title: string
  rows: readonly Row[]
  /** The one lens that it is shown in. */
  lens?: Settings['lens']
  closed?: boolean
}

const descending = ({ lens, starts }: Settings) =>
  lens === 'descend' && starts.arrangement !== 'one'

const ofNeuron = ({ why }: Settings) => why.part !== 'cubicAndSquare'

/** Of w³ + b², which is shown from -2 to 2. */
const ofWarmUp = {
  matters: (settings: Settings) => !ofNeuron(settings),
  slider: { min: -2, max: 2 },
}

export const folders: readonly Folder[] = [
  {
    title: 'Data',
    rows: [
      {
        path: 'loss',
        label: 'loss',
        words: { mean: 'squared, mean', half: 'squared, half sum', crossEntropy: 'cross-entropy' },
      },
    ],
  },
  {
    title: 'Starts',
    rows: [
      {
        path: 'starts.arrangement',
        label: 'arrangement',
        words: { one: 'chosen start' },
        matters: ({ lens }) => lens === 'descend',
      },
      {
        path: 'starts.perSide',
        label: 'per side',
        slider: { logarithmic: true },
        matters: descending,
      },
      {
        path: 'starts.seed',
        label: 'seed',
        slider: null,
        matters: descending,
      },
      { path: 'start', label: 'start w', element: 0 },
      { path: 'start', label: 'start b', element: 1 },
    ],
  },
  {
    title: 'Descent',
    rows: [
      {
        path: leadingRate.path,
        inner: leadingRate,
        label: 'rate η',
        hint: 'Of the first runner that is shown.',
        matters: ({ lens }) => lens !== 'rates',
      },
      { path: 'steps', label: 'steps', slider: { logarithmic: true } },
      {
        path: 'stop.kind',
        label: 'stop',
        words: { none: 'after all steps', gradient: '|gradient| below', loss: 'loss below' },
      },
      {
        path: 'stop.below',
        label: 'threshold',
        slider: { max: 1 },
        matters: ({ stop }) => stop.kind !== 'none',
      },
    ],
  },
  {
    title: 'Map of starts',
    lens: 'starts',
    rows: [
      {
        path: 'map.axes',
        label: 'axes',
        words: {
          'w,b': 'w × b',
          'w,log10Rate': 'w × rate',
          'b,log10Rate': 'b × rate',
          'log10Rate,w': 'rate × w',
          'log10Rate,b': 'rate × b',
        },
        hint: 'What changes across × upwards; the rest is that of the chosen start.',
      },
      { path: 'map.perSide', label: 'per side', slider: { logarithmic: true } },
      {
        path: 'map.onSurface',
        label: 'on surface',
        hint: 'Lays the colours of the map over the surface, too.',
        matters: ({ map }) => map.axes === 'w,b',
      },
      {
        path: 'map.bothLosses',
        label: 'both losses',
        hint: 'Cross-entropy beside squared error, on the same data.',
      },
    ],
  },
  {
    title: 'Sweep and crowd',
    lens: 'rates',
    rows: [
      {
        path: 'rates.sweep',
        label: 'log₁₀ η',
        hint: 'Learning rates of the sweep, as powers of ten.',
        matters: ({ rates }) => rates.part === 'sweep',
      },
      {
        path: 'rates.unit',
        label: 'cost in',
        words: { gradients: 'gradients of points' },
        hint: 'Gradients of single points compare rules by batches with those over all points.',
        matters: ({ rates }) => rates.part === 'crowd',
      },
      {
        path: 'map.perSide',
        label: 'per side',
        slider: { logarithmic: true },
        hint: 'Of the large map in the lens of starts; each small map has half as many.',
        matters: ({ rates }) => rates.part === 'crowd',
      },
    ],
  },
  {
    title: 'One step',
    lens: 'why',
    rows: [
      {
        path: 'why.surface',
        label: 'on surface',
        words: { plane: 'tangent plane', bowl: 'quadratic bowl' },
        hint: 'Taylor’s polynomial at the place of the step; heights are linear then.',
        matters: ofNeuron,
      },
      {
        path: 'why.map',
        label: 'map',
        words: { first: 'trust, first order', second: 'trust, second order' },
        hint: 'Trust is the actual change of a step over the predicted one, at every place.',
        matters: ofNeuron,
      },
      {
        path: 'why.field',
        label: 'field',
        words: { linear: 'arrows, linear', log: 'arrows, log' },
        hint: 'Arrows against the gradient, of a length that grows with it.',
        matters: ofNeuron,
      },
      {
        path: 'why.rate',
        label: 'η on w³ + b²',
        matters: ofWarmUp.matters,
      },
      { path: 'why.place', label: 'w on w³ + b²', element: 0, ...ofWarmUp },
      { path: 'why.place', label: 'b on w³ + b²', element: 1, ...ofWarmUp },
    ],
  },
  {
    title: 'What the classes mean',
    lens: 'starts',
    closed: true,
    rows: [
      {
        path: 'outcomes.radius',
        label: 'radius',
        hint: 'As near as this is at a minimum. 0.05: closer places look like one in the default view.',
      },
      {
        path: 'outcomes.stay',
        label: 'stay, steps',
        slider: { logarithmic: true },
        hint: 'So many last steps have to be there. 16: a cycle of up to 8 steps would have to leave.',
      },
      {
        path: 'outcomes.window',
        label: 'window, steps',
        slider: { logarithmic: true },
        hint: 'So many last steps are watched for rises. 64: long enough for chaos to show one.',
      },
      {
        path: 'outcomes.rise',
        label: 'rise',
        hint: 'A rise of the loss counts above this share of it. 1e-5: some 80 roundings of f32.',
      },
      {
        path: 'outcomes.plateau',
        label: 'plateau |g|',
        hint: 'A smaller gradient is nearly none. 1e-5: at a rate of 10, ten thousand steps for 1.',
      },
      {
        path: 'outcomes.receding',
        label: 'receding',
        hint: 'How low is low, from the limit at infinity (0) to the best constant (1).',
      },
    ],
  },
  {
    title: 'View',
    rows: [
      { path: 'view.w', label: 'w' },
      { path: 'view.b', label: 'b' },
      { path: 'view.resolution', label: 'resolution', slider: { min: 32, logarithmic: true } },
      { path: 'height', label: 'height', words: { excess: 'excess, log' } },
      { path: 'colours', label: 'colours' },
      { path: 'contours', label: 'contours' },
      { path: 'trails', label: 'trails' },
      { path: 'lossAxis', label: 'loss axis', hint: 'Of the timeline.' },
    ],
  },
  {
    title: 'Playback',
    rows: [
      { path: 'speed', label: 'steps/s' },
      { path: 'loop', label: 'loop' },
    ],
  },
  {
    title: 'Engine',
    rows: [{ path: 'engine', label: 'engine', words: { gpu: 'GPU', cpu: 'CPU' } }],
  },
]
