/**
 * Controls of the panel, on lil-gui's Controller. Its own ones clamp and snap while one types, and
 * keep the value themselves; these pass up what was entered and show only what they are told.
 */
import { Controller, type GUI } from 'lil-gui'
import type { Phase } from '../state/history'

export type Report = (value: unknown, phase: Phase) => void

/** A control that shows a value and reports what a person enters. */
export abstract class Control extends Controller {
  constructor(parent: GUI, name: string, className: string) {
    super(parent, { [name]: undefined }, name, className)
    this.name(name)
  }

  /** What says nothing is no control either, not only a pale one. */
  override disable(disabled?: boolean): this {
    super.disable(disabled)
    for (const field of this.$widget.querySelectorAll<HTMLInputElement>('input, select')) {
      field.disabled = this._disabled
    }
    if (this.domElement.role === 'group') this.domElement.ariaDisabled = String(this._disabled)
    return this
  }

  /** Displays a value; reports nothing. */
  abstract display(value: unknown): void
}

export interface ChoiceOption {
  value: string
  label: string
  /** Options of a group stand together under its name. */
  group?: string
}

export class ChoiceControl extends Control {
  private readonly select = document.createElement('select')
  private shown = ''

  constructor(parent: GUI, name: string, options: readonly ChoiceOption[], report: Report) {
    super(parent, name, 'choice')
    this.select.setAttribute('aria-labelledby', this.$name.id)
    this.setOptions(options)
    this.$widget.append(this.select)
    this.select.addEventListener('change', () => {
      const { value } = this.select
      report(value, 'end')
      this.select.value = this.shown
    })
  }

  setOptions(options: readonly ChoiceOption[]): void {
    const groups = new Map<string, HTMLOptGroupElement>()
    const elements = options.map(({ value, label, group }) => {
      const option = new Option(label, value)
      if (!group) return option
      const known = groups.get(group)
      const element = known ?? document.createElement('optgroup')
      element.label = group
      element.append(option)
      groups.set(group, element)
      return element
    })
    this.select.replaceChildren(...new Set(elements))
  }

  /** An unknown value leaves the choice empty. */
  display(value: unknown): void {
    this.shown = String(value)
    this.select.value = this.shown
  }
}

export class FlagControl extends Control {
  private readonly input = document.createElement('input')
  private shown = false

  constructor(parent: GUI, name: string, report: Report) {
    super(parent, name, 'flag')
    this.input.type = 'checkbox'
    this.input.setAttribute('aria-labelledby', this.$name.id)
    this.$widget.append(this.input)
    this.input.addEventListener('change', () => {
      const { checked } = this.input
      report(checked, 'end')
      this.input.checked = this.shown
    })
  }

  display(value: unknown): void {
    this.shown = value === true
    this.input.checked = this.shown
  }
}

/** How a number is entered. */
export interface NumberEntry {
  /** Writes the value as a text that `parse` reads back. */
  format(value: number): string
  /** What a typed text stands for; what is no number stays a text, and the app complains. */
  parse(text: string): unknown
  /** The slider's ends; null gives a text field alone. */
  slider: { min: number; max: number; integer: boolean; logarithmic: boolean } | null
}

/** Positions of a slider from end to end. */
const sliderPositions = 1000

