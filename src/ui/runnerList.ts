/**
 * The list of runners: each one's rule, rate, parameters and schedule, and buttons for the list. It
 * keeps no runners of its own: it reports what was entered, unchecked, and shows what it is told.
 */
import type { LossName } from '../model/loss'
import type { RuleName } from '../model/rule'
import { defaultLearningRate, defaultRule, type Parameter, rules, schedules } from '../state/rules'
import {
  fitBatch,
  leadingRunner,
  learningRate,
  mostRunners,
  type RunnerSettings,
} from '../state/runners'
import { type Phase, sliderPosition, sliderValue } from './controls'
import { createRunnerMark, type RunnerMark } from './runnerMark'

export interface ShownRunners {
  runners: readonly RunnerSettings[]
  /** By loss and number of points, rates of new rules are chosen. */
  loss: LossName
  sampleCount: number
  /** One for each runner. */
  marks: readonly RunnerMark[]
}

export interface RunnerListCallbacks {
  /** Numbers are as entered: a text that is no number comes as text. */
  onChange(runners: readonly RunnerSettings[], phase: Phase): void
}

/** Rows that go along with their runners, once the runners are shown as they were asked for. */
interface Arrangement {
  runners: string
  rows: readonly (Row | null)[]
}

export function createRunnerList(container: HTMLElement, { onChange }: RunnerListCallbacks) {
  container.classList.add('runner-list')
  container.innerHTML = `
    <div class="runner-tools">
      <button type="button" class="button">Add</button>
      <button type="button" class="button"
        title="Three runners with the first visible one's rule: a tenth of its rate, its rate and ten times its rate"
        >Row of rates ×1/10 ×1 ×10</button>
    </div>
    <ol></ol>`
  const list = container.querySelector('ol')!
  const [add, spread] = container.querySelectorAll('button')
  let shown: ShownRunners = { runners: [], loss: 'mean', sampleCount: 1, marks: [] }
  let rows: Row[] = []
  let asked: Arrangement | null = null

  const arrange = (entries: readonly { runner: RunnerSettings; row: Row | null }[]) => {
    const runners = entries.map(({ runner }) => runner)
    asked = { runners: JSON.stringify(runners), rows: entries.map(({ row }) => row) }
    onChange(runners, 'end')
  }
  const entries = () => shown.runners.map((runner, i) => ({ runner, row: rows[i] as Row | null }))
  const defaultsOf = (name: RuleName) => ({
    rule: fitBatch(defaultRule(name), shown.sampleCount),
    learningRate: defaultLearningRate(name, shown.loss, shown.sampleCount),
  })

  const newRow: () => Row = () =>
    createRow({
      defaultsOf,
      onEnter: (row, runner, phase) => {
        const at = rows.indexOf(row)
        onChange(
          shown.runners.map((old, i) => (i === at ? runner : old)),
          phase,
        )
      },
      onPress: (row, action) => {
        const at = rows.indexOf(row)
        const changed = entries()
        const [own] = changed.splice(at, 1)
        if (action === 'duplicate') changed.splice(at, 0, own, { runner: own.runner, row: null })
        if (action === 'up') changed.splice(at - 1, 0, own)
        if (action === 'down') changed.splice(at + 1, 0, own)
        arrange(changed)
      },
    })

  add.addEventListener('click', () =>
    arrange([...entries(), { runner: defaultsOf('gradientDescent'), row: null }]),
  )
  spread.addEventListener('click', () => {
    const { rule, learningRate: rate } = leadingRunner(shown).runner
    arrange(
      [0.1, 1, 10].map((factor) => ({
        runner: { rule, learningRate: scaled(rate, factor) },
        row: null,
      })),
    )
  })

  return {
    /** Shows runners; no callback is called. */
    show(next: ShownRunners) {
      shown = next
      const held = document.activeElement
      const heldAt = rows.findIndex(({ element }) => element.contains(held))
      const heldRow = rows[heldAt]
      const known = asked?.runners === JSON.stringify(next.runners) ? asked.rows : rows
      if (known !== rows) asked = null
      rows = next.runners.map((_, i) => known[i] ?? newRow())
      place(list, rows)
      const visible = next.runners.filter(({ hidden }) => !hidden).length
      const isFull = next.runners.length >= mostRunners
      add.disabled = isFull
      rows.forEach((row, i) => {
        const runner = next.runners[i]
        const isLastVisible = visible === 1 && !runner.hidden
        const isOff = {
          hide: isLastVisible,
          duplicate: isFull,
          up: i === 0,
          down: i === rows.length - 1,
          remove: isLastVisible,
        }
        row.show({ runner, number: i + 1, mark: next.marks[i], isOff })
      })
      if (!(held instanceof HTMLElement) || (heldAt < 0 && held !== add)) return
      const isAround = heldAt >= 0 && heldAt < rows.length
      const near = rows.includes(heldRow) ? heldRow : isAround ? rows[heldAt] : rows.at(-1)
      keepFocus(held, near)
    },
  }
}

