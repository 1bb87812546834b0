/**
 * The contents of the page under lens, part and zoom: which results, which part of the plane, which
 * function.
 */
import type { StopRule } from '../model/descent'
import type { ObjectiveSpec } from '../model/objective'
import type { AxisName, OutcomeAxis } from '../model/outcomes/outcome'
import type { Range } from '../model/starts'
import { logRateEnds, type RunnerSettings } from './runners'
import { coordinateBound, type MapSettings, type Result, type Settings } from './settings'

const resultsByLens: Record<Settings['lens'], (settings: Settings) => readonly Result[]> = {
  descend: () => ['surface', 'crowd', 'runs', 'stationary'],
  starts({ map }) {
    const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'outcomes']
    return map.bothLosses ? [...shown, 'otherLoss'] : shown
  },
  rates({ rates }) {
    const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'scores']
    return rates.part === 'race' ? shown : [...shown, rates.part === 'sweep' ? 'sweep' : 'crowds']
  },
  why({ why }) {
    if (why.part === 'cubicAndSquare') return ['surface', 'runs', 'stationary']
    const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'magnified']
    return why.map === 'loss' ? shown : [...shown, 'trust']
  },
}

/** The results that the lens shows; the others wait until they are shown. */
export function shownResults(settings: Settings): readonly Result[] {
  return resultsByLens[settings.lens](settings)
}

/** Whether at least one of the results is shown. */
export function shows(settings: Settings, ...results: readonly Result[]): boolean {
  return shownResults(settings).some((result) => results.includes(result))
}

/** Powers of ten. */
const rateHome: Range = [-2, logRateEnds[1]]

/** Neighbouring nodes are at least this many steps of f32 apart. */
export const leastFloatSteps = 8

/** The range of an axis before any zoom: all of the view, or rates from 0.01 to 1000. */
export function unzoomedRange(name: AxisName, { view }: Settings): Range {
  return name === 'log10Rate' ? rateHome : view[name]
}

/** The step of f32 at the end farther from 0; for a power of ten, the step of its value. */
export function stepOfFloat32(name: AxisName, [min, max]: Range): number {
  if (name === 'log10Rate') return 2 ** -23 / Math.LN10
  const largest = Math.max(Math.abs(min), Math.abs(max), 2 ** -126)
  return 2 ** (Math.floor(Math.log2(largest)) - 23)
}

/** Moves and widens the range until it can be computed and its nodes told apart. */
export function possibleRange(name: AxisName, range: Range, perSide: number): Range {
  const [low, high] =
    name === 'log10Rate' ? logRateEnds : ([-coordinateBound, coordinateBound] as const)
  const smallest = (perSide - 1) * leastFloatSteps * stepOfFloat32(name, range)
  const width = Math.min(high - low, Math.max(smallest, range[1] - range[0]))
  const middle = (range[0] + range[1]) / 2
  const min = Math.min(high - width, Math.max(low, middle - width / 2))
  return width === range[1] - range[0] && min === range[0] ? range : [min, min + width]
}

export function axisNames({ axes }: MapSettings): readonly [columns: AxisName, rows: AxisName] {
  return axes.split(',') as [AxisName, AxisName]
}

/** Both axes of the map, columns first. */
export function axesOf(settings: Settings): readonly [OutcomeAxis, OutcomeAxis] {
  const { map } = settings
  const axis = (name: AxisName, part: Range | null): OutcomeAxis => ({
    name,
    range: [
      ...possibleRange(name, part ?? unzoomedRange(name, settings), map.perSide),
      map.perSide,
    ],
  })
  const [columns, rows] = axisNames(map)
  return [axis(columns, map.columns), axis(rows, map.rows)]
}

/** The view of the stage; w^3 + b^2 has one of its own. */
export function shownView(settings: Settings): Settings['view'] {
  return isWarmUp(settings) ? warmUpView : lossView(settings)
}

/** The part of the view that the map is zoomed to, if there is a map. */
export function lossView(settings: Settings): Settings['view'] {
  if (!followsZoom(settings)) return settings.view
  const ranges = axesOf(settings).map(({ name, range: [min, max] }) => [name, [min, max]])
  const { w, b } = { ...settings.view, ...Object.fromEntries(ranges) }
  return { ...settings.view, w, b }
}

/** Whether the stage shows the part that the map is zoomed to. Crowds are maps of w and b alone. */
export function followsZoom(settings: Settings): boolean {
  const areCrowdsZoomed = shows(settings, 'crowds') && settings.map.axes === 'w,b'
  return shows(settings, 'outcomes') || areCrowdsZoomed
}

/** The map's settings after a change: new axes start unzoomed, not at a part of the old ones. */
export function mapAfter({ map }: Settings, { map: before }: Settings): MapSettings {
  const isSamePart = map.columns === before.columns && map.rows === before.rows
  return map.axes === before.axes || !isSamePart ? map : { ...map, columns: null, rows: null }
}

/** Whether w^3 + b^2 is on the stage instead of the neuron's loss. */
export function isWarmUp({ lens, why }: Settings): boolean {
  return lens === 'why' && why.part === 'cubicAndSquare'
}

/**
 * Half the view of w^3 + b^2. A descent on it has run away once it is three times as far to the
 * left.
 */
export const warmUpReach = 2
export const ranAwayBelow = -3 * warmUpReach
const warmUpSide: Range = [-warmUpReach, warmUpReach]
const warmUpView = { w: warmUpSide, b: warmUpSide, resolution: 129 }

export interface ShownDescents {
  objective: ObjectiveSpec
  start: readonly [w: number, b: number]
  runners: readonly RunnerSettings[]
  stop: StopRule
}

/** The function on the stage, and the descents on it from the chosen start. */
export function shownDescents(settings: Settings): ShownDescents {
  const { samples, loss, start, runners, stop, why } = settings
  if (!isWarmUp(settings)) {
    return { objective: { kind: 'neuron', samples, loss }, start, runners, stop }
  }
  return {
    objective: { kind: 'cubicAndSquare' },
    start: why.place,
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: why.rate }],
    stop: { kind: 'none', below: 0 },
  }
}

/** Only the neuron has trust: while w^3 + b^2 is on the stage, the map shows its values. */
export function shownMap(settings: Settings): Settings['why']['map'] {
  return isWarmUp(settings) ? 'loss' : settings.why.map
}

/** Only a linear axis keeps a plane flat and can show negative values. */
export function shownHeight(settings: Settings): Settings['height'] {
  const isLaid = shows(settings, 'magnified') && settings.why.surface !== 'none'
  return isLaid || isWarmUp(settings) ? 'linear' : settings.height
}

/** The loss axis of the timeline; w^3 + b^2 has negative values as well. */
export function shownLossAxis(settings: Settings): Settings['lossAxis'] {
  return isWarmUp(settings) ? 'linear' : settings.lossAxis
}

/** The name of the value that heights and colours of the stage show. */
export function valueName(settings: Settings): string {
  return isWarmUp(settings) ? 'f' : 'loss'
}

/** Whether a map or chart is the large view, and the stage the small one. */
export function isStageSmall(settings: Settings): boolean {
  return shows(settings, 'outcomes', 'sweep', 'crowds')
}

/** Playback is off beside maps, charts and the step under the magnifier: it would slow them down. */
export function playsByItself(settings: Settings): boolean {
  return shows(settings, 'crowd', 'scores') && !isStageSmall(settings)
}
