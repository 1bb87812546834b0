/** The part of a map that a drawn rectangle means. */
import type { Range } from '../model/starts'
import type { Settings } from '../state/settings'
import { axesOf } from '../state/zoom'
import type { ZoomGesture } from '../view/picture'

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
