/** Sliders that are not inputs: keys and drags of an element with the role of a slider. */

/** An HTML or SVG element; events come first in the type, so that listeners get their types. */
type Slider = GlobalEventHandlers & Element

/** The values that keys ask for, relative to the present one. */
export interface SliderSteps<Value> {
  /** This many arrow steps on or back; ten with Shift. */
  by(count: number): Value
  page(direction: 1 | -1): Value
  /** For the keys Home and End. */
  ends: readonly [home: Value, end: Value]
}

/** @param steps null if there is nothing to move: the page then gets the keys */
export function addSliderKeys<Value>(
  slider: Slider,
  steps: () => SliderSteps<Value> | null,
  onValue: (value: Value) => void,
): void {
  const wanted = ({ key, shiftKey }: KeyboardEvent, { by, page, ends }: SliderSteps<Value>) => {
    const size = shiftKey ? 10 : 1
    if (key === 'ArrowRight' || key === 'ArrowUp') return by(size)
    if (key === 'ArrowLeft' || key === 'ArrowDown') return by(-size)
    if (key === 'PageUp') return page(1)
    if (key === 'PageDown') return page(-1)
    if (key === 'Home') return ends[0]
    return key === 'End' ? ends[1] : null
  }
  slider.addEventListener('keydown', (event) => {
    const present = steps()
    if (!present || event.ctrlKey || event.metaKey || event.altKey) return
    const value = wanted(event, present)
    if (value === null) return
    event.preventDefault()
    onValue(value)
  })
}

export interface SliderDrag<Value> {
  /** The value under a pointer; null if there is none. */
  valueAt(event: PointerEvent): Value | null
  /** Reports each new value as 'move', and the last one again as 'end'. */
  report(value: Value, phase: 'move' | 'end'): void
  /** Whether a press begins a drag; by default each does, and sets the value under it at once. */
  holds?(event: PointerEvent): boolean
}

/** One pointer drags at a time, wherever it goes until it is released. */
export function addSliderDrag<Value>(
  slider: Slider,
  { valueAt, report, holds }: SliderDrag<Value>,
): void {
  let pointer: number | null = null
  let last: Value | null = null
  const drag = (event: PointerEvent) => {
    const value = valueAt(event)
    if (value === null || value === last) return
    last = value
    report(value, 'move')
  }
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pointer !== null || holds?.(event) === false) return
    slider.setPointerCapture(event.pointerId)
    pointer = event.pointerId
    if (!holds) drag(event)
  })
  slider.addEventListener('pointermove', (event) => {
    if (event.pointerId === pointer) drag(event)
  })
  slider.addEventListener('lostpointercapture', (event) => {
    // A part of the slider also loses the capture that a finger gave it.
    if (event.pointerId !== pointer || event.target !== slider) return
    const value = last
    pointer = null
    last = null
    if (value !== null) report(value, 'end')
  })
}
