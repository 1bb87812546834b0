/** A named number beside what it changes, outside of the panel. */
import { typedNumber, writtenNumber } from './format'
import { NumberField, type Report, type SliderEnds } from './numberField'

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
