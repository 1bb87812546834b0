/**
 * Every setting, once: its name, its key in the address, what it may be, its default and what it
 * makes stale. Panel, address, page API and scheduler are driven by this table.
 */
import type { StopRule } from '../model/descent'
import type { LossName } from '../model/loss'
import type { Sample } from '../model/objective'
import type { Thresholds } from '../model/outcome'
import type { Range, Starts } from '../model/starts'
import { choice, flag, type Kind, number, optional, pair, points, range } from './kinds'
import { type RunnerSettings, runnerPair, runners } from './runners'
import {
  chosen,
  classes,
  crowd,
  descents,
  drawn,
  everything,
  followed,
  followers,
  grids,
  magnified,
  nothing,
  viewed,
  zoomed,
  zoomedRates,
  zoomedSurface,
} from './stale'

export interface Settings {
  readonly lens: 'descend' | 'starts' | 'rates' | 'why'
  readonly samples: readonly Sample[]
  readonly loss: LossName
  /** The chosen start (w, b), from which every runner leaves. */
  readonly start: readonly [w: number, b: number]
  readonly starts: Readonly<Starts>
  readonly runners: readonly RunnerSettings[]
  readonly steps: number
  readonly stop: Readonly<StopRule>
  readonly view: { readonly w: Range; readonly b: Range; readonly resolution: number }
  /** What the classes of outcomes mean. */
  readonly outcomes: Readonly<Thresholds>
  readonly map: Readonly<MapSettings>
  readonly rates: Readonly<RatesSettings>
  readonly why: Readonly<WhySettings>
  readonly height: 'excess' | 'log' | 'linear'
  /** The axis of losses in the timeline. */
  readonly lossAxis: 'log' | 'linear'
  readonly colours: 'viridis' | 'cividis'
  readonly contours: boolean
  readonly trails: boolean
  readonly camera: Camera
  /** The step that is shown. */
  readonly step: number
  /** Steps a second while playing. */
  readonly speed: number
  readonly loop: boolean
  readonly engine: 'auto' | 'gpu' | 'cpu'
}

export const lenses = ['descend', 'starts', 'rates', 'why'] as const

export const mapAxes = ['w,b', 'w,log10Rate', 'b,log10Rate', 'log10Rate,w', 'log10Rate,b'] as const

/** The map of outcomes. */
export interface MapSettings {
  /** What changes from column to column, then from row to row. */
  axes: (typeof mapAxes)[number]
  /** The part that is zoomed to; null for all of it. */
  columns: Range | null
  rows: Range | null
  /** Starts along each side. */
  perSide: number
  /** Laid over the surface of the stage, too. */
  onSurface: boolean
  /** A second map beside it, of cross-entropy beside squared error or the other way round. */
  bothLosses: boolean
}

/** The lens of rates. */
export interface RatesSettings {
  /** Runners side by side, one rule over many rates, or each runner's map of starts. */
  part: 'race' | 'sweep' | 'crowd'
  /** Powers of ten: the rates of the sweep. */
  sweep: Range
  /** What the cost of a descent is counted in. */
  unit: 'steps' | 'gradients'
  /** Indices of the two runners whose difference is shown as a map. */
  pair: readonly [number, number]
}

/** The lens of one step. */
export interface WhySettings {
  /** What the card beside the stage shows: of the neuron, or one of the two functions to warm up on. */
  part: 'step' | 'angle' | 'points' | 'cubic' | 'cubicAndSquare'
  /** eta of the step under the magnifier; null is that of the descent. */
  learningRate: number | null
  /** Degrees of the direction u from the gradient, counter-clockwise from w to b: 180 is descent. */
  angle: number
  /** The dial shows what becomes of every direction, not of u alone. */
  allDirections: boolean
  /** Taylor's polynomial of order one or two, laid on the surface. */
  surface: 'none' | 'plane' | 'bowl'
  /** The loss, or actual change / change predicted by terms up to the first or second order. */
  map: 'loss' | 'first' | 'second'
  /** Arrows against the gradient, of a length that grows with it or with its logarithm. */
  field: 'none' | 'linear' | 'log'
  /** Where x^3 is looked at, and how far a step goes. */
  cubic: readonly [x: number, dx: number]
  /** Start and learning rate of the descent on w^3 + b^2. */
  place: readonly [w: number, b: number]
  rate: number
  /** Counted from 1; 0 is none. */
  lesson: number
}

/** Place of the eye: angles in degrees, distance in widths of the view, pan in shares of it. */
export interface Camera {
  readonly azimuth: number
  readonly elevation: number
  readonly distance: number
  readonly pan: readonly [number, number]
}

