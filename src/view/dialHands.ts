/** Turning the dial: by pointer and by keys. */
import { turned } from './dialScale'

export interface DialEvents {
  /** Whole degrees from g, 0 to 359: 'move' while a drag lasts, then 'end'. */
  onAngle(degrees: number, phase: 'move' | 'end'): void
}

/** Degrees of PageUp and PageDown, and of arrows with Shift. */
const page = 10

/** @param angleOf the direction of a pointer, null where it has none */
export function addDialPointer(
  dial: SVGSVGElement,
  angleOf: (event: PointerEvent) => number | null,
  { onAngle }: DialEvents,
): void {
  let dragging = false
  let last: number | null = null
  const drag = (event: PointerEvent) => {
    const angle = angleOf(event)
    if (angle === null || angle === last) return
    last = angle
    onAngle(angle, 'move')
  }
  dial.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || dragging) return
    dragging = true
    dial.setPointerCapture(event.pointerId)
    drag(event)
  })
  dial.addEventListener('pointermove', (event) => {
    if (dragging && dial.hasPointerCapture(event.pointerId)) drag(event)
  })
  dial.addEventListener('lostpointercapture', () => {
    const angle = last
    dragging = false
    last = null
    if (angle !== null) onAngle(angle, 'end')
  })
}

/** @param current the present angle, null where there is none */
export function addDialKeys(
  dial: SVGSVGElement,
  current: () => number | null,
  { onAngle }: DialEvents,
): void {
  dial.addEventListener('keydown', (event) => {
    const angle = current()
    if (angle === null || event.ctrlKey || event.metaKey || event.altKey) return
    const wanted = angleOfKey(event, angle)
    if (wanted === null) return
    event.preventDefault()
    onAngle(turned(wanted), 'end')
  })
}

function angleOfKey({ key, shiftKey }: KeyboardEvent, angle: number): number | null {
  const size = shiftKey ? page : 1
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.floor(angle) + size
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.ceil(angle) - size
    case 'PageUp':
      return Math.floor(angle) + page
    case 'PageDown':
      return Math.ceil(angle) - page
    case 'Home':
      return 180
    case 'End':
      return 0
    default:
      return null
  }
}
