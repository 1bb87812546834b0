/**
 * The panel: a control for each setting that a person may change, made from the settings table. It
 * reports what was entered, unchecked, and shows the settings that it is given.
 */
import { GUI } from 'lil-gui'
import { writtenNumber } from '../display/numbers'
import { nested, valueAt } from '../settings/change'
import { fieldAt } from '../settings/fields'
import type { Phase } from '../settings/history'
import { defaults, type Settings } from '../settings/settings'
import type { PageActions } from './actions'
import {
  ChoiceControl,
  type ChoiceOption,
  type Control,
  FlagControl,
  NumberControl,
  RangeControl,
  TextControl,
} from './controls'
import { folders, type Row } from './panelRows'

/** Changes hold values as entered: text that is not a number comes as text. */
export type PanelActions = Pick<PageActions, 'change' | 'takePreset' | 'reset'>

export interface PanelInfo {
  presets: readonly { name: string; label: string; lens?: Settings['lens'] }[]
  /** The preset that equals the settings, if any. */
  preset: string | null
}

/** Paths that the panel has a control for. */
export const panelPaths: readonly string[] = folders.flatMap(({ rows }) =>
  rows.map(({ path }) => path),
)

export function createPanel(container: HTMLElement, actions: PanelActions) {
  const gui = new GUI({ container, autoPlace: false, injectStyles: false, title: 'Settings' })
  let settings: Settings | null = null
  const controls: { row: Row; control: Control }[] = []

  const enter = (row: Row, value: unknown, phase: Phase) => {
    if (settings) actions.change(nested(row.path, wholeValue(row, value, settings)), phase)
  }
  let preset: ChoiceControl | null = null
  const lensFolders: { folder: GUI; lens: Settings['lens'] }[] = []
  for (const { title, rows, lens, closed } of folders) {
    const folder = gui.addFolder(title)
    if (closed) folder.close()
    if (lens) lensFolders.push({ folder, lens })
    preset ??= createPresetControl(folder, actions)
    for (const row of rows) {
      const control = createControl(folder, row, (...change) => enter(row, ...change))
      if (row.hint) control.domElement.title = row.hint
      controls.push({ row, control })
    }
  }
  gui.add({ reset: () => actions.reset() }, 'reset').name('Reset all settings')

  let presets: PanelInfo['presets'] = []
  return {
    element: gui.domElement,
    /** Displays settings; no callback is called. */
    show(next: Settings, info: PanelInfo) {
      settings = next
      if (info.presets !== presets) {
        presets = info.presets
        preset?.setOptions(presetOptions(presets))
      }
      preset?.display(info.preset ?? custom.value)
      for (const { folder, lens } of lensFolders) folder.show(lens === next.lens)
      for (const { row, control } of controls) {
        if (row.ends && control instanceof NumberControl) {
          const [min, max] = row.ends(next)
          control.setSlider({ min, max, integer: false, logarithmic: false })
        }
        control.display(shownValue(row, next))
        control.enable(row.matters?.(next) ?? true)
        control.show(!row.isHidden?.(next))
      }
    },
  }
}

const custom: ChoiceOption = { value: '', label: 'own settings' }

function createPresetControl(folder: GUI, actions: PanelActions): ChoiceControl {
  const control = new ChoiceControl(folder, 'preset', [], (name) => {
    if (name !== custom.value) actions.takePreset(String(name))
  })
  control.domElement.classList.add('long-choice')
  return control
}

function presetOptions(presets: PanelInfo['presets']): ChoiceOption[] {
  return [
    custom,
    ...presets.map(({ name, label, lens }) => ({
      value: name,
      label,
      ...(lens === 'starts' && { group: 'In the lens of starts' }),
    })),
  ]
}

function createControl(
  folder: GUI,
  row: Row,
  report: (value: unknown, phase: Phase) => void,
): Control {
  const { kind } = row.inner ?? fieldAt(row.path)
  if (kind.choices) {
    const options = kind.choices.map((value) => ({ value, label: row.words?.[value] ?? value }))
    return new ChoiceControl(folder, row.label, options, report)
  }
  if (row.element === undefined && isPair(valueAt(defaults, row.path))) {
    return new RangeControl(folder, row.label, { format: shortNumber }, report)
  }
  const { bounds } = kind
  if (bounds) {
    // A clicked place has many digits.
    const format = row.element === undefined ? writtenNumber : shortNumber
    const slider = row.slider === null ? null : { ...bounds, ...row.slider }
    const entry = { format, slider, signed: bounds.min < 0 }
    return new NumberControl(folder, row.label, entry, report)
  }
  if (Array.isArray(valueAt(defaults, row.path))) {
    return new TextControl(folder, row.label, kind, report)
  }
  return new FlagControl(folder, row.label, report)
}

/** [min, max], rather than a list of points or runners. */
function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)
}

/** Six digits: zooming gives a bound many more, and the setting keeps them all. */
function shortNumber(value: number): string {
  return writtenNumber(Number(value.toPrecision(6)))
}

function shownValue(row: Row, settings: Settings): unknown {
  if (row.inner) return row.inner.get(settings)
  const value = valueAt(settings, row.path)
  if (row.element === undefined) return value
  return (value as readonly number[])[row.element]
}

/** The value of the whole setting; the row may show only a part of it. */
function wholeValue(row: Row, value: unknown, settings: Settings): unknown {
  if (row.inner) return row.inner.within(settings, value)
  if (row.element === undefined) return value
  return (valueAt(settings, row.path) as readonly unknown[]).map((old, index) =>
    index === row.element ? value : old,
  )
}
