/** w^3 + b^2 in place of the neuron's loss: what stage, timeline and slices are given. */
import { categories } from '../../display/colours'
import { formatCount, formatNumber } from '../../display/numbers'
import { cubicAndSquare, cubicAndSquareGrid, descendCubicAndSquare } from '../../model/step/warmUps'
import type { TimelinePicture } from '../../page/timeline/timelinePicture'
import type { Settings } from '../../settings/settings'
import type { ShownSurface } from '../../stage/picture'

type TimelineRun = TimelinePicture['runs'][number]

/** Both axes; a descent below three of these has run away. */
const reach = 2
const nodes = 129
const ranAwayBelow = 3 * reach
const slicePoints = 65

export const warmUpView = { w: [-reach, reach], b: [-reach, reach] } as const

let madeSurface: ShownSurface | null = null

export function warmUpSurface(): ShownSurface {
  madeSurface ??= makeSurface()
  return madeSurface
}

function makeSurface(): ShownSurface {
  const axis = [-reach, reach, nodes] as const
  const array = cubicAndSquareGrid(axis, axis)
  const values = array.filter((_, i) => i % 4 === 0)
  return {
    plane: { width: nodes, height: nodes, channels: 4, array, version: 0 },
    nodeStep: 1,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    job: { w: axis, b: axis },
  }
}

let made: { key: string; run: ReturnType<typeof descendCubicAndSquare> } | null = null

let shown: { made: object; run: TimelineRun } | null = null

/** For the timeline: the same object as long as the descent is. */
export function warmUpTimelineRun(settings: Settings): TimelineRun {
  const descent = warmUpRun(settings)
  if (shown?.made !== descent) {
    const run = { label: 'w³ + b²', losses: descent.values, colour: categories[0] }
    shown = { made: descent, run }
  }
  return shown.run
}

/** The same object as long as nothing in it changes. */
export function warmUpRun({
  why,
  steps,
}: Pick<Settings, 'why' | 'steps'>): ReturnType<typeof descendCubicAndSquare> {
  const key = [...why.place, why.rate, steps].join()
  if (made?.key !== key) {
    made = { key, run: descendCubicAndSquare(why.place, why.rate, steps, ranAwayBelow) }
  }
  return made.run
}

/** Where the descent stands at the shown step. */
function warmUpPlace(settings: Settings): readonly [w: number, b: number] {
  const { path } = warmUpRun(settings)
  const at = Math.min(settings.step, path.length / 2 - 1) * 2
  return [path[at], path[at + 1]]
}

export function warmUpSlices(settings: Settings) {
  const at = warmUpPlace(settings)
  const xs = Float64Array.from(
    { length: slicePoints },
    (_, i) => -reach + (2 * reach * i) / (slicePoints - 1),
  )
  const [w, b] = at
  const slice = (value: (x: number) => number) => ({ x: xs, value: xs.map(value) })
  return {
    at,
    ...cubicAndSquare(w, b),
    slices: [
      slice((x) => cubicAndSquare(x, b).value),
      slice((x) => cubicAndSquare(w, x).value),
    ] as const,
  }
}

/** How the descent ends, and why. */
export function warmUpSentence({ why, steps }: Settings): string {
  const { path, values, ranAwayAt } = warmUpRun({ why, steps })
  const [startW] = why.place
  const [w, b] = path.subarray(path.length - 2)
  const rate = formatNumber(why.rate)
  const start =
    startW < 0 ? `It starts at w = ${formatNumber(startW)}` : 'A step too long takes it past w = 0'
  if (ranAwayAt !== null) {
    return `${start}, where w³ only falls to the left: at η = ${rate} it has run away after ${formatCount(ranAwayAt)} steps, towards minus infinity. There is no lowest place.`
  }
  const after = `After ${formatCount(steps)} steps`
  if (w < 0) {
    return `${start}, where w³ only falls to the left: ${after.toLowerCase()} it is at w = ${formatNumber(w)}, going ever faster towards minus infinity. There is no lowest place.`
  }
  if (w === 0 && b === 0)
    return 'It stands at (0, 0), where the gradient vanishes, though it is no minimum.'
  if (Math.abs(1 - 2 * why.rate) === 1 && b !== 0) {
    return `b jumps from side to side, as η = ${rate} times its curvature of 2 is 2: ${after.toLowerCase()} it is at ${formatNumber(b)}.`
  }
  return `It creeps towards (0, 0), where the gradient vanishes, though it is no minimum: to the left of it the function falls for ever. ${after} the value is ${formatNumber(values[values.length - 1])}.`
}
