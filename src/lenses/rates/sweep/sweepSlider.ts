/** Choosing a learning rate on the sweep: by pointer and by keys. */
import { nearestRate, rateAtShare, roundRate, type SweepPicture, writtenRate } from './sweepPicture'

export interface SweepEvents {
  /** 'move' while a drag lasts, then 'end'. */
  onRate(rate: number, phase: 'move' | 'end'): void
}

/** Decades of PageUp and PageDown. */
const page = 0.1

/**
 * @param shareAt where a pointer is along the rate axis
 * @param onHover gets the rate under the pointer, null where it has left
 */
export function addSweepPointer(
  slider: HTMLElement,
  shareAt: (event: PointerEvent) => number,
  current: () => SweepPicture | null,
  { onRate }: SweepEvents,
  onHover: (rate: number | null) => void,
): void {
  let dragged: number | null = null
  const rateOf = (event: PointerEvent) => {
    const picture = current()
    if (!picture || picture.rates.length < 2) return null
    return roundRate(rateAtShare(picture.rates, shareAt(event)))
  }
  const drag = (event: PointerEvent) => {
    const rate = rateOf(event)
    if (rate === null || rate === dragged) return
    dragged = rate
    onRate(rate, 'move')
  }
  const end = () => {
    if (dragged === null) return
    const rate = dragged
    dragged = null
    onRate(rate, 'end')
  }
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    slider.setPointerCapture(event.pointerId)
    drag(event)
  })
  slider.addEventListener('pointermove', (event) => {
    if (slider.hasPointerCapture(event.pointerId)) drag(event)
    onHover(rateOf(event))
  })
  slider.addEventListener('pointerup', end)
  slider.addEventListener('pointercancel', end)
  slider.addEventListener('pointerleave', () => onHover(null))
}

export function addSweepKeys(
  slider: HTMLElement,
  current: () => SweepPicture | null,
  { onRate }: SweepEvents,
): void {
  slider.addEventListener('keydown', (event) => {
    const picture = current()
    if (!picture || picture.rates.length < 2 || event.ctrlKey || event.metaKey || event.altKey) {
      return
    }
    const wanted = rateOfKey(event.key, picture)
    if (wanted === null) return
    event.preventDefault()
    if (wanted !== picture.rate) onRate(wanted, 'end')
  })
}

function rateOfKey(key: string, { rates, rate }: SweepPicture): number | null {
  const last = rates.length - 1
  const neighbour = (by: number) => {
    const i = Math.min(last, Math.max(0, nearestRate(rates, rate) + by))
    return writtenRate(rates, i)
  }
  const further = (decades: number) =>
    roundRate(Math.min(rates[last], Math.max(rates[0], rate * 10 ** decades)))
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return neighbour(1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return neighbour(-1)
    case 'PageUp':
      return further(page)
    case 'PageDown':
      return further(-page)
    case 'Home':
      return writtenRate(rates, 0)
    case 'End':
      return writtenRate(rates, last)
    default:
      return null
  }
}
