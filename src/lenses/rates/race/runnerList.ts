/**
 * The list of runners: each one's rule, rate, parameters and schedule, and buttons for the list. It
 * keeps no runners of its own: it reports entries unchecked and shows what it is given.
 */
import type { LossName } from '../../../model/loss'
import type { RuleName } from '../../../model/rule'
import type { Phase } from '../../../settings/history'
import { defaultLearningRate, defaultRule } from '../../../settings/rules'
import {
  fitBatch,
  leadingRunner,
  learningRate,
  mostRunners,
  type RunnerSettings,
} from '../../../settings/runners'
import type { RunnerMark } from './runnerMark'
import { type Action, Row, type ShownRow } from './runnerRow'

export interface ShownRunners {
  runners: readonly RunnerSettings[]
  /** Loss and number of points determine the rate of a new rule. */
  loss: LossName
  sampleCount: number
  /** One for each runner. */
  marks: readonly RunnerMark[]
}

/** A row belongs to its runner; a new runner has none yet. */
interface Entry {
  runner: RunnerSettings
  row: Row | null
}

/** Rows to keep with their runners once the runners come back as requested. */
interface Arrangement {
  runners: string
  rows: readonly (Row | null)[]
}

const markup = `
  <div class="runner-tools">
    <button type="button" class="button">Add</button>
    <button type="button" class="button"
      title="Three runners with the first visible one's rule: a tenth of its rate, its rate and ten times its rate"
      >Row of rates ×1/10 ×1 ×10</button>
  </div>
  <ol></ol>`

/**
 * @param current the newest runners: of two entries within a frame, neither may undo the other
 * @param onChange receives numbers as entered: text that is not a number comes as text
 */
export function createRunnerList(
  container: HTMLElement,
  current: () => readonly RunnerSettings[],
  onChange: (runners: readonly RunnerSettings[], phase: Phase) => void,
) {
  container.classList.add('runner-list')
  container.innerHTML = markup
  const list = container.querySelector('ol')!
  const [add, spread] = container.querySelectorAll('button')
  let shown: ShownRunners = { runners: [], loss: 'mean', sampleCount: 1, marks: [] }
  let rows: Row[] = []
  let asked: Arrangement | null = null

  const arrange = (entries: readonly Entry[]) => {
    const runners = entries.map(({ runner }) => runner)
    asked = { runners: JSON.stringify(runners), rows: entries.map(({ row }) => row) }
    onChange(runners, 'end')
  }
  /** The rows of the newest runners, which may not be shown yet. */
  const newestRows = () => {
    const runners = current()
    if (runners.length === rows.length) return rows
    return asked?.runners === JSON.stringify(runners) ? asked.rows : runners.map(() => null)
  }
  const entries = () => {
    const own = newestRows()
    return current().map((runner, i): Entry => ({ runner, row: own[i] ?? null }))
  }
  const defaultsOf = (name: RuleName) => ({
    rule: fitBatch(defaultRule(name), shown.sampleCount),
    learningRate: defaultLearningRate(name, shown.loss, shown.sampleCount),
  })
  const newRow = () =>
    new Row({
      defaultsOf,
      onEnter: (row, change, phase) => {
        // Unchecked: the entry may not be a valid runner.
        const enter = ({ runner, row: own }: Entry) =>
          own === row ? (change(runner) as RunnerSettings) : runner
        onChange(entries().map(enter), phase)
      },
      onPress: (row, action) => {
        const at = newestRows().indexOf(row)
        if (at >= 0) arrange(acted(entries(), at, action))
      },
    })

  add.addEventListener('click', () =>
    arrange([...entries(), { runner: defaultsOf('gradientDescent'), row: null }]),
  )
  spread.addEventListener('click', () => {
    const { rule, learningRate: rate } = leadingRunner({ runners: current() }).runner
    const rates = [0.1, 1, 10].map((factor) => scaled(rate, factor))
    arrange(rates.map((learningRate) => ({ runner: { rule, learningRate }, row: null })))
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
      add.disabled = next.runners.length >= mostRunners
      for (const [i, row] of rows.entries()) row.show(shownRow(next, i))
      if (!(held instanceof HTMLElement) || (heldAt < 0 && held !== add)) return
      keepFocus(held, rows.includes(heldRow) ? heldRow : (rows[heldAt] ?? rows.at(-1)))
    },
  }
}

/** The entries after a press of a button in the row at position `at`. */
function acted(entries: readonly Entry[], at: number, action: Action): Entry[] {
  const changed = [...entries]
  const [own] = changed.splice(at, 1)
  if (action === 'duplicate') changed.splice(at, 0, own, { runner: own.runner, row: null })
  if (action === 'up') changed.splice(at - 1, 0, own)
  if (action === 'down') changed.splice(at + 1, 0, own)
  return changed
}

function shownRow({ runners, marks }: ShownRunners, at: number): ShownRow {
  const runner = runners[at]
  const isLastVisible = !runner.hidden && runners.filter(({ hidden }) => !hidden).length === 1
  const isOff = {
    hide: isLastVisible,
    duplicate: runners.length >= mostRunners,
    up: at === 0,
    down: at === runners.length - 1,
    remove: isLastVisible,
  }
  return { runner, number: at + 1, mark: marks[at], isOff }
}

function scaled(rate: number, factor: number): number {
  const { min, max } = learningRate.bounds!
  // Rounding removes binary noise, for example of 0.7 times 0.1.
  return Number(Math.min(max, Math.max(min, rate * factor)).toPrecision(12))
}

/** Orders the rows without touching those already in place, since the focus may be there. */
function place(list: Element, rows: readonly Row[]): void {
  const elements = rows.map(({ element }) => element)
  for (const child of [...list.children]) {
    if (!elements.includes(child as HTMLLIElement)) child.remove()
  }
  elements.forEach((element, i) => {
    if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null)
  })
}

/** A control that is removed or disabled passes its focus to a row near it. */
function keepFocus(held: HTMLElement, near: Row | undefined): void {
  if (!held.isConnected || held.matches(':disabled')) near?.focus()
  else if (document.activeElement !== held) held.focus()
}
