/** Chooses a learning rate on the sweep, by pointer and by keys. */
import { addSliderDrag, addSliderKeys, type SliderSteps } from '../../../widgets/sliderKeys'
import { nearestRate, rateAtShare, roundRate, type SweepPicture, writtenRate } from './sweepPicture'

/** The phase is 'move' while a drag lasts, then 'end'. */
export type OnRate = (rate: number, phase: 'move' | 'end') => void

/** Decades that PageUp and PageDown move by. */
const page = 0.1

/**
 * @param shareAt gives a pointer's place along the rate axis
 * @param current gives null while there is no axis
 * @param onHover receives the rate under the pointer, or null once it has left
 */
export function addSweepPointer(
  slider: HTMLElement,
  shareAt: (event: PointerEvent) => number,
  current: () => SweepPicture | null,
  onRate: OnRate,
  onHover: (rate: number | null) => void,
): void {
  const valueAt = (event: PointerEvent) => {
    const picture = current()
    return picture && roundRate(rateAtShare(picture.rates, shareAt(event)))
  }
  addSliderDrag(slider, { valueAt, report: onRate })
  slider.addEventListener('pointermove', (event) => onHover(valueAt(event)))
  slider.addEventListener('pointerleave', () => onHover(null))
}

export function addSweepKeys(
  slider: HTMLElement,
  current: () => SweepPicture | null,
  onRate: OnRate,
): void {
  const steps = () => {
    const picture = current()
    return picture && stepsFrom(picture)
  }
  addSliderKeys(slider, steps, (rate) => {
    if (rate !== current()?.rate) onRate(rate, 'end')
  })
}

/** Arrows go to the neighbouring rates, also with Shift. */
function stepsFrom({ rates, rate }: SweepPicture): SliderSteps<number> {
  const last = rates.length - 1
  return {
    by(count) {
      const i = nearestRate(rates, rate) + Math.sign(count)
      return writtenRate(rates, Math.min(last, Math.max(0, i)))
    },
    page(direction) {
      const wanted = rate * 10 ** (direction * page)
      return roundRate(Math.min(rates[last], Math.max(rates[0], wanted)))
    },
    ends: [writtenRate(rates, 0), writtenRate(rates, last)],
  }
}
