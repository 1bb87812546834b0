/** Sizes of pictures for files. */
import type { CaptureRequest } from './picture'

/** CSS pixels of a view that is not on the screen. */
const hiddenView = { width: 640, height: 480 }
/** CSS pixels of a map whose side is given in pixels: the texts grow with what is beyond. */
const mostMapSide = 512
const mostSide = 4096
const mostScale = 4

export interface Size {
  width: number
  height: number
}

/** Pixels of the picture for each CSS pixel. */
export function scaleOf({ scale = 1, side }: CaptureRequest): number {
  if (side !== undefined && !(side >= 64 && side <= mostSide && Number.isInteger(side))) {
    throw new Error(`The side is ${side} pixels; it must be a whole number from 64 to ${mostSide}.`)
  }
  if (!(scale >= 1 && scale <= mostScale)) {
    throw new Error(`The scale is ${scale}; it must be from 1 to ${mostScale}.`)
  }
  return side === undefined ? scale : side / Math.min(side, mostMapSide)
}

/** CSS pixels of a view in the picture, of which whole pixels come. */
export function sizeOf(
  view: Size | null,
  { side, even = false }: CaptureRequest,
  scale: number,
): Size {
  if (side !== undefined) return { width: side / scale, height: side / scale }
  const whole = (length: number) => {
    const pixels = Math.max(2, Math.round(length * scale))
    return (even ? pixels - (pixels % 2) : pixels) / scale
  }
  const { width, height } = view ?? hiddenView
  return { width: whole(width), height: whole(height) }
}
