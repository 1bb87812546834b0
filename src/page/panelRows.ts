/** The panel's folders and their rows. */
import { isSpread, type Range } from '../model/starts'
import { type InnerField, leadingRate } from '../settings/fields'
import type { Settings } from '../settings/settings'
import { isWarmUp, shows } from '../settings/shown'
import type { NumberEntry } from '../widgets/numberField'

export interface Row {
  path: string
  /** Reads and writes the shown number if it is inside the setting's value. */
  inner?: InnerField
  label: string
  /** Labels of choices; the others are shown by their value. */
  words?: Record<string, string>
  /** Other ends for the slider, or null for none, if the bounds of the setting do not suit it. */
  slider?: Partial<NonNullable<NumberEntry['slider']>> | null
  /** The slider's ends, if they follow other settings. */
  ends?(settings: Settings): Range
  /** The index of the number in a pair. */
  element?: 0 | 1
  /** An explanation, if the label does not say enough. */
  hint?: string
  /** Rows that few people need are there only where they have an effect. */
  isHidden?(settings: Settings): boolean
  /** Rows without effect under the present settings are greyed out. */
  matters?(settings: Settings): boolean
}

interface Folder {
  title: string
  rows: readonly Row[]
  /** The only lens that shows it. */
  lens?: Settings['lens']
  closed?: boolean
}

const hasCrowd = (settings: Settings) => shows(settings, 'crowd')

const hasSpreadStarts = (settings: Settings) => hasCrowd(settings) && isSpread(settings.starts)

const hasListedStarts = (settings: Settings) =>
  hasCrowd(settings) && settings.starts.arrangement === 'list'

const ofNeuron = (settings: Settings) => !isWarmUp(settings)

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
        words: { list: 'list', one: 'chosen start' },
        matters: hasCrowd,
      },
      {
        path: 'starts.perSide',
        label: 'per side',
        slider: { logarithmic: true },
        matters: hasSpreadStarts,
      },
      {
        path: 'starts.seed',
        label: 'seed',
        slider: null,
        matters: hasSpreadStarts,
      },
      {
        path: 'starts.list',
        label: 'w,b; w,b; …',
        hint: 'A descent from each of these places.',
        isHidden: (settings) => !hasListedStarts(settings),
      },
      { path: 'start', label: 'start w', element: 0, ends: ({ view }) => view.w },
      { path: 'start', label: 'start b', element: 1, ends: ({ view }) => view.b },
    ],
  },
  {
    title: 'Descent',
    rows: [
      {
        path: leadingRate.path,
        inner: leadingRate,
        label: 'rate η',
        hint: 'Belongs to the first runner shown.',
        matters: (settings) => !shows(settings, 'scores'),
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
        hint: 'Horizontal × vertical axis; everything else comes from the chosen start.',
      },
      { path: 'map.perSide', label: 'per side', slider: { logarithmic: true } },
      {
        path: 'map.onSurface',
        label: 'on surface',
        hint: 'Also lays the colours of the map over the surface.',
        matters: ({ map }) => map.axes === 'w,b',
      },
      {
        path: 'map.bothLosses',
        label: 'both losses',
        hint: 'Shows cross-entropy next to squared error, on the same data.',
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
        hint: 'For the large map in the lens of starts; each small map has half as many.',
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
        hint: 'Taylor’s polynomial at the place of the step; makes heights linear.',
        matters: ofNeuron,
      },
      {
        path: 'why.map',
        label: 'map',
        words: { first: 'trust, first order', second: 'trust, second order' },
        hint: 'Trust is the actual change of a step divided by the predicted one, at every place.',
        matters: ofNeuron,
      },
      {
        path: 'why.field',
        label: 'field',
        words: { linear: 'arrows, linear', log: 'arrows, log' },
        hint: 'Arrows against the gradient; the steeper, the longer.',
        matters: ofNeuron,
      },
      {
        path: 'why.rate',
        label: 'η on w³ + b²',
        matters: isWarmUp,
      },
      { path: 'why.place', label: 'w on w³ + b²', element: 0, matters: isWarmUp },
      { path: 'why.place', label: 'b on w³ + b²', element: 1, matters: isWarmUp },
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
        hint: 'Distance that counts as at a minimum. 0.05: closer places look like one.',
      },
      {
        path: 'outcomes.stay',
        label: 'stay, steps',
        slider: { logarithmic: true },
        hint: 'Last steps that must be there. 16: a cycle of up to 8 steps would have to leave.',
      },
      {
        path: 'outcomes.window',
        label: 'window, steps',
        slider: { logarithmic: true },
        hint: 'Last steps that are watched for rises. 64: long enough for chaos to show one.',
      },
      {
        path: 'outcomes.rise',
        label: 'rise',
        hint: 'A rise above this share of the loss counts. 1e-5: some 80 roundings of f32.',
      },
      {
        path: 'outcomes.plateau',
        label: 'plateau |g|',
        hint: 'A smaller gradient counts as flat. 1e-5: at a rate of 10, ten thousand steps for 1.',
      },
      {
        path: 'outcomes.receding',
        label: 'receding',
        hint: 'A loss below this is low, from the limit at infinity (0) to the best constant (1).',
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
      { path: 'lossAxis', label: 'loss axis', hint: 'For the timeline.' },
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
