/** Moving x and x + dx in the plot of x^3: by pointer and by keys. */
import type { CubicPicture } from './cubicPlot'
import { nudge, reachOf, type Scale, unitOf } from './svgPlot'

/** 'dx' moves x + dx, and leaves x where it is; 'x' moves both. */
export type HandleName = 'x' | 'dx'

export interface CubicEvents {
  /** 'move' while a drag lasts, then 'end'. Both x and x + dx stay on the axis. */
  onChange(pair: readonly [x: number, dx: number], phase: 'move' | 'end'): void
}

/** What is shown, and where; null before there is anything. */
type Current = () => { picture: CubicPicture; scale: Scale } | null

/** Units of the axis that an arrow moves by; ten times as many with Shift. */
const keyUnits = 5

/** A press means the place whose upright is near, at any height. */
export function addCubicPointer(
  svg: SVGSVGElement,
  current: Current,
  { onChange }: CubicEvents,
): void {
  let dragged: { name: HandleName; last: readonly [number, number] | null } | null = null

  svg.addEventListener('pointerdown', (event) => {
    const shown = current()
    if (!shown || event.button !== 0 || dragged) return
    const { picture, scale } = shown
    const px = event.clientX - svg.getBoundingClientRect().left
    const distance = (value: number) => Math.abs(scale.x(value) - px)
    const [x, after] = [distance(picture.x), distance(picture.x + picture.dx)]
    if (Math.min(x, after) > reachOf(event)) return
    dragged = { name: x < after ? 'x' : 'dx', last: null }
    // Otherwise the browser gives the focus to whatever lies on top here.
    event.preventDefault()
    svg.querySelector<SVGElement>(`.cubic-handle.cubic-${dragged.name}`)!.focus()
    svg.setPointerCapture(event.pointerId)
  })
  svg.addEventListener('pointermove', (event) => {
    const shown = current()
    if (!shown || !dragged || !svg.hasPointerCapture(event.pointerId)) return
    const { left } = svg.getBoundingClientRect()
    const [at] = shown.scale.invert(event.clientX - left, 0)
    dragged.last = movedTo(dragged.name, at, shown)
    onChange(dragged.last, 'move')
  })
  svg.addEventListener('lostpointercapture', () => {
    const last = dragged?.last
    dragged = null
    if (last) onChange(last, 'end')
  })
}

export function addCubicKeys(
  handle: SVGElement,
  name: HandleName,
  current: Current,
  { onChange }: CubicEvents,
): void {
  handle.addEventListener('keydown', (event) => {
    const shown = current()
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return
    const wanted = placeOfKey(event, name, shown)
    if (wanted === null) return
    event.preventDefault()
    onChange(movedTo(name, wanted, shown), 'end')
  })
}

function placeOfKey(
  { key, shiftKey }: KeyboardEvent,
  name: HandleName,
  { picture: { x, dx }, scale }: NonNullable<ReturnType<Current>>,
): number | null {
  const at = name === 'x' ? x : x + dx
  const by = (count: number) => nudge(at, count * keyUnits, unitOf(scale.axes.x))
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(shiftKey ? 10 : 1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(shiftKey ? -10 : -1)
    case 'PageUp':
      return by(10)
    case 'PageDown':
      return by(-10)
    case 'Home':
      return scale.axes.x[0]
    case 'End':
      return scale.axes.x[1]
    default:
      return null
  }
}

/** The most that the setting takes for either number. */
const most = 4

/** The pair with a place moved, as far as the axis goes for x and for x + dx. */
function movedTo(
  name: HandleName,
  wanted: number,
  { picture: { x, dx }, scale }: NonNullable<ReturnType<Current>>,
): readonly [x: number, dx: number] {
  const [min, max] = scale.axes.x
  const tidy = (value: number) => Number(value.toPrecision(12))
  const held = (value: number) => Math.min(most, Math.max(-most, tidy(value)))
  if (name === 'dx') return [x, held(Math.min(max, Math.max(min, wanted)) - x)]
  const highest = Math.max(min, Math.min(max, max - dx))
  const lowest = Math.min(max, Math.max(min, min - dx))
  return [held(Math.min(highest, Math.max(lowest, wanted))), dx]
}
