/**
 * Controls of the panel, built on lil-gui's Controller. Those of lil-gui clamp and snap while one
 * types, and hold the value; these report what was entered and show only what they are given.
 */
import { Controller, type GUI } from 'lil-gui'
import { typedNumber } from '../display/numbers'
import type { Kind } from '../settings/kinds'
import { keypad, type NumberEntry, NumberField, type Report } from '../widgets/numberField'

/** A control that shows a value and reports what a person enters. */
export abstract class Control extends Controller {
  constructor(parent: GUI, name: string, className: string) {
    super(parent, { [name]: undefined }, name, className)
    this.name(name)
  }

  /** Disables a control that has no effect, rather than only greying it out. */
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
  /** Options of a group are listed together under its name. */
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

/** A list, written as in an address. */
export class TextControl extends Control {
  private readonly input = document.createElement('input')
  private shown: unknown

  constructor(
    parent: GUI,
    name: string,
    private readonly kind: Kind<unknown>,
    report: Report,
  ) {
    super(parent, name, 'text')
    this.input.type = 'text'
    this.input.autocomplete = 'off'
    this.input.setAttribute('aria-labelledby', this.$name.id)
    this.$widget.append(this.input)
    this.input.addEventListener('change', () => {
      report(kind.parse(this.input.value.replace(/\s/g, '').replace(/−/g, '-')), 'end')
      this.input.value = kind.format(this.shown)
    })
  }

  display(value: unknown): void {
    if (value === this.shown) return
    this.shown = value
    this.input.value = this.kind.format(value)
  }
}

/** A text field with the exact value, and a slider if the range has ends. */
export class NumberControl extends Control {
  private readonly field: NumberField

  constructor(parent: GUI, name: string, entry: NumberEntry, report: Report) {
    super(parent, name, 'number')
    this.field = new NumberField(entry, report)
    for (const element of this.field.elements) {
      element.setAttribute('aria-labelledby', this.$name.id)
    }
    this.$widget.append(...this.field.elements)
  }

  display(value: unknown): void {
    this.field.show(Number(value))
  }

  /** Moves the slider's ends: those of a start follow the view. */
  setSlider(slider: NumberEntry['slider']): void {
    this.field.setSlider(slider)
  }
}

/** Two numbers that belong together, [min, max], on one line. */
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
      for (const end of this.ends) delete end.dataset.atRest
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
      input.dataset.atRest = ''
    })
  }

  /** An end that was not edited keeps the digits that its text does not show. */
  private entered(): unknown[] {
    return this.ends.map((input, end) =>
      input.value === this.entry.format(this.shown[end])
        ? this.shown[end]
        : typedNumber(input.value),
    )
  }

  private createEnd(label: string): HTMLInputElement {
    const input = document.createElement('input')
    input.type = 'text'
    input.inputMode = keypad(true)
    input.autocomplete = 'off'
    input.setAttribute('aria-label', label)
    return input
  }
}
