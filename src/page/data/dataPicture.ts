/** The contents of the data plot, and the values read off it. */
import { activate } from '../../model/neuron'
import type { Sample } from '../../model/objective'
import type { Run } from '../../results/jobsOf'
import type { Settings } from '../../settings/settings'
import type { Axes, Range } from '../../widgets/svgPlot'

export interface DataPicture {
  samples: readonly Sample[]
  /** The neuron whose curve is shown. */
  w: number
  b: number
  /** f at evenly spaced x, from one end of `domain` to the other. */
  curve: Float32Array
  domain: Range
  step: number
  /** The curve belongs to older settings: drawn dimmed. */
  stale: boolean
  /** The point that another part of the page points at, if any. */
  lit: number | null
}

/** The x range of the curve: that of the samples, with room to drag beyond it. */
export function domain(samples: readonly Sample[]): [min: number, max: number] {
  const values = samples.map(([x]) => x)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((high - low) * 0.2, 0.5)
  return [low - room, high + room]
}

/** Axes for points and curve: y from 0 to 1, the neuron's range, or further to hold a target. */
export function axesOf({ samples, domain: x }: DataPicture): Axes {
  const low = Math.min(0, ...samples.map(([, y]) => y))
  const high = Math.max(1, ...samples.map(([, y]) => y))
  const room = (high - low) * 0.08
  return { x, y: [low - room, high + room] }
}

/** f(x), read off the curve's values; beyond an end, the value at that end. */
export function curveAt({ curve, domain: [min, max] }: DataPicture, x: number): number {
  if (curve.length === 0) return 0.5
  const at = Math.min(Math.max((x - min) / (max - min), 0), 1) * (curve.length - 1)
  const left = Math.floor(at)
  const right = Math.min(left + 1, curve.length - 1)
  return curve[left] + (curve[right] - curve[left]) * (at - left)
}

/** A point on the curve, in the middle of the widest gap: there it changes the curve least. */
export function middleOfGap(picture: DataPicture): Sample {
  const xs = [...picture.domain, ...picture.samples.map(([x]) => x)].sort((a, b) => a - b)
  let widest = 1
  for (let i = 2; i < xs.length; i++) {
    if (xs[i] - xs[i - 1] > xs[widest] - xs[widest - 1]) widest = i
  }
  const x = Number(((xs[widest] + xs[widest - 1]) / 2).toPrecision(3))
  return [x, Number(curveAt(picture, x).toFixed(2))]
}

/** Enough for a smooth curve in a plot of 300 px. */
const curvePoints = 129

/** The neuron's curve f(x) at the shown step of the first run. */
export function dataPicture(
  settings: Settings,
  found: Run | null,
  stale: boolean,
  lit: number | null,
): DataPicture {
  // A runner that has just been unhidden has no run yet, and w^3 + b^2 has no neuron.
  const run = found && found.losses.length > 0 && found.objective.kind === 'neuron' ? found : null
  const { samples, start, step } = settings
  const at = run ? Math.min(step, run.losses.length - 1) * 2 : 0
  const [w, b] = run ? run.path.subarray(at, at + 2) : start
  const [min, max] = domain(samples)
  const curve = Float32Array.from({ length: curvePoints }, (_, i) => {
    const x = min + ((max - min) * i) / (curvePoints - 1)
    return activate(w * x + b).value
  })
  return { samples, w, b, curve, domain: [min, max], step, stale, lit }
}
