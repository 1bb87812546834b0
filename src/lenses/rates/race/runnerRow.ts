/** A runner of the list: one line, and below it what is seldom turned. */
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

export interface Row {
  element: HTMLLIElement
  show(shown: ShownRow): void
  focus(): void
}

let rowCount = 0

/** One line, and below it what is seldom turned. */
export function createRow({ defaultsOf, onEnter, onPress }: RowCallbacks): Row {
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
    labelled('rate η', slider, `Learning rate, ${rateEnds.join(' to ')}`),
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