/** What is computed, and so can be out of date. */
export type Result =
  | 'engine'
  | 'surface'
  | 'crowd'
  | 'runs'
  | 'stationary'
  | 'outcomes'
  /** Outcomes under the other loss. */
  | 'beside'
  /** What became of each runner. */
  | 'scores'
  /** What becomes of the chosen start at each of many rates. */
  | 'sweep'
  /** A map of starts for each runner. */
  | 'crowds'
  /** The step under the magnifier. */
  | 'magnified'
  /** How far Taylor's terms can be trusted, over the view. */
  | 'trust'

export interface Field {
  /** Where it stands in Settings, parts joined by dots. */
  path: string
  /** Its name in the address. */
  key: string
  // biome-ignore lint/suspicious/noExplicitAny: a table of kinds of different values
  kind: Kind<any>
  /** What a change of it makes stale, given the settings after the change and before. */
  stale(settings: Settings, before: Settings): readonly Result[]
}

/** The most points that there can be, and the most that an address holds. */
export const mostSamples = 1024
export const samplesInAddress = 64

/**
 * Bounds of x, y, w and b: with rates up to 1000 and 100,000 steps, no intermediate result of
 * either engine then leaves the range of f32.
 */
export const coordinateBound = 1e6

/** Any part of an axis; where it ends in f32 is for zoom.ts to say. */
const part = range(-coordinateBound, coordinateBound, 1e-9)

export const fields: readonly Field[] = [
  { path: 'lens', key: 'lens', kind: choice(lenses), stale: zoomedSurface },
  { path: 'samples', key: 'data', kind: points(mostSamples, coordinateBound), stale: everything },
  { path: 'loss', key: 'loss', kind: choice(['mean', 'half', 'crossEntropy']), stale: everything },
  { path: 'start', key: 'start', kind: pair(-coordinateBound, coordinateBound), stale: chosen },
  {
    path: 'starts.arrangement',
    key: 'starts',
    kind: choice(['grid', 'random', 'ring', 'one']),
    stale: crowd,
  },
  {
    path: 'starts.perSide',
    key: 'side',
    kind: number(1, 1024, { integer: true }),
    stale: crowd,
  },
  {
    path: 'starts.seed',
    key: 'seed',
    kind: number(0, 2 ** 32 - 1, { integer: true }),
    stale: crowd,
  },
  { path: 'runners', key: 'run', kind: runners, stale: followers },
  { path: 'steps', key: 'steps', kind: number(1, 100_000, { integer: true }), stale: descents },
  { path: 'stop.kind', key: 'stop', kind: choice(['none', 'gradient', 'loss']), stale: followed },
  {
    path: 'stop.below',
    key: 'below',
    kind: number(1e-12, 1e6, { logarithmic: true }),
    stale: followed,
  },
  {
    path: 'view.w',
    key: 'w',
    kind: range(-coordinateBound, coordinateBound),
    stale: viewed,
  },
  {
    path: 'view.b',
    key: 'b',
    kind: range(-coordinateBound, coordinateBound),
    stale: viewed,
  },
  {
    path: 'view.resolution',
    key: 'grid',
    kind: number(2, 2048, { integer: true }),
    stale: grids,
  },
  {
    path: 'outcomes.radius',
    key: 'near',
    kind: number(1e-4, 1, { logarithmic: true }),
    stale: classes,
  },
  { path: 'outcomes.stay', key: 'stay', kind: number(1, 1000, { integer: true }), stale: classes },
  {
    path: 'outcomes.window',
    key: 'window',
    kind: number(1, 1000, { integer: true }),
    stale: classes,
  },
  {
    path: 'outcomes.rise',
    key: 'rise',
    kind: number(1e-6, 1, { logarithmic: true }),
    stale: classes,
  },
  {
    path: 'outcomes.plateau',
    key: 'flat',
    kind: number(1e-12, 1, { logarithmic: true }),
    stale: classes,
  },
  { path: 'outcomes.receding', key: 'low', kind: number(0.01, 1), stale: classes },
  { path: 'map.axes', key: 'axes', kind: choice(mapAxes), stale: zoomed },
  { path: 'map.columns', key: 'mapx', kind: optional(part), stale: zoomed },
  { path: 'map.rows', key: 'mapy', kind: optional(part), stale: zoomed },
  { path: 'map.perSide', key: 'map', kind: number(64, 1024, { integer: true }), stale: drawn },
  { path: 'map.onSurface', key: 'over', kind: flag, stale: nothing },
  { path: 'map.bothLosses', key: 'both', kind: flag, stale: nothing },
  {
    path: 'rates.part',
    key: 'part',
    kind: choice(['race', 'sweep', 'crowd']),
    stale: zoomedRates,
  },
  { path: 'rates.sweep', key: 'sweep', kind: range(-4, 3), stale: () => ['sweep'] },
  { path: 'rates.unit', key: 'unit', kind: choice(['steps', 'gradients']), stale: nothing },
  { path: 'rates.pair', key: 'pair', kind: runnerPair, stale: nothing },
  {
    path: 'why.part',
    key: 'why',
    kind: choice(['step', 'angle', 'points', 'cubic', 'cubicAndSquare']),
    stale: nothing,
  },
  {
    path: 'why.learningRate',
    key: 'eta',
    kind: optional(number(1e-4, 1e6, { logarithmic: true })),
    stale: () => ['magnified', 'trust'],
  },
  { path: 'why.angle', key: 'beta', kind: number(0, 360), stale: magnified },
  { path: 'why.allDirections', key: 'dirs', kind: flag, stale: nothing },
  { path: 'why.surface', key: 'lay', kind: choice(['none', 'plane', 'bowl']), stale: nothing },
  { path: 'why.map', key: 'trust', kind: choice(['loss', 'first', 'second']), stale: nothing },
  { path: 'why.field', key: 'field', kind: choice(['none', 'linear', 'log']), stale: nothing },
  { path: 'why.cubic', key: 'cubic', kind: pair(-4, 4), stale: nothing },
  { path: 'why.place', key: 'at', kind: pair(-2, 2), stale: nothing },
  {
    path: 'why.rate',
    key: 'rate',
    kind: number(1e-3, 1, { logarithmic: true }),
    stale: nothing,
  },
  { path: 'why.lesson', key: 'lesson', kind: number(0, 10, { integer: true }), stale: nothing },
  { path: 'height', key: 'height', kind: choice(['excess', 'log', 'linear']), stale: nothing },
  { path: 'lossAxis', key: 'axis', kind: choice(['log', 'linear']), stale: nothing },
  { path: 'colours', key: 'colours', kind: choice(['viridis', 'cividis']), stale: nothing },
  { path: 'contours', key: 'contours', kind: flag, stale: nothing },
  { path: 'trails', key: 'trails', kind: flag, stale: nothing },
  { path: 'camera.azimuth', key: 'az', kind: number(-360, 360), stale: nothing },
  { path: 'camera.elevation', key: 'el', kind: number(0, 90), stale: nothing },
  { path: 'camera.distance', key: 'dist', kind: number(0.1, 10), stale: nothing },
  { path: 'camera.pan', key: 'pan', kind: pair(-2, 2), stale: nothing },
  { path: 'step', key: 'step', kind: number(0, 100_000, { integer: true }), stale: magnified },
  { path: 'speed', key: 'speed', kind: number(1, 10_000, { logarithmic: true }), stale: nothing },
  { path: 'loop', key: 'loop', kind: flag, stale: nothing },
  {
    path: 'engine',
    key: 'engine',
    kind: choice(['auto', 'gpu', 'cpu']),
    stale: () => ['engine', ...everything()],
  },
]

