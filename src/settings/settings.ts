/** The choices that a person has, and their defaults. fields.ts has the table of all settings. */
import type { StopRule } from '../model/descent'
import type { LossName } from '../model/loss'
import type { Sample } from '../model/objective'
import type { Thresholds } from '../model/outcomes/outcome'
import type { Range, Starts } from '../model/starts'
import type { RunnerSettings } from './runners'

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
  /** The thresholds that define the classes of outcomes. */
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
  /** The step on show. */
  readonly step: number
  /** Steps per second while playing. */
  readonly speed: number
  readonly loop: boolean
  readonly engine: 'auto' | 'gpu' | 'cpu'
}

export const lenses = ['descend', 'starts', 'rates', 'why'] as const

export const mapAxes = ['w,b', 'w,log10Rate', 'b,log10Rate', 'log10Rate,w', 'log10Rate,b'] as const

/** The map of outcomes. */
export interface MapSettings {
  /** The quantity that changes from column to column, then the one from row to row. */
  axes: (typeof mapAxes)[number]
  /** The part that is zoomed to; null is the whole map. */
  columns: Range | null
  rows: Range | null
  /** Starts along each side. */
  perSide: number
  /** Lays the map over the surface of the stage as well. */
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
  /** The unit in which the cost of a descent is counted. */
  unit: 'steps' | 'gradients'
  /** Indices of the two runners whose difference is shown as a map. */
  pair: readonly [number, number]
}

/** The lens of one step. */
export interface WhySettings {
  /**
   * The subject of the card beside the stage: a view of the neuron, or one of the two warm-up
   * functions.
   */
  part: 'step' | 'angle' | 'points' | 'cubic' | 'cubicAndSquare'
  /** eta of the step under the magnifier; null is that of the descent. */
  learningRate: number | null
  /** Degrees of the direction u from the gradient, counter-clockwise from w to b: 180 is descent. */
  angle: number
  /** The dial shows the result of every direction, not of u alone. */
  allDirections: boolean
  /** Taylor's polynomial of order one or two, laid on the surface. */
  surface: 'none' | 'plane' | 'bowl'
  /** The loss, or actual change / change predicted by terms up to the first or second order. */
  map: 'loss' | 'first' | 'second'
  /** Arrows against the gradient; their length grows with it or with its logarithm. */
  field: 'none' | 'linear' | 'log'
  /** The place at which x^3 is examined, and the length of a step. */
  cubic: readonly [x: number, dx: number]
  /** Start and learning rate of the descent on w^3 + b^2. */
  place: readonly [w: number, b: number]
  rate: number
  /** Counted from 1; 0 is no lesson. */
  lesson: number
}

/** Position of the eye: angles in degrees, distance in widths of the view, pan as shares of it. */
export interface Camera {
  readonly azimuth: number
  readonly elevation: number
  readonly distance: number
  readonly pan: readonly [number, number]
}

/** The results that are computed from the settings. */
export const computed = [
  'surface',
  'crowd',
  'runs',
  'stationary',
  'outcomes',
  // Outcomes under the other loss.
  'otherLoss',
  // The outcome of each runner.
  'scores',
  // The outcome of the chosen start at each of many rates.
  'sweep',
  // A map of starts for each runner.
  'crowds',
  // The step under the magnifier.
  'magnified',
  // How far Taylor's terms can be trusted, over the view.
  'trust',
] as const

/** Everything that a change of settings can make out of date. */
export type Result = 'engine' | (typeof computed)[number]

/** Steps per second while playing. */
export const fastestSpeed = 10_000

/** Steps of a descent. */
export const mostSteps = 100_000

/** The most points that an address holds, of data and of listed starts each. */
export const pointsInAddress = 64

/** The most starts that are listed one by one. */
export const mostListedStarts = 32_768

/** Rates of a sweep unless others are asked for, and the most that can be. */
export const sweepRates = 1024
export const mostSweepRates = 4096

/**
 * Bounds of x, y, w and b: with rates up to 1000 and 100,000 steps, no intermediate result of
 * either engine then leaves the range of f32.
 */
export const coordinateBound = 1e6

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
  starts: { arrangement: 'grid', perSide: 32, seed: 1, list: [[-2, 4]] },
  runners: [{ rule: { name: 'gradientDescent' }, learningRate: 10 }],
  steps: 300,
  stop: { kind: 'none', below: 1e-6 },
  view: { w: [-6, 10], b: [-8, 8], resolution: 512 },
  outcomes: {
    // Half the smallest gap between ticks of the default view: closer places look like one.
    radius: 0.05,
    // A cycle of up to 8 steps would have to leave within two of its turns.
    stay: 16,
    // Long enough for chaos to show a rise, short compared with the default of 300 steps.
    window: 64,
    // About 80 roundings of f32: the error of sums over five samples is far smaller.
    rise: 1e-5,
    // At a rate of 10, ten thousand steps for one unit of w or b.
    plateau: 1e-5,
    // Closer to the limit than to a neuron that has learned only the mean.
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