function scaled(rate: number, factor: number): number {
  const { min, max } = learningRate.bounds!
  // The rounding takes away binary noise, as of 0.7 times 0.1.
  return Number(Math.min(max, Math.max(min, rate * factor)).toPrecision(12))
}

/** Brings the rows into order; those that stand right are not touched, as the focus may be there. */
function place(list: Element, rows: readonly Row[]): void {
  const elements = rows.map(({ element }) => element)
  for (const child of [...list.children]) {
    if (!elements.includes(child as HTMLLIElement)) child.remove()
  }
  elements.forEach((element, i) => {
    if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null)
  })
}

/** A control that is gone or without effect gives its focus to a row near it. */
function keepFocus(held: HTMLElement, near: Row | undefined): void {
  if (!held.isConnected || held.matches(':disabled')) near?.focus()
  else if (document.activeElement !== held) held.focus()
}

/** Labels have the runner's number in place of #; icons are paths on a 16 x 16 grid. */
const buttons = {
  hide: {
    label: 'Hide runner #',
    icon: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 1 0 0-4z',
  },
  more: { label: 'Parameters of runner #', icon: 'M4 6l4 4 4-4' },
  duplicate: { label: 'Duplicate runner #', icon: 'M6 6h7.5v7.5H6zM10 3.5v-1H2.5V10h1' },
  up: { label: 'Move runner # up', icon: 'M8 13V3M4 7l4-4 4 4' },
  down: { label: 'Move runner # down', icon: 'M8 3v10M4 9l4 4 4-4' },
  remove: { label: 'Remove runner #', icon: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9' },
} as const

type ButtonName = keyof typeof buttons
type Action = Exclude<ButtonName, 'hide' | 'more'>

interface RowCallbacks {
  /** A rule as published, at its own rate. */
  defaultsOf(name: RuleName): RunnerSettings
  onEnter(row: Row, runner: RunnerSettings, phase: Phase): void
  onPress(row: Row, action: Action): void
}

interface ShownRow {
  runner: RunnerSettings
  /** From 1. */
  number: number
  mark: RunnerMark
  isOff: Readonly<Record<Exclude<ButtonName, 'more'>, boolean>>
}

interface Row {
  element: HTMLLIElement
  show(shown: ShownRow): void
  focus(): void
}

let rowCount = 0

/** One line, and below it what is seldom turned. */
function createRow({ defaultsOf, onEnter, onPress }: RowCallbacks): Row {
  let runner: RunnerSettings | null = null
  const enter = (change: (old: RunnerSettings) => object, phase: Phase = 'end') => {
    // Unchecked: what was entered may be no runner at all.
    if (runner) onEnter(row, change(runner) as RunnerSettings, phase)
  }
  const enterSchedule = (schedule: object) =>
    enter((old) => ({ ...old, rule: { ...old.rule, schedule } }))
  const enterRate = (rate: unknown, phase: Phase) =>
    enter((old) => ({ ...old, learningRate: rate }), phase)

  const mark = createRunnerMark()
  const rule = createChoice('Rule of runner #', wordsOf(rules), (name) =>
    enter(({ rule: { schedule }, ...rest }) => {
      const published = defaultsOf(name as RuleName)
      return { ...rest, ...published, rule: { ...published.rule, ...(schedule && { schedule }) } }
    }),
  )
  const rate = createNumber('Learning rate of runner #', (value) => enterRate(value, 'end'))
  const slider = createRateSlider('Rate η of runner #, slider', enterRate)
  const schedule = createChoice('Schedule of runner #', wordsOf(schedules), (kind) =>
    enterSchedule({ kind }),
  )
  const ruleValues = createParameters((change) =>
    enter((old) => ({ ...old, rule: { ...old.rule, ...change } })),
  )
  const scheduleValues = createParameters((change) =>
    enterSchedule({ ...runner?.rule.schedule, ...change }),
  )
  const hide = createButton('hide', () =>
    enter(({ hidden, ...rest }) => (hidden ? rest : { ...rest, hidden: true })),
  )
  const more = createButton('more', () => expand(details.hidden === true))
  const arranging = (['duplicate', 'up', 'down', 'remove'] as const).map((name) => ({
    name,
    ...createButton(name, () => onPress(row, name)),
  }))

  const details = box('div', 'runner-details', [
    labelled('rate η', slider, 'Learning rate, 0.0001 to 1000'),
    ruleValues.element,
    labelled('schedule', schedule, 'How the rate changes with the steps'),
    scheduleValues.element,
    box(
      'div',
      'runner-buttons',
      arranging.map(({ input }) => input),
    ),
  ])
  details.id = `runner-${++rowCount}`
  more.input.setAttribute('aria-controls', details.id)
  const expand = (isExpanded: boolean) => {
    details.hidden = !isExpanded
    more.input.setAttribute('aria-expanded', String(isExpanded))
  }
  expand(false)

  const inLine = [rule, rate, hide, more]
  const line = box('div', 'runner-line', [mark.element, ...inLine.map(({ input }) => input)])
  const named = [...inLine, slider, schedule, ...arranging]

  const row: Row = {
    element: box('li', 'runner', [line, details]),
    show({ runner: next, number, mark: shownMark, isOff }) {
      runner = next
      row.element.classList.toggle('runner-hidden', next.hidden === true)
      mark.show(shownMark)
      rule.show(next.rule.name)
      rule.input.title = rules[next.rule.name].hint
      rate.show(next.learningRate)
      slider.show(next.learningRate)
      const { kind } = next.rule.schedule ?? { kind: 'constant' }
      schedule.show(kind)
      schedule.input.title = schedules[kind].hint
      ruleValues.show(rules[next.rule.name].parameters, next.rule, number)
      scheduleValues.show(schedules[kind].parameters, next.rule.schedule ?? {}, number)
      hide.input.setAttribute('aria-pressed', String(next.hidden === true))
      hide.input.disabled = isOff.hide
      for (const { name, input } of arranging) input.disabled = isOff[name]
      for (const each of named) nameControl(each, number)
    },
    focus: () => more.input.focus(),
  }
  return row
}

interface Named {
  input: HTMLElement
  /** With # in place of the runner's number. */
  label: string
}

interface Entry extends Named {
  show(value: unknown): void
}

function nameControl({ input, label }: Named, number: number): void {
  const name = label.replace('#', String(number))
  if (input.ariaLabel === name) return
  input.ariaLabel = name
  if (input instanceof HTMLButtonElement) input.title = name
}

function box<Tag extends 'div' | 'li'>(
  tag: Tag,
  className: string,
  children: readonly Element[],
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.className = className
  element.append(...children)
  return element
}

function labelled(text: string, { input }: Named, hint: string): HTMLElement {
  const label = document.createElement('label')
  label.className = 'runner-field'
  label.title = hint
  const word = document.createElement('span')
  word.textContent = text
  label.append(word, input)
  return label
}

function createButton(name: ButtonName, press: () => void) {
  const { label, icon } = buttons[name]
  const input = document.createElement('button')
  input.type = 'button'
  input.className = `button icon-button runner-${name}`
  input.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icon}" />${
    name === 'hide' ? '<path class="runner-slash" d="M2.5 13.5l11-11" />' : ''
  }</svg>`
  input.addEventListener('click', press)
  return { input, label }
}

type Words = readonly (readonly [value: string, text: string])[]

function wordsOf(table: Readonly<Record<string, { label: string }>>): Words {
  return Object.entries(table).map(([name, { label }]) => [name, label])
}

function createChoice(label: string, words: Words, report: (value: string) => void) {
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

/** All digits, with an exponent where the zeros would fill the field. */
function written(value: number): string {
  const text = value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value)
  return text.replaceAll('-', '−')
}

/** A number for what is one, else the text: the app's check will complain. */
function typed(text: string): unknown {
  const trimmed = text.trim().replaceAll('−', '-')
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed)
}

function createNumber(label: string, report: (value: unknown) => void) {
  const input = document.createElement('input')
  input.type = 'text'
  input.inputMode = 'decimal'
  input.autocomplete = 'off'
  input.spellcheck = false
  let shown = 0
  let isTyping = false
  const restore = () => {
    isTyping = false
    input.value = written(shown)
  }
  const enter = () => {
    if (!isTyping) return
    isTyping = false
    const value = typed(input.value)
    if (value !== shown) report(value)
    restore()
  }
  input.addEventListener('input', () => {
    isTyping = true
  })
  input.addEventListener('change', enter)
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') enter()
    if (key === 'Escape') restore()
  })
  const show = (value: unknown) => {
    shown = Number(value)
    if (!isTyping) restore()
  }
  return { input, label, show }
}

const rateEnds = learningRate.bounds!
const sliderEnd = 1000
const sliderStep = 10

/** Rates near an end do not stand at it, or a key could not bring them there. */
function positionOf(rate: number): number {
  const position = sliderPosition(rate, rateEnds)
  if (rate <= rateEnds.min || rate >= rateEnds.max) return position
  return Math.min(Math.max(position, sliderStep), sliderEnd - sliderStep)
}

function createRateSlider(label: string, report: (rate: number, phase: Phase) => void) {
  const input = document.createElement('input')
  input.type = 'range'
  input.max = String(sliderEnd)
  // A hundredth of seven decades, so that a key changes the rate by more than its rounding.
  input.step = String(sliderStep)
  let shown = 1
  let isDragging = false
  const restore = () => {
    input.value = String(positionOf(shown))
    input.setAttribute('aria-valuetext', written(shown))
  }
  const slid = () => sliderValue(Number(input.value), rateEnds)
  input.addEventListener('input', () => {
    isDragging = true
    input.setAttribute('aria-valuetext', written(slid()))
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

/** A field for each parameter of a rule or schedule; other ones come only with another of these. */
function createParameters(report: (change: Record<string, unknown>) => void) {
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
