/** Converts between places on a map and starts (with their rates), whatever the map's axes are. */
import type { AxisName } from '../model/outcomes/outcome'
import type { Range } from '../model/starts'
import { leadingRunner } from '../settings/runners'
import type { Settings } from '../settings/settings'
import type { MapAxis } from './mapFrame'
import type { Picture, Place } from './picture'

export interface PlaneAxis {
  name: AxisName
  range: Range
}

/** Columns, then rows. */
export type PlaneAxes = readonly [PlaneAxis, PlaneAxis]

const labels: Record<AxisName, string> = { w: 'w', b: 'b', log10Rate: 'η' }

/** The plane that the map shows: of its outcomes if there are any, else of the surface. */
export function planeAxes({ outcomes, surface, settings }: Picture): PlaneAxes {
  const axes = outcomes?.maps[0]?.map.job.axes
  if (axes) {
    const [columns, rows] = axes.map(({ name, range: [min, max] }): PlaneAxis => {
      return { name, range: [min, max] }
    })
    return [columns, rows]
  }
  const { w, b } = surface?.job ?? settings.view
  return [
    { name: 'w', range: [w[0], w[1]] },
    { name: 'b', range: [b[0], b[1]] },
  ]
}

export function hasRates(axes: PlaneAxes): boolean {
  return axes.some(({ name }) => name === 'log10Rate')
}

/** The place at shares of the sides; values without an axis come from the settings. */
export function placeAt(
  axes: PlaneAxes,
  shares: readonly [u: number, v: number],
  settings: Settings,
): Place {
  const { start } = settings
  const { learningRate } = leadingRunner(settings).runner
  const place = { w: start[0], b: start[1], log10Rate: Math.log10(learningRate) }
  axes.forEach(({ name, range: [min, max] }, k) => {
    place[name] = min + shares[k] * (max - min)
  })
  const { w, b, log10Rate } = place
  return hasRates(axes) ? [w, b, 10 ** log10Rate] : [w, b]
}

/** A place in the numbers of both axes; if it has no rate, the rate of the settings. */
export function onAxes(
  axes: PlaneAxes,
  [w, b, rate]: Place,
  settings: Settings,
): [column: number, row: number] {
  const values = {
    w,
    b,
    log10Rate: Math.log10(rate ?? leadingRunner(settings).runner.learningRate),
  }
  return [values[axes[0].name], values[axes[1].name]]
}

/** Shares of the sides for two numbers on the axes. */
export function sharesOf(
  axes: PlaneAxes,
  at: readonly [column: number, row: number],
): [u: number, v: number] {
  const [u, v] = axes.map(({ range: [min, max] }, k) => (at[k] - min) / (max - min))
  return [u, v]
}

export function asMapAxis({ name, range }: PlaneAxis): MapAxis {
  return { label: labels[name], range, isLogarithmic: name === 'log10Rate' }
}
