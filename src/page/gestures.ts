/** Turns places on the stage or a map into starts, as exact as a hand can point, and back. */
import type { Range } from '../model/starts'
import { leadingRunner, withLeadingRate } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { axesOf, isWarmUp, shownDescents, shownView, shows, warmUpReach } from '../settings/shown'
import type { Place, ZoomGesture } from '../stage/picture'

/** The change of settings that makes a place the chosen start, and takes its rate if it has one. */
export function startAt([w, b, rate]: Place, settings: Settings): Record<string, unknown> {
  if (isWarmUp(settings)) return { step: 0, why: { place: [w, b].map(withinWarmUp) } }
  const view = shownView(settings)
  const start = [roundTo(w, view.w[1] - view.w[0]), roundTo(b, view.b[1] - view.b[0])]
  // The step under the magnifier then begins there.
  if (shows(settings, 'magnified')) return { start, step: 0 }
  if (rate === undefined) return { start }
  return { start, runners: withLeadingRate(settings, roundRate(rate, settings)) }
}

/** The place of the chosen start in the view, with its rate if the map has an axis of rates. */
export function placeOfStart(settings: Settings): Place {
  const { start } = shownDescents(settings)
  if (!shows(settings, 'outcomes') || settings.map.axes === 'w,b') return start
  return [...start, leadingRunner(settings).runner.learningRate]
}

function withinWarmUp(value: number): number {
  return Math.min(warmUpReach, Math.max(-warmUpReach, Number(value.toFixed(3))))
}

/** Rounds to five digits of the range that the value was chosen from. */
function roundTo(value: number, range: number): number {
  const unit = 10 ** (Math.floor(Math.log10(range)) - 4)
  return Number((Math.round(value / unit) * unit).toPrecision(12))
}

/** Rounds to three digits, or more if the map shows a small part of the rates. */
function roundRate(rate: number, settings: Settings): number {
  const axis = axesOf(settings).find(({ name }) => name === 'log10Rate')
  const [min, max] = axis?.range ?? [0, 1]
  return Number(rate.toPrecision(3 + Math.max(0, Math.ceil(-Math.log10(max - min)))))
}

/** The part of a map that a drawn rectangle selects. */
export function rectangleOf(
  settings: Settings,
  { from, to }: Extract<ZoomGesture, { to: unknown }>,
): [columns: Range, rows: Range] {
  const [columns, rows] = axesOf(settings).map(({ range: [min, max] }, k): Range => {
    const ends = [from[k], to[k]].sort((a, b) => a - b)
    return [min + ends[0] * (max - min), min + ends[1] * (max - min)]
  })
  return [columns, rows]
}
