/** A number that is typed or slid: a text field with the true value and, where it has ends, a slider. */
import { typedNumber, writtenNumber } from '../display/numbers'
import type { Phase } from '../settings/history'

export type Report = (value: unknown, phase: Phase) => void

/** How a number is entered. */
export interface NumberEntry {
  /** Writes the value as a text that `parse` reads back. */
  format(value: number): string
  /** What a typed text stands for; what is no number stays a text, and the app complains. */
  parse(text: string): unknown
  /** The slider's ends; null gives a text field alone. */
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

/** The value at a slider's position 0..1000, rounded to what its pixels can tell apart. */
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
  // The division takes away the binary noise that a multiple of 0.1 carries.
  return Number((Math.round(value / unit) * unit).toPrecision(12))
}

/** The inverse of sliderValue, for any value within the ends; outside it is an end. */
export function sliderPosition(value: number, { min, max, logarithmic }: SliderEnds): number {
  const share = logarithmic
    ? Math.log10(value / min) / Math.log10(max / min)
    : (value - min) / (max - min)
  return Math.min(Math.max(share, 0), 1) * sliderPositions
}

/** A text field that holds what one types until it is entered or left. */
export class NumberText {
  readonly text = document.createElement('input')
  protected shown = 0
  /** While one types, show() must not take the text out of the hand. */
  private typing = false
  protected readonly entry: Omit<NumberEntry, 'slider'>
  protected readonly report: Report

  constructor(entry: Omit<NumberEntry, 'slider'>, report: Report) {
    this.entry = entry
    this.report = report
    const { text } = this
    text.type = 'text'
    text.inputMode = 'decimal'
    text.autocomplete = 'off'
    text.spellcheck = false
    text.addEventListener('input', () => {
      this.typing = true
    })
    text.addEventListener('change', () => this.enter())
    // Also where what was typed is what it was, which is no change.
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
    const value = this.entry.parse(this.text.value)
    if (value !== this.shown) this.report(value, 'end')
    this.restore()
  }

  protected restore(): void {
    this.typing = false
    this.text.value = this.entry.format(this.shown)
  }
}

/** The text, with arrow keys and, where the number has ends, a slider. */
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

  /** Slider and text, in the order in which they stand. */
  get elements(): HTMLInputElement[] {
    return this.slider ? [this.range, this.text] : [this.text]
  }

  override show(value: number): void {
    if (this.dragging) this.shown = value
    else super.show(value)
  }

  /** Moves the slider's ends, as those of a start follow the view. */
  setSlider(slider: SliderEnds | null): void {
    this.slider = slider
  }

  private addSlider(): void {
    const { range } = this
    range.type = 'range'
    range.min = '0'
    range.max = String(sliderPositions)
    // A logarithmic position is seldom whole; the value is rounded instead.
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

  /** A range with the step 'any' answers to keys by jumps of a tenth of its length. */
  private stepByKey(event: KeyboardEvent): void {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key]
    if (direction === undefined) return
    event.preventDefault()
    const value = this.neighbour(direction, event.shiftKey ? 10 : 1)
    if (value === this.shown) return
    // Taken for granted until another is shown: a held key is faster than a slow page.
    this.shown = value
    this.report(value, 'end')
    this.restore()
  }

  /** So many whole numbers on, or values that the slider can stand at. */
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

/** A named number beside what it changes, outside of the panel. */

/** @param report gets what was entered; a text that is no number comes as text */
export function createSlider(
  container: HTMLElement,
  label: string,
  ends: SliderEnds,
  report: Report,
) {
  // A place that a script chose has many digits.
  const format = (value: number) => writtenNumber(Number(value.toPrecision(6)))
  const field = new NumberField({ format, parse: typedNumber, slider: ends }, report)
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
