/**
 * A number to type or to slide: a text field with the exact value and, if it has ends, a slider.
 */
import { typedNumber, writtenNumber } from '../display/numbers'
import type { Phase } from '../settings/history'

export type Report = (value: unknown, phase: Phase) => void

/** How a number is entered. */
export interface NumberEntry {
  /** Writes the value as a text that typedNumber reads back. */
  format(value: number): string
  /** Whether it can be negative. The decimal keypad of telephones has no minus sign. */
  signed?: boolean
  /** The slider's ends; with null there is only a text field. */
  slider: SliderEnds | null
}

export interface SliderEnds {
  min: number
  max: number
  integer: boolean
  logarithmic: boolean
}

/** Positions of a slider from end to end. */
const sliderPositions = 1000

/** The value at a slider's position 0..1000, rounded to the precision of its pixels. */
export function sliderValue(position: number, slider: SliderEnds): number {
  const { min, max, integer, logarithmic } = slider
  if (position <= 0) return min
  if (position >= sliderPositions) return max
  const share = position / sliderPositions
  if (logarithmic) {
    const value = 10 ** (Math.log10(min) + share * Math.log10(max / min))
    return integer ? Math.round(value) : Number(value.toPrecision(2))
  }
  const value = min + share * (max - min)
  if (integer) return Math.round(value)
  const unit = 10 ** Math.floor(Math.log10((max - min) / 100))
  // The division removes the binary noise of a multiple of 0.1.
  return Number((Math.round(value / unit) * unit).toPrecision(12))
}

/** The inverse of sliderValue; values beyond an end are at that end. */
export function sliderPosition(value: number, { min, max, logarithmic }: SliderEnds): number {
  const share = logarithmic
    ? Math.log10(value / min) / Math.log10(max / min)
    : (value - min) / (max - min)
  return Math.min(Math.max(share, 0), 1) * sliderPositions
}

/** The `inputmode` of a field for numbers. */
export const keypad = (signed = false) => (signed ? 'text' : 'decimal')

/** A text field that keeps a typed text until it is entered or the field is left. */
export class NumberText {
  readonly text = document.createElement('input')
  protected shown = 0
  /** show() must not replace a text that is being typed. */
  private typing = false
  protected readonly entry: Omit<NumberEntry, 'slider'>
  protected readonly report: Report

  constructor(entry: Omit<NumberEntry, 'slider'>, report: Report) {
    this.entry = entry
    this.report = report
    const { text } = this
    text.type = 'text'
    text.inputMode = keypad(entry.signed)
    text.autocomplete = 'off'
    text.spellcheck = false
    text.addEventListener('input', () => {
      this.typing = true
      delete text.dataset.atRest
    })
    text.addEventListener('change', () => this.enter())
    // Needed even if the typed value equals the old one, because then nothing changes.
    text.addEventListener('blur', () => this.restore())
    text.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.enter()
      if (key === 'Escape') this.restore()
    })
  }

  /** Displays a value; reports nothing. */
  show(value: number): void {
    this.shown = value
    if (!this.typing) this.restore()
  }

  private enter(): void {
    if (!this.typing) return
    this.typing = false
    if (this.text.value === this.entry.format(this.shown)) return
    const value = typedNumber(this.text.value)
    if (value !== this.shown) this.report(value, 'end')
    this.restore()
  }

  protected restore(): void {
    this.typing = false
    this.text.value = this.entry.format(this.shown)
    // Undo is then the page's; while one types it is the field's own.
    this.text.dataset.atRest = ''
  }
}

/** The text field, with arrow keys and, if the number has ends, a slider. */
export class NumberField extends NumberText {
  readonly range = document.createElement('input')
  private dragging = false
  private slider: SliderEnds | null

  constructor({ slider, ...entry }: NumberEntry, report: Report) {
    super(entry, report)
    this.slider = slider
    if (slider) this.addSlider()
    this.text.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowUp' || event.key === 'ArrowDown') this.stepByKey(event)
    })
  }

  /** Slider and text field, in their order on the page. */
  get elements(): HTMLInputElement[] {
    return this.slider ? [this.range, this.text] : [this.text]
  }

  override show(value: number): void {
    if (this.dragging) this.shown = value
    else super.show(value)
  }

  /** Moves the slider's ends: those of a start follow the view. */
  setSlider(slider: SliderEnds | null): void {
    this.slider = slider
  }

  private addSlider(): void {
    const { range } = this
    range.type = 'range'
    range.min = '0'
    range.max = String(sliderPositions)
    // A logarithmic position is seldom whole, so the value is rounded instead.
    range.step = 'any'
    range.addEventListener('input', () => {
      this.dragging = true
      const value = this.slid()
      this.text.value = this.entry.format(value)
      this.fill()
      this.report(value, 'move')
    })
    range.addEventListener('change', () => {
      const value = this.slid()
      this.dragging = false
      this.report(value, 'end')
      this.restore()
    })
    range.addEventListener('keydown', (event) => this.stepByKey(event))
  }

  /** Keys move a range with the step 'any' by a tenth of its length. */
  private stepByKey(event: KeyboardEvent): void {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key]
    if (direction === undefined) return
    event.preventDefault()
    const value = this.neighbour(direction, event.shiftKey ? 10 : 1)
    if (value === this.shown) return
    // Counts as the present value until another one is shown: a held key may outpace a slow page.
    this.shown = value
    this.report(value, 'end')
    this.restore()
  }

  /** Moves on by this many whole numbers, or by this many positions of the slider. */
  private neighbour(direction: number, steps: number): number {
    const { shown, slider } = this
    if (!slider) return shown + direction * steps
    if (slider.integer && !slider.logarithmic) {
      return Math.min(slider.max, Math.max(slider.min, Math.round(shown) + direction * steps))
    }
    let position = sliderPosition(shown, slider) + direction * 2 * (steps - 1)
    let value = shown
    while (value === shown && position >= 0 && position <= sliderPositions) {
      position += direction * 2
      value = sliderValue(position, slider)
    }
    return value
  }

  private slid(): number {
    return sliderValue(Number(this.range.value), this.slider!)
  }

  protected override restore(): void {
    super.restore()
    if (!this.slider) return
    this.range.value = String(sliderPosition(this.shown, this.slider))
    this.fill()
  }

  private fill(): void {
    this.range.setAttribute('aria-valuetext', this.text.value)
    this.range.style.setProperty('--share', `${Number(this.range.value) / 10}%`)
  }
}

/**
 * A named number beside the thing it changes, outside the panel.
 *
 * @param report receives the entry; text that is not a number comes as text
 */
export function createSlider(
  container: HTMLElement,
  label: string,
  ends: SliderEnds,
  report: Report,
) {
  // A place that a script chose has many digits.
  const format = (value: number) => writtenNumber(Number(value.toPrecision(6)))
  const field = new NumberField({ format, slider: ends, signed: ends.min < 0 }, report)
  const name = document.createElement('label')
  name.className = 'slider-name'
  name.textContent = label
  field.text.id = `slider-${label.replaceAll(/\W/g, '-')}`
  name.htmlFor = field.text.id
  field.range.setAttribute('aria-label', label)
  container.classList.add('slider')
  container.replaceChildren(name, ...field.elements)
  return { show: (value: number) => field.show(value) }
}
