/** The fields of a runner: choices, numbers, the slider of its rate, and a rule's parameters. */
import { writtenNumber } from '../../../display/numbers'
import type { Phase } from '../../../settings/history'
import type { Parameter } from '../../../settings/rules'
import { learningRate } from '../../../settings/runners'
import { NumberText, sliderPosition, sliderValue } from '../../../widgets/numberField'

export interface Named {
  input: HTMLElement
  /** With # in place of the runner's number. */
  label: string
}

interface Entry extends Named {
  show(value: unknown): void
}

export function nameControl({ input, label }: Named, number: number): void {
  const name = label.replace('#', String(number))
  if (input.ariaLabel === name) return
  input.ariaLabel = name
  if (input instanceof HTMLButtonElement) input.title = name
}

export function box<Tag extends 'div' | 'li'>(
  tag: Tag,
  className: string,
  children: readonly Element[],
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.className = className
  element.append(...children)
  return element
}

export function labelled(text: string, { input }: Named, hint: string): HTMLElement {
  const label = document.createElement('label')
  label.className = 'runner-field'
  label.title = hint
  const word = document.createElement('span')
  word.textContent = text
  label.append(word, input)
  return label
}

type Words = readonly (readonly [value: string, text: string])[]

export function wordsOf(table: Readonly<Record<string, { label: string }>>): Words {
  return Object.entries(table).map(([name, { label }]) => [name, label])
}

export function createChoice(label: string, words: Words, report: (value: string) => void) {
  const input = document.createElement('select')
  input.append(...words.map(([value, text]) => new Option(text, value)))
  let shown = ''
  input.addEventListener('change', () => {
    report(input.value)
    input.value = shown
  })
  const show = (value: unknown) => {
    shown = String(value)
    input.value = shown
  }
  return { input, label, show }
}

export function createNumber(label: string, report: (value: unknown) => void) {
  const field = new NumberText({ format: writtenNumber }, report)
  return { input: field.text, label, show: (value: unknown) => field.show(Number(value)) }
}

const rateEnds = learningRate.bounds!
const sliderEnd = 1000
const sliderStep = 10

/** Keeps rates near an end off it; otherwise a key could not move them there. */
function positionOf(rate: number): number {
  const position = sliderPosition(rate, rateEnds)
  if (rate <= rateEnds.min || rate >= rateEnds.max) return position
  return Math.min(Math.max(position, sliderStep), sliderEnd - sliderStep)
}

export function createRateSlider(label: string, report: (rate: number, phase: Phase) => void) {
  const input = document.createElement('input')
  input.type = 'range'
  input.max = String(sliderEnd)
  // A hundredth of seven decades, so that a key changes the rate by more than it is rounded.
  input.step = String(sliderStep)
  let shown = 1
  let isDragging = false
  const restore = () => {
    input.value = String(positionOf(shown))
    input.setAttribute('aria-valuetext', writtenNumber(shown))
  }
  const slid = () => sliderValue(Number(input.value), rateEnds)
  input.addEventListener('input', () => {
    isDragging = true
    input.setAttribute('aria-valuetext', writtenNumber(slid()))
    report(slid(), 'move')
  })
  input.addEventListener('change', () => {
    isDragging = false
    report(slid(), 'end')
    restore()
  })
  const show = (value: unknown) => {
    shown = Number(value)
    if (!isDragging) restore()
  }
  return { input, label, show }
}

/** A field for each parameter of a rule or schedule; they change only with the rule or schedule. */
export function createParameters(report: (change: Record<string, unknown>) => void) {
  const element = box('div', 'runner-parameters', [])
  let table: readonly Parameter[] = []
  let entries: readonly Entry[] = []
  const build = () => {
    entries = table.map(({ name, label, kind: { choices } }) => {
      const enter = (value: unknown) => report({ [name]: value })
      const words = choices?.map((choice) => [choice, choice] as const)
      const named = `${label} of runner #`
      return words ? createChoice(named, words, enter) : createNumber(named, enter)
    })
    element.replaceChildren(...table.map(({ label, hint }, i) => labelled(label, entries[i], hint)))
  }
  return {
    element,
    show(next: readonly Parameter[], values: object, number: number) {
      if (next !== table) {
        table = next
        build()
      }
      entries.forEach((entry, i) => {
        entry.show((values as Record<string, unknown>)[table[i].name])
        nameControl(entry, number)
      })
    },
  }
}
