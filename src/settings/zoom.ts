/** Zooming the map of outcomes: where a gesture leads, and where it ends. */
import type { AxisName } from '../model/outcomes/outcome'
import type { Range } from '../model/starts'
import type { Settings } from './settings'
import {
  axesOf,
  axisNames,
  leastFloatSteps,
  possibleRange,
  stepOfFloat32,
  unzoomedRange,
} from './shown'

export interface Zoom {
  columns: Range | null
  rows: Range | null
}

/** The zoom to two ranges, and a sentence if it cannot be as close as requested. */
export function zoomTo(
  settings: Settings,
  wanted: readonly [columns: Range, rows: Range],
): { zoom: Zoom; limit: string | null } {
  const { map } = settings
  const names = axisNames(map)
  const found = wanted.map((range, k) => possibleRange(names[k], range, map.perSide))
  const tooSmall = found.findIndex(
    ([min, max], k) => max - min > (wanted[k][1] - wanted[k][0]) * (1 + 1e-9),
  )
  const [columns, rows] = found.map((range, k) => {
    const whole = unzoomedRange(names[k], settings)
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
    `The zoom ends here: neighbouring pixels would be less than ${leastFloatSteps} steps of a 32-bit ` +
    `float apart (one step of ${what} is ${Number(step)} here), so their descents would be the same.`
  )
}

/** Zooms around a place of the map, given as shares of its sides; a factor below 1 zooms in. */
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

/** Rounds to six digits of the width, because all digits of f64 would make an address long. */
function roundRange([min, max]: Range): Range {
  const unit = 10 ** (Math.floor(Math.log10(max - min)) - 5)
  const digits = Math.max(0, Math.min(100, -Math.log10(unit)))
  const round = (value: number) =>
    unit < 1 ? Number(value.toFixed(Math.round(digits))) : Math.round(value / unit) * unit
  return [round(min), round(max)]
}
