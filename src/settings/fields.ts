/**
 * Lists every setting once: its name, its key in the address, its permitted values and the results
 * it makes stale. This table drives panel, address, page API and scheduler.
 */
import { isSpread } from '../model/starts'
import {
  choice,
  flag,
  type Kind,
  mostSamples,
  number,
  optional,
  pair,
  points,
  range,
  seed,
} from './kinds'
import {
  leadingRunner,
  learningRate,
  logRateEnds,
  rateOfStep,
  runnerPair,
  runners,
  withLeadingRate,
} from './runners'
import {
  coordinateBound,
  fastestSpeed,
  lenses,
  mapAxes,
  mostListedStarts,
  mostSteps,
  type Result,
  type Settings,
} from './settings'
import { followsZoom, isWarmUp, warmUpReach } from './shown'

const maps: readonly Result[] = ['outcomes', 'otherLoss']
/** The step under the magnifier belongs to a run. */
const paths: readonly Result[] = ['runs', 'magnified']
const comparisons: readonly Result[] = ['scores', 'sweep', 'crowds']
const nothing = (): readonly Result[] => []
const descents = (): readonly Result[] => ['crowd', ...paths, ...maps, ...comparisons]
const everything = (): readonly Result[] => [...grids(), 'stationary', ...descents()]
const crowd = (): readonly Result[] => ['crowd']
const surface = (): readonly Result[] => ['surface']
/** Everything that is computed on a grid over the view. */
const grids = (): readonly Result[] => ['surface', 'trust']
const byThreshold = (): readonly Result[] => [...maps, ...comparisons]
const byStopRule = (): readonly Result[] => ['crowd', ...paths, 'scores']
const magnified = (): readonly Result[] => ['magnified']
/** w^3 + b^2 replaces the neuron's loss on the stage, or the loss comes back. */
const replaced = (settings: Settings, before: Settings): readonly Result[] =>
  isWarmUp(settings) === isWarmUp(before) ? [] : ['surface', ...paths]
const warmUpRuns = (settings: Settings): readonly Result[] => (isWarmUp(settings) ? ['runs'] : [])
/** Crowd, maps and sweep follow the first visible runner; hiding others does not affect them. */
const byLeadingRunner = (settings: Settings, before: Settings): readonly Result[] => {
  const [now, old] = [settings, before].map((each) => leadingRunner(each).runner)
  const isRuleNew = JSON.stringify(now.rule) !== JSON.stringify(old.rule)
  const isNew = isRuleNew || now.learningRate !== old.learningRate
  // A map with an axis of rates has them all, whatever the runner's rate.
  const areMapsNew = settings.map.axes === 'w,b' ? isNew : isRuleNew
  return [
    ...paths,
    'scores',
    'crowds',
    ...(isNew ? (['crowd', 'trust'] as const) : []),
    ...(areMapsNew ? maps : []),
    ...(isRuleNew ? (['sweep'] as const) : []),
  ]
}
const byView = ({ starts }: Settings): readonly Result[] => [
  ...grids(),
  'crowds',
  ...maps,
  ...(isSpread(starts) ? crowd() : []),
]
const bySpread = ({ starts }: Settings) => (isSpread(starts) ? crowd() : nothing())
const byList = ({ starts }: Settings) => (starts.arrangement === 'list' ? crowd() : nothing())
const byStart = ({ starts, map }: Settings): readonly Result[] => [
  ...paths,
  'scores',
  'sweep',
  ...(starts.arrangement === 'one' ? crowd() : []),
  ...(map.axes === 'w,b' ? [] : maps),
]
const byMap = (): readonly Result[] => [...maps, 'crowds']
/** The surface of the stage shows the part that the map is zoomed to. */
const zoomed = (): readonly Result[] => [...surface(), ...byMap()]
const zoomedSurface = ({ map }: Settings) => (map.columns || map.rows ? surface() : nothing())
/** The stage follows the map's zoom in some lenses and parts, and shows the whole view in others. */
const byZoomedView = (settings: Settings, before: Settings) =>
  followsZoom(settings) === followsZoom(before) ? nothing() : zoomedSurface(settings)
const lensChanged = (settings: Settings, before: Settings) => [
  ...byZoomedView(settings, before),
  ...replaced(settings, before),
]

export interface Field {
  /** Its path in Settings, parts joined by dots. */
  path: string
  /** Its name in the address. */
  key: string
  // biome-ignore lint/suspicious/noExplicitAny: a table of kinds of different values
  kind: Kind<any>
  /** Results that a change of it makes stale, given the settings after and before the change. */
  stale(settings: Settings, before: Settings): readonly Result[]
}

/** Any range of an axis; zoom.ts limits it to what f32 resolves. */
const zoomedRange = range(-coordinateBound, coordinateBound, 1e-9)

/** A number with a control of its own, though the table holds it inside another setting. */
export interface InnerField {
  /** Path of the setting that holds it. */
  path: string
  kind: Kind<number>
  get(settings: Settings): number
  /** The whole setting with another, still unchecked, value of the number. */
  within(settings: Settings, value: unknown): unknown
}

/** The learning rate of the first visible runner, which crowd, maps and sweep use as well. */
export const leadingRate: InnerField = {
  path: 'runners',
  kind: learningRate,
  get: (settings) => leadingRunner(settings).runner.learningRate,
  within: withLeadingRate,
}

/** Kinds that scripts and the command line ask for as well. */
export const kinds = {
  samples: points(mostSamples, coordinateBound),
  loss: choice(['mean', 'half', 'crossEntropy']),
  place: pair(-coordinateBound, coordinateBound),
  side: range(-coordinateBound, coordinateBound),
  steps: number(1, mostSteps, { integer: true }),
  resolution: number(2, 2048, { integer: true }),
  mapNodes: number(64, 1024, { integer: true }),
}

