/** Views and data that suit each other: a view for the data as they are, or x standardised. */
import { roundSamples } from '../model/objective'
import {
  standardise,
  standardiseSamples,
  unstandardise,
  type XScale,
} from '../model/outcomes/standardised'
import type { StationaryPoints } from '../model/outcomes/stationaryPoints'
import type { Range } from '../model/starts'
import { coordinateBound, type Settings } from './settings'

type Plane = Pick<Settings['view'], 'w' | 'b'>
/** A fitted view without a zoom into it, and the start if that would lie outside. */
interface Fitted {
  view: Plane
  map: { columns: null; rows: null }
  start?: Settings['start']
}
const unzoomed = { columns: null, rows: null } as const

/** Sharper minima than this, in standardised coordinates, would squeeze the others together. */
const near = 24
/** Room around the points, in standardised coordinates and as a share of their extent. */
const leastRoom = 5
const roomShare = 0.5
/** Without a minimum: a part of the plane where the neuron goes from flat to steep. */
const pointless: readonly Range[] = [
  [-6, 6],
  [-8, 8],
]
/** The place of the default start in the default view. */
const startShares = [0.25, 0.75] as const

/** A view of the minima and saddles, and a start inside. */
export function fitView({ start }: Settings, points: StationaryPoints): Fitted {
  const view = viewOf(points)
  return { view, map: unzoomed, ...(isInside(view, start) ? {} : { start: startIn(view) }) }
}

function viewOf({ scale, minima, saddles, line }: StationaryPoints): Plane {
  if (scale.spread === 0) return viewOfLine(scale, line)
  const places = [...minima, ...saddles].map(({ w, b }) => standardise(w, b, scale))
  const nearest = places.filter((place) => Math.hypot(...place) < near)
  const shown = nearest.length > 0 ? nearest : places.slice(0, 1)
  const [wide, high] = pointless.map((range, k) =>
    shown.length > 0 ? withRoom(shown.map((place) => place[k])) : range,
  )
  const corners = wide.flatMap((w) => high.map((b) => unstandardise(w, b, scale)))
  return { w: roundOut(corners.map(([w]) => w)), b: roundOut(corners.map(([, b]) => b)) }
}

/** With one x alone, z = w x + b decides: the view reaches some units of z to either side. */
function viewOfLine({ mean: x }: XScale, line: StationaryPoints['line']): Plane {
  const [[low, high], rows] = pointless
  const z = line ? line.point.w * x + line.point.b : 0
  const size = Math.max(1, Math.abs(x))
  return { w: roundOut([low / size, high / size]), b: roundOut(rows.map((b) => b + z)) }
}

function withRoom(values: readonly number[]): Range {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(leastRoom, roomShare * (high - low))
  return [low - room, high + room]
}

/** The smallest range of round numbers that holds the values, as far as a view reaches. */
function roundOut(values: readonly number[]): Range {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const unit = 10 ** Math.floor(Math.log10(high - low) - 1)
  const round = (value: number) => Number((value * unit).toPrecision(12))
  const bound = (value: number) => Math.min(coordinateBound, Math.max(-coordinateBound, value))
  return [bound(round(Math.floor(low / unit))), bound(round(Math.ceil(high / unit)))]
}

function startIn(view: Plane): Settings['start'] {
  const place = ([min, max]: Range, share: number) =>
    Number((min + share * (max - min)).toPrecision(3))
  return [place(view.w, startShares[0]), place(view.b, startShares[1])]
}

function isInside({ w, b }: Plane, [atW, atB]: Settings['start']): boolean {
  return atW >= w[0] && atW <= w[1] && atB >= b[0] && atB <= b[1]
}

/** Whether standardising x would make a difference worth a word. */
export function isIllScaled({ mean, spread }: XScale): boolean {
  if (spread === 0) return false
  return Math.abs(mean) > 3 * spread || spread > 10 || spread < 0.1
}

/** The same data with x standardised, under the same neurons: the view and the start go along. */
export function standardiseX(
  { samples, start }: Settings,
  points: StationaryPoints,
): Fitted & Pick<Settings, 'samples'> {
  const { scale, minima, saddles } = points
  const moved = standardiseSamples(roundSamples(samples), scale).map(
    // Rounds to as many digits as f32 has; labels stay as they were given.
    ([x], i) => [Number(x.toPrecision(8)), samples[i][1]] as const,
  )
  const inPlace = <Point extends { w: number; b: number }>(point: Point): Point => {
    const [w, b] = standardise(point.w, point.b, scale)
    return { ...point, w, b }
  }
  const view = viewOf({
    ...points,
    scale: { mean: 0, spread: 1 },
    minima: minima.map(inPlace),
    saddles: saddles.map(inPlace),
  })
  const same = standardise(...start, scale)
  return { samples: moved, view, map: unzoomed, start: isInside(view, same) ? same : startIn(view) }
}