/** The value at a slider's position 0..1000, rounded to what its pixels can tell apart. */
export function sliderValue(position: number, slider: NonNullable<NumberEntry['slider']>): number {
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
export function sliderPosition(value: number, slider: NonNullable<NumberEntry['slider']>): number {
  const { min, max, logarithmic } = slider
  const share = logarithmic
    ? Math.log10(value / min) / Math.log10(max / min)
    : (value - min) / (max - min)
  return Math.min(Math.max(share, 0), 1) * sliderPositions
}

/** A slider, where the numbers have ends, and a text field with the true value. */
export class NumberControl extends Control {
  private readonly text = document.createElement('input')
  private readonly range = document.createElement('input')
  private shown = 0
  /** While one types or drags, show() must not take the control out of the hand. */
  private typing = false
  private dragging = false
  private entry: NumberEntry
  private readonly report: Report

  constructor(parent: GUI, name: string, entry: NumberEntry, report: Report) {
    super(parent, name, 'number')
    this.entry = entry
    this.report = report
    this.text.type = 'text'
    this.text.inputMode = 'decimal'
    this.text.autocomplete = 'off'
    this.text.spellcheck = false
    this.text.setAttribute('aria-labelledby', this.$name.id)
    if (entry.slider) this.addSlider()
    this.$widget.append(this.text)
    this.text.addEventListener('input', () => {
      this.typing = true
    })
    this.text.addEventListener('change', () => this.enter())
    this.text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.enter()
      if (event.key === 'Escape') this.restore()
      if (event.key === 'ArrowUp' || event.key === 'ArrowDown') this.stepByKey(event)
    })
  }

  display(value: unknown): void {
    this.shown = Number(value)
    if (!this.typing && !this.dragging) this.restore()
  }

  /** Moves the slider's ends, as those of a start follow the view. */
  setSlider(slider: NumberEntry['slider']): void {
    this.entry = { ...this.entry, slider }
  }

  private addSlider(): void {
    const { range } = this
    range.type = 'range'
    range.min = '0'
    range.max = String(sliderPositions)
    // A logarithmic position is seldom whole; the value is rounded instead.
    range.step = 'any'
    range.setAttribute('aria-labelledby', this.$name.id)
    this.$widget.append(range)
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
    const value = this.neighbour(direction)
    if (value !== this.shown) this.report(value, 'end')
    this.restore()
  }

  /** The next value that the slider can stand at; without one, the next whole number. */
  private neighbour(direction: number): number {
    const { slider } = this.entry
    if (!slider) return this.shown + direction
    let position = sliderPosition(this.shown, slider)
    let value = this.shown
    while (value === this.shown && position >= 0 && position <= sliderPositions) {
      position += direction * 2
      value = sliderValue(position, slider)
    }
    return value
  }

  private slid(): number {
    return sliderValue(Number(this.range.value), this.entry.slider!)
  }

  private enter(): void {
    if (!this.typing) return
    this.typing = false
    if (this.text.value === this.entry.format(this.shown)) return
    const value = this.entry.parse(this.text.value)
    if (value !== this.shown) this.report(value, 'end')
    this.restore()
  }

  private restore(): void {
    this.typing = false
    this.text.value = this.entry.format(this.shown)
    if (!this.entry.slider) return
    this.range.value = String(sliderPosition(this.shown, this.entry.slider))
    this.fill()
  }

  private fill(): void {
    this.range.setAttribute('aria-valuetext', this.text.value)
    this.range.style.setProperty('--share', `${Number(this.range.value) / 10}%`)
  }
}

/** Two numbers that belong together: [min, max] in one line. */
export class RangeControl extends Control {
  private readonly ends: readonly [HTMLInputElement, HTMLInputElement]
  private shown: readonly [number, number] = [0, 1]
  private typing = false
  private readonly entry: Omit<NumberEntry, 'slider'>

  constructor(parent: GUI, name: string, entry: Omit<NumberEntry, 'slider'>, report: Report) {
    super(parent, name, 'range')
    this.entry = entry
    this.domElement.role = 'group'
    this.domElement.setAttribute('aria-labelledby', this.$name.id)
    this.ends = [this.createEnd(`${name}, minimum`), this.createEnd(`${name}, maximum`)]
    const between = document.createElement('span')
    between.textContent = 'to'
    this.$widget.append(this.ends[0], between, this.ends[1])
    this.$widget.addEventListener('input', () => {
      this.typing = true
    })
    this.$widget.addEventListener('change', () => {
      this.typing = false
      report(this.entered(), 'end')
      this.display(this.shown)
    })
  }

  display(value: unknown): void {
    this.shown = value as readonly [number, number]
    if (this.typing) return
    this.ends.forEach((input, end) => {
      input.value = this.entry.format(this.shown[end])
    })
  }

  /** An untouched end keeps the digits that its text does not show. */
  private entered(): unknown[] {
    return this.ends.map((input, end) =>
      input.value === this.entry.format(this.shown[end])
        ? this.shown[end]
        : this.entry.parse(input.value),
    )
  }

  private createEnd(label: string): HTMLInputElement {
    const input = document.createElement('input')
    input.type = 'text'
    input.inputMode = 'decimal'
    input.autocomplete = 'off'
    input.setAttribute('aria-label', label)
    return input
  }
}
