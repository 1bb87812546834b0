/** What the data plot shows, and what is read off it. */
import type { Sample } from '../model/objective'
import type { Phase } from '../state/history'

export interface DataPicture {
  samples: readonly Sample[]
  /** The neuron whose curve is shown. */
  w: number
  b: number
  /** f at evenly spaced x, from one end of `domain` to the other. */
  curve: Float32Array
  domain: readonly [min: number, max: number]
  step: number
  /** The curve belongs to older settings: drawn dimmed. */
  stale: boolean
  /** The point that another part of the page points at, if any. */
  lit: number | null
}

/** What the parts of the plot share: the picture, and which point is selected. */
export interface DataState {
  picture: DataPicture | null
  selected: number | null
  /** Ends of the axes; they stay while a point is dragged, or it would run from the pointer. */
  axes: { x: readonly [number, number]; y: readonly [number, number] }
  dragging: boolean
}

/** Changes of the list of points. Never below one point, as a loss over none is no number. */
export interface DataEditor {
  move(index: number, to: Sample, phase: Phase): void
  add(sample: Sample): void
  addInGap(): void
  remove(index: number | null): void
}

/** f(x), read off the curve's values; beyond its ends, the value of the end. */
export function curveAt({ curve, domain: [min, max] }: DataPicture, x: number): number {
  if (curve.length === 0) return 0.5
  const at = Math.min(Math.max((x - min) / (max - min), 0), 1) * (curve.length - 1)
  const left = Math.floor(at)
  const right = Math.min(left + 1, curve.length - 1)
  return curve[left] + (curve[right] - curve[left]) * (at - left)
}

/** Three digits and a true minus sign. */
export function written(value: number): string {
  return String(Number(value.toPrecision(3))).replace(/-/g, '−')
}
