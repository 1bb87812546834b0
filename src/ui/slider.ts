/** A named number beside what it changes: a slider, and a field with the true value. */
import type { Phase } from '../state/history'
import { sliderPosition, sliderValue } from './controls'
import { typedNumber, writtenNumber } from './format'

export interface SliderRange {
  min: number
  max: number
  integer: boolean
  logarithmic: boolean
}

const positions = 1000

/** @param onChange gets what was entered; a text that is no number comes as text */
export function createSlider(
  container: HTMLElement,
  label: string,
  ends: SliderRange,
  onChange: (value: unknown, phase: Phase) => void,
) {
  container.classList.add('slider')
  container.innerHTML = `<label class="slider-name"></label><input type="range" min="0" max="${positions}" step="any"><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false">`
  const name = container.querySelector('label')!
  const [range, text] = container.querySelectorAll('input')
  name.textContent = label
  text.id = `slider-${label.replaceAll(/\W/g, '-')}`
  name.htmlFor = text.id
  range.setAttribute('aria-label', label)
  let shown = ends.min
  let isDragging = false
  let isTyping = false

  const fill = () => {
    range.setAttribute('aria-valuetext', text.value)
    range.style.setProperty('--share', `${(Number(range.value) / positions) * 100}%`)
  }
  const restore = () => {
    isTyping = false
    text.value = writtenNumber(Number(shown.toPrecision(6)))
    range.value = String(sliderPosition(shown, ends))
    fill()
  }
  const slid = () => sliderValue(Number(range.value), ends)
  range.addEventListener('input', () => {
    isDragging = true
    text.value = writtenNumber(slid())
    fill()
    onChange(slid(), 'move')
  })
  range.addEventListener('change', () => {
    isDragging = false
    onChange(slid(), 'end')
    restore()
  })
  // A range with the step 'any' answers to keys by jumps of a tenth of its length.
  const byKey = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key]
    const isCaret = event.target === text && /Left|Right/.test(event.key)
    if (direction === undefined || isCaret) return
    event.preventDefault()
    // Taken for granted until it is shown: a held key is faster than a slow page.
    shown = neighbour(shown, direction * (event.shiftKey ? 10 : 1), ends)
    onChange(shown, 'end')
    restore()
  }
  range.addEventListener('keydown', byKey)
  text.addEventListener('keydown', byKey)
  text.addEventListener('input', () => {
    isTyping = true
  })
  text.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') restore()
  })
  text.addEventListener('change', () => {
    isTyping = false
    onChange(typedNumber(text.value), 'end')
    restore()
  })
  // Also where the text is what it was, which is no change.
  text.addEventListener('blur', restore)
  restore()

  return {
    /** Displays a value; reports nothing, and takes no control out of a hand. */
    show(value: number) {
      shown = value
      if (!isDragging && !isTyping) restore()
    },
  }
}

/** The value so many steps on: whole numbers, or two thousandths of the slider's length. */
function neighbour(value: number, steps: number, ends: SliderRange): number {
  if (ends.integer) return Math.min(ends.max, Math.max(ends.min, Math.round(value) + steps))
  const direction = Math.sign(steps)
  let position = sliderPosition(value, ends) + 2 * (steps - direction)
  let next = value
  while (next === value && position >= 0 && position <= positions) {
    position += 2 * direction
    next = sliderValue(position, ends)
  }
  return next
}
