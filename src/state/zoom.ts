/** Which part of the plane, or of starts and rates, the map of outcomes shows. */
import type { AxisName, OutcomeAxis } from '../model/outcome'
import type { Range } from '../model/starts'
import { coordinateBound, type MapSettings, type Settings } from './settings'

/** Powers of ten. */
const rateBounds: Range = [-4, 3]
const rateHome: Range = [-2, 3]

/** Neighbouring nodes are at least so many steps of f32 apart. */
const fewestSteps = 8

/** Widest at the first visit of a map: all of the view, or rates from 0.01 to 1000. */
function home(name: AxisName, { view }: Settings): Range {
  return name === 'log10Rate' ? rateHome : view[name]
}

/** The step of f32 at the end that is farther from 0; of a power of ten, that of its value. */
export function stepOfFloat32(name: AxisName, [min, max]: Range): number {
  if (name === 'log10Rate') return 2 ** -23 / Math.LN10
  const largest = Math.max(Math.abs(min), Math.abs(max), 2 ** -126)
  return 2 ** (Math.floor(Math.log2(largest)) - 23)
}

/** The range moved and widened into what can be computed and told apart. */
function possible(name: AxisName, range: Range, perSide: number): Range {
  const [low, high] =
    name === 'log10Rate' ? rateBounds : ([-coordinateBound, coordinateBound] as const)
  const smallest = (perSide - 1) * fewestSteps * stepOfFloat32(name, range)
  const width = Math.min(high - low, Math.max(smallest, range[1] - range[0]))
  const middle = (range[0] + range[1]) / 2
  const min = Math.min(high - width, Math.max(low, middle - width / 2))
  return width === range[1] - range[0] && min === range[0] ? range : [min, min + width]
}

function axisNames({ axes }: MapSettings): readonly [columns: AxisName, rows: AxisName] {
  return axes.split(',') as [AxisName, AxisName]
}

/** Both axes of the map, columns first. */
export function axesOf(settings: Settings): readonly [OutcomeAxis, OutcomeAxis] {
  const { map } = settings
  const axis = (name: AxisName, part: Range | null): OutcomeAxis => ({
    name,
    range: [...possible(name, part ?? home(name, settings), map.perSide), map.perSide],
  })
  const [columns, rows] = axisNames(map)
  return [axis(columns, map.columns), axis(rows, map.rows)]
}

/** What the stage shows: the part of the view that the map is zoomed to, where there is a map. */
export function shownView(settings: Settings): Settings['view'] {
  if (!followsZoom(settings)) return settings.view
  const ranges = axesOf(settings).map(({ name, range: [min, max] }) => [name, [min, max]])
  const { w, b } = { ...settings.view, ...Object.fromEntries(ranges) }
  return { ...settings.view, w, b }
}

/** The crowds of the lens of rates are maps of w and b alone. */
function followsZoom({ lens, rates, map }: Settings): boolean {
  return lens === 'starts' || (lens === 'rates' && rates.part === 'crowd' && map.axes === 'w,b')
}

export interface Zoom {
  columns: Range | null
  rows: Range | null
}

/** The zoom to two ranges, and a sentence where it can not be had as asked for. */
export function zoomTo(
  settings: Settings,
  wanted: readonly [columns: Range, rows: Range],
): { zoom: Zoom; limit: string | null } {
  const { map } = settings
  const names = axisNames(map)
  const found = wanted.map((range, k) => possible(names[k], range, map.perSide))
  const tooSmall = found.findIndex(
    ([min, max], k) => max - min > (wanted[k][1] - wanted[k][0]) * (1 + 1e-9),
  )
  const [columns, rows] = found.map((range, k) => {
    const whole = home(names[k], settings)
    const rounded = roundRange(range)
    return rounded[0] === whole[0] && rounded[1] === whole[1] ? null : rounded
  })
  return {
    zoom: { columns, rows },
    limit: tooSmall < 0 ? null : limitSentence(names[tooSmall], found[tooSmall]),
  }
}

function limitSentence(name: AxisName, range: Range): string {
  const what = name === 'log10Rate' ? 'log₁₀ η' : name
  const step = stepOfFloat32(name, range).toPrecision(2)
  return (
    `The zoom ends here: neighbouring pixels would be less than ${fewestSteps} steps of a 32-bit ` +
    `float apart (one step of ${what} is ${Number(step)} here), and their descents the same.`
  )
}

/** Around a place of the map, given as shares of its sides; a factor below 1 comes nearer. */
export function zoomAround(
  settings: Settings,
  shares: readonly [u: number, v: number],
  factor: number,
): ReturnType<typeof zoomTo> {
  const [columns, rows] = axesOf(settings).map(({ range: [min, max] }, k): Range => {
    const place = min + shares[k] * (max - min)
    return [place + (min - place) * factor, place + (max - place) * factor]
  })
  return zoomTo(settings, [columns, rows])
}

/** To six digits of its width, so that an address stays short; digits of f64 are far more. */
function roundRange([min, max]: Range): Range {
  const unit = 10 ** (Math.floor(Math.log10(max - min)) - 5)
  const digits = Math.max(0, Math.min(100, -Math.log10(unit)))
  const round = (value: number) =>
    unit < 1 ? Number(value.toFixed(Math.round(digits))) : Math.round(value / unit) * unit
  return [round(min), round(max)]
}

/** The map's settings after a change: other axes begin at their whole, not at a part of the old. */
export function mapAfter({ map }: Settings, { map: before }: Settings): MapSettings {
  const isSamePart = map.columns === before.columns && map.rows === before.rows
  return map.axes === before.axes || !isSamePart ? map : { ...map, columns: null, rows: null }
}