export const defaults: Settings = {
  lens: 'descend',
  samples: [
    [-3, 0.05],
    [-0.5, 0.2],
    [0, 0.5],
    [0.5, 0.75],
    [3, 0.65],
  ],
  loss: 'mean',
  start: [-2, 4],
  starts: { arrangement: 'grid', perSide: 32, seed: 1 },
  runners: [{ rule: { name: 'gradientDescent' }, learningRate: 10 }],
  steps: 300,
  stop: { kind: 'none', below: 1e-6 },
  view: { w: [-6, 10], b: [-8, 8], resolution: 512 },
  outcomes: {
    // Half the smallest gap between ticks of the default view: closer places look like one.
    radius: 0.05,
    // A cycle of up to 8 steps would have to leave within two of its turns.
    stay: 16,
    // Long enough for chaos to show a rise, short beside the default's 300 steps.
    window: 64,
    // Some 80 roundings of f32: sums over five samples are wrong by far less.
    rise: 1e-5,
    // At a rate of 10, ten thousand steps for one unit of w or b.
    plateau: 1e-5,
    // Nearer to the limit than to a neuron that has learned nothing but the mean.
    receding: 0.5,
  },
  map: {
    axes: 'w,b',
    columns: null,
    rows: null,
    perSide: 256,
    onSurface: true,
    bothLosses: false,
  },
  rates: { part: 'race', sweep: [-3, 3], unit: 'steps', pair: [0, 1] },
  why: {
    part: 'step',
    learningRate: null,
    angle: 180,
    allDirections: true,
    surface: 'none',
    map: 'loss',
    field: 'none',
    cubic: [1, 0.5],
    place: [1.2, 1],
    rate: 0.1,
    lesson: 0,
  },
  height: 'excess',
  lossAxis: 'log',
  colours: 'viridis',
  contours: true,
  trails: true,
  camera: { azimuth: 35, elevation: 38, distance: 2.1, pan: [0, 0] },
  step: 0,
  speed: 30,
  loop: true,
  engine: 'auto',
}