/** A setting by its path. */
export function fieldAt(path: string): Field {
  const field = fieldsByPath.get(path)
  if (!field) throw new Error(`There is no setting '${path}'.`)
  return field
}

export const fields: readonly Field[] = [
  { path: 'lens', key: 'lens', kind: choice(lenses), stale: lensChanged },
  { path: 'samples', key: 'data', kind: kinds.samples, stale: everything },
  { path: 'loss', key: 'loss', kind: kinds.loss, stale: everything },
  { path: 'start', key: 'start', kind: kinds.place, stale: byStart },
  {
    path: 'starts.arrangement',
    key: 'starts',
    kind: choice(['grid', 'random', 'ring', 'list', 'one']),
    stale: crowd,
  },
  {
    path: 'starts.perSide',
    key: 'side',
    kind: number(1, 1024, { integer: true }),
    stale: bySpread,
  },
  {
    path: 'starts.seed',
    key: 'seed',
    kind: seed,
    stale: bySpread,
  },
  {
    path: 'starts.list',
    key: 'list',
    kind: points(mostListedStarts, coordinateBound, 'starts [w, b]'),
    stale: byList,
  },
  { path: 'runners', key: 'run', kind: runners, stale: byLeadingRunner },
  { path: 'steps', key: 'steps', kind: kinds.steps, stale: descents },
  { path: 'stop.kind', key: 'stop', kind: choice(['none', 'gradient', 'loss']), stale: byStopRule },
  {
    path: 'stop.below',
    key: 'below',
    kind: number(1e-12, 1e6, { logarithmic: true }),
    stale: byStopRule,
  },
  {
    path: 'view.w',
    key: 'w',
    kind: kinds.side,
    stale: byView,
  },
  {
    path: 'view.b',
    key: 'b',
    kind: kinds.side,
    stale: byView,
  },
  {
    path: 'view.resolution',
    key: 'grid',
    kind: kinds.resolution,
    stale: grids,
  },
  {
    path: 'outcomes.radius',
    key: 'near',
    kind: number(1e-4, 1, { logarithmic: true }),
    stale: byThreshold,
  },
  {
    path: 'outcomes.stay',
    key: 'stay',
    kind: number(1, 1000, { integer: true }),
    stale: byThreshold,
  },
  {
    path: 'outcomes.window',
    key: 'window',
    kind: number(1, 1000, { integer: true }),
    stale: byThreshold,
  },
  {
    path: 'outcomes.rise',
    key: 'rise',
    kind: number(1e-6, 1, { logarithmic: true }),
    stale: byThreshold,
  },
  {
    path: 'outcomes.plateau',
    key: 'flat',
    kind: number(1e-12, 1, { logarithmic: true }),
    stale: byThreshold,
  },
  { path: 'outcomes.receding', key: 'low', kind: number(0.01, 1), stale: byThreshold },
  { path: 'map.axes', key: 'axes', kind: choice(mapAxes), stale: zoomed },
  { path: 'map.columns', key: 'mapx', kind: optional(zoomedRange), stale: zoomed },
  { path: 'map.rows', key: 'mapy', kind: optional(zoomedRange), stale: zoomed },
  { path: 'map.perSide', key: 'map', kind: kinds.mapNodes, stale: byMap },
  { path: 'map.onSurface', key: 'over', kind: flag, stale: nothing },
  { path: 'map.bothLosses', key: 'both', kind: flag, stale: nothing },
  {
    path: 'rates.part',
    key: 'part',
    kind: choice(['race', 'sweep', 'crowd']),
    stale: byZoomedView,
  },
  { path: 'rates.sweep', key: 'sweep', kind: range(...logRateEnds), stale: () => ['sweep'] },
  { path: 'rates.unit', key: 'unit', kind: choice(['steps', 'gradients']), stale: nothing },
  { path: 'rates.pair', key: 'pair', kind: runnerPair, stale: nothing },
  {
    path: 'why.part',
    key: 'why',
    kind: choice(['step', 'angle', 'points', 'cubic', 'cubicAndSquare']),
    stale: replaced,
  },
  {
    path: 'why.learningRate',
    key: 'eta',
    kind: optional(rateOfStep),
    stale: () => ['magnified', 'trust'],
  },
  { path: 'why.angle', key: 'beta', kind: number(0, 360), stale: magnified },
  { path: 'why.allDirections', key: 'dirs', kind: flag, stale: nothing },
  { path: 'why.surface', key: 'lay', kind: choice(['none', 'plane', 'bowl']), stale: nothing },
  { path: 'why.map', key: 'trust', kind: choice(['loss', 'first', 'second']), stale: nothing },
  { path: 'why.field', key: 'field', kind: choice(['none', 'linear', 'log']), stale: nothing },
  { path: 'why.cubic', key: 'cubic', kind: pair(-4, 4), stale: nothing },
  { path: 'why.place', key: 'at', kind: pair(-warmUpReach, warmUpReach), stale: warmUpRuns },
  {
    path: 'why.rate',
    key: 'rate',
    kind: number(1e-3, 1, { logarithmic: true }),
    stale: warmUpRuns,
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
  { path: 'step', key: 'step', kind: number(0, mostSteps, { integer: true }), stale: magnified },
  {
    path: 'speed',
    key: 'speed',
    kind: number(1, fastestSpeed, { logarithmic: true }),
    stale: nothing,
  },
  { path: 'loop', key: 'loop', kind: flag, stale: nothing },
  {
    path: 'engine',
    key: 'engine',
    kind: choice(['auto', 'gpu', 'cpu']),
    stale: () => ['engine', ...everything()],
  },
]

export const fieldsByPath: ReadonlyMap<string, Field> = new Map(
  fields.map((field) => [field.path, field]),
)
