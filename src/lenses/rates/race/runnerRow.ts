/** A runner of the list: one line, and below it the settings that are seldom changed. */
import type { RuleName } from '../../../model/rule'
import type { Phase } from '../../../settings/history'
import { rules, schedules } from '../../../settings/rules'
import { type RunnerSettings, rateEnds } from '../../../settings/runners'
import {
  box,
  createChoice,
  createNumber,
  createParameters,
  createRateSlider,
  labelled,
  nameControl,
  wordsOf,
} from './runnerFields'
import { createRunnerMark, type RunnerMark } from './runnerMark'

/** The runner's number replaces # in labels; icons are paths on a 16 x 16 grid. */
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
export type Action = Exclude<ButtonName, 'hide' | 'more'>

interface RowCallbacks {
  /** A runner with the rule's published parameters, at its own rate. */
  defaultsOf(name: RuleName): RunnerSettings
  /** @param change gives the unchecked runner; it is told the newest one, maybe not yet shown */
  onEnter(row: Row, change: (old: RunnerSettings) => object, phase: Phase): void
  onPress(row: Row, action: Action): void
}

export interface ShownRow {
  runner: RunnerSettings
  /** Counted from 1. */
  number: number
  mark: RunnerMark
  isOff: Readonly<Record<Exclude<ButtonName, 'more'>, boolean>>
}

let rowCount = 0

export class Row {
  readonly element: HTMLLIElement
  private readonly mark = createRunnerMark()
  private readonly rule = createChoice('Rule of runner #', wordsOf(rules), (name) =>
    this.enter(({ rule: { schedule }, ...rest }) => {
      const published = this.callbacks.defaultsOf(name as RuleName)
      return { ...rest, ...published, rule: { ...published.rule, ...(schedule && { schedule }) } }
    }),
  )
  private readonly rate = createNumber('Learning rate of runner #', (value) =>
    this.enterRate(value, 'end'),
  )
  private readonly slider = createRateSlider('Rate η of runner #, slider', (rate, phase) =>
    this.enterRate(rate, phase),
  )
  private readonly schedule = createChoice('Schedule of runner #', wordsOf(schedules), (kind) =>
    this.enterSchedule({ kind }),
  )
  private readonly ruleValues = createParameters((change) =>
    this.enter((old) => ({ ...old, rule: { ...old.rule, ...change } })),
  )
  private readonly scheduleValues = createParameters((change) =>
    this.enter((old) => ({
      ...old,
      rule: { ...old.rule, schedule: { ...old.rule.schedule, ...change } },
    })),
  )
  private readonly hide = createButton('hide', () =>
    this.enter(({ hidden, ...rest }) => (hidden ? rest : { ...rest, hidden: true })),
  )
  private readonly more = createButton('more', () => this.expand(this.details.hidden === true))
  private readonly arranging = (['duplicate', 'up', 'down', 'remove'] as const).map((name) => ({
    name,
    ...createButton(name, () => this.callbacks.onPress(this, name)),
  }))
  private readonly inLine = [this.rule, this.rate, this.hide, this.more]
  private readonly details = box('div', 'runner-details', [
    labelled('rate η', this.slider, `Learning rate, ${rateEnds.join(' to ')}`),
    this.ruleValues.element,
    labelled('schedule', this.schedule, 'How the rate changes with the steps'),
    this.scheduleValues.element,
    box(
      'div',
      'runner-buttons',
      this.arranging.map(({ input }) => input),
    ),
  ])

  constructor(private readonly callbacks: RowCallbacks) {
    const { mark, inLine, details } = this
    const line = box('div', 'runner-line', [mark.element, ...inLine.map(({ input }) => input)])
    this.element = box('li', 'runner', [line, details])
    details.id = `runner-${++rowCount}`
    this.more.input.setAttribute('aria-controls', details.id)
    this.expand(false)
  }

  show({ runner, number, mark, isOff }: ShownRow): void {
    this.element.classList.toggle('runner-hidden', runner.hidden === true)
    this.mark.show(mark)
    this.rule.show(runner.rule.name)
    this.rule.input.title = rules[runner.rule.name].hint
    this.rate.show(runner.learningRate)
    this.slider.show(runner.learningRate)
    const { kind } = runner.rule.schedule ?? { kind: 'constant' }
    this.schedule.show(kind)
    this.schedule.input.title = schedules[kind].hint
    this.ruleValues.show(rules[runner.rule.name].parameters, runner.rule, number)
    this.scheduleValues.show(schedules[kind].parameters, runner.rule.schedule ?? {}, number)
    this.hide.input.setAttribute('aria-pressed', String(runner.hidden === true))
    this.hide.input.disabled = isOff.hide
    for (const { name, input } of this.arranging) input.disabled = isOff[name]
    const named = [...this.inLine, this.slider, this.schedule, ...this.arranging]
    for (const each of named) nameControl(each, number)
  }

  focus(): void {
    this.more.input.focus()
  }

  private enter(change: (old: RunnerSettings) => object, phase: Phase = 'end'): void {
    this.callbacks.onEnter(this, change, phase)
  }

  private enterSchedule(schedule: object): void {
    this.enter((old) => ({ ...old, rule: { ...old.rule, schedule } }))
  }

  private enterRate(rate: unknown, phase: Phase): void {
    this.enter((old) => ({ ...old, learningRate: rate }), phase)
  }

  private expand(isExpanded: boolean): void {
    this.details.hidden = !isExpanded
    this.more.input.setAttribute('aria-expanded', String(isExpanded))
  }
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
