/** The list of keys of the page and its parts, which `?` opens. The first `?` loads it. */
import type { PageKey } from './keyboard'
import './keyList.css'
import { areSingleKeysOn, setSingleKeys } from './singleKeys'

/** The effect of the page's keys, wherever the focus is. */
const pageKeys: Readonly<Record<PageKey, string>> = {
  ' ': 'Play or pause',
  ArrowLeft: 'One step back',
  ArrowRight: 'One step on',
  Home: 'First step',
  End: 'Last step',
  r: 'Reset the camera',
  t: 'Look from above',
  a: 'Turn left',
  d: 'Turn right',
  w: 'Look from higher',
  s: 'Look from lower',
  e: 'Come nearer',
  q: 'Go farther',
  i: 'Move up or ahead',
  k: 'Move down or back',
  j: 'Move left',
  l: 'Move right',
  '+': 'Zoom into the map',
  '-': 'Zoom out of the map',
  p: 'Show or hide the settings',
  '^z': 'Undo',
  '^y': 'Redo',
  g: 'Gallery',
  c: 'Show or hide the caption',
  f: 'Full screen',
  '?': 'This list',
}

interface KeyGroup {
  place: string
  /** Names as in `KeyboardEvent.key`, after the modifier if there is one. */
  rows: readonly (readonly [keys: string, label: string])[]
}

const arrows = 'ArrowLeft ArrowRight ArrowDown ArrowUp'

/** Parts of the page with keys of their own: these apply while the focus is there. */
export const localKeys = {
  timeline: {
    place: 'On the timeline',
    rows: [
      [arrows, 'One step back or on'],
      [`Shift ${arrows}`, 'Ten steps'],
      ['PageDown PageUp', 'A tenth of all steps'],
      ['Home End', 'First or last step'],
      ['Space', 'Play or pause'],
    ],
  },
  slider: {
    place: 'On a slider of the settings',
    rows: [
      [arrows, 'Next or previous value'],
      [`Shift ${arrows}`, 'Ten values on or back'],
    ],
  },
  number: {
    place: 'In a number of the settings',
    rows: [
      ['ArrowDown ArrowUp', 'Next value'],
      ['Shift ArrowDown ArrowUp', 'Ten values'],
      ['Enter', 'Accept the entry'],
      ['Escape', 'Leave it as it was'],
    ],
  },
  tabs: {
    place: 'On a lens or another tab',
    rows: [['ArrowLeft ArrowRight', 'Next or previous tab']],
  },
  dataTable: {
    place: 'On the data editor’s table',
    rows: [
      [arrows, 'Neighbouring cell'],
      ['PageDown PageUp', 'A screen of rows'],
      ['Home End', 'First or last row'],
      ['Shift ArrowDown ArrowUp', 'Select rows up to there'],
      ['Ctrl ArrowDown ArrowUp', 'Next or previous cell; keep the selection'],
      ['Ctrl Space', 'Select or deselect the row'],
      ['Ctrl a', 'Select all'],
      ['F2', 'Edit the cell; typing a digit does so, too'],
      ['Enter Insert', 'One more point'],
      ['Delete Backspace', 'Remove the selected rows'],
    ],
  },
  dataCell: {
    place: 'In a cell being edited',
    rows: [
      ['Enter ArrowDown', 'Accept, and go down'],
      ['ArrowUp', 'Accept, and go up'],
      ['Tab', 'Accept, and go to the next cell'],
      ['Escape', 'Leave it as it was'],
    ],
  },
  dataPlot: {
    place: 'On a point of the data',
    rows: [
      [arrows, 'Move the selected points'],
      [`Shift ${arrows}`, 'Ten times as far'],
      ['PageDown PageUp', 'Next or previous point'],
      ['Shift PageDown PageUp', 'Add it to the selection'],
      ['Ctrl a', 'Select all'],
      ['Enter Insert', 'One more point'],
      ['Delete Backspace', 'Remove what is selected'],
    ],
  },
  dataEditor: {
    place: 'In the data editor',
    rows: [
      ['Ctrl c', 'Copy the selection'],
      ['Ctrl v', 'Paste points'],
      ['Escape', 'Close it'],
    ],
  },
  histogram: {
    place: 'On a histogram',
    rows: [
      [arrows, 'Next or previous bar'],
      ['Escape', 'No bar'],
    ],
  },
  sweep: {
    place: 'On the sweep of rates',
    rows: [
      [arrows, 'Next or previous rate'],
      ['PageDown PageUp', 'A tenth of a decade'],
      ['Home End', 'Lowest or highest rate'],
    ],
  },
  dial: {
    place: 'On the dial of directions',
    rows: [
      [arrows, 'One degree'],
      [`Shift ${arrows}`, 'Ten degrees'],
      ['PageDown PageUp', 'Ten degrees'],
      ['Home', 'Against the gradient'],
      ['End', 'Along the gradient'],
    ],
  },
  cubicHandle: {
    place: 'On a handle of x³',
    rows: [
      [arrows, 'Move it'],
      [`Shift ${arrows}`, 'Ten times as far'],
      ['PageDown PageUp', 'Ten times as far'],
      ['Home End', 'Left or right end'],
    ],
  },
  pointTable: {
    place: 'On the table of points',
    rows: [
      ['ArrowDown ArrowUp', 'Next or previous row'],
      ['PageDown PageUp', 'Ten rows'],
    ],
  },
  gallery: {
    place: 'In the gallery',
    rows: [
      [arrows, 'Neighbouring scene'],
      ['Home End', 'First or last scene'],
      ['Enter', 'Show it'],
      ['Escape', 'Close it'],
    ],
  },
} satisfies Record<string, KeyGroup>

/** Labels of keys that differ from the key's name. */
const caps: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
  ' ': 'Space',
  '-': '−',
}

export function openKeyList(): void {
  if (document.querySelector('.keys')) return
  const dialog = document.createElement('dialog')
  dialog.className = 'keys'
  dialog.setAttribute('aria-labelledby', 'keys-title')
  const ofPage = Object.entries(pageKeys).map(([key, label]) =>
    rowOf(key[0] === '^' ? ['Ctrl', capOf(key[1])] : [capOf(key)], label),
  )
  const groups = Object.values<KeyGroup>(localKeys).map(
    ({ place, rows }) =>
      `<section><h3>${place}</h3><dl>${rows.map(([keys, label]) => rowOf(keys.split(' ').map(capOf), label)).join('')}</dl></section>`,
  )
  // The heading takes the focus: with the button, a small screen would show the end of the list.
  dialog.innerHTML = `
    <header class="keys-head">
      <h2 id="keys-title" tabindex="-1" autofocus>Keys</h2>
      <button type="button" class="button">Close</button>
    </header>
    <label class="keys-single">
      <input type="checkbox"> Letters and signs are keys of the page; switch off when dictating
    </label>
    <dl class="keys-page">${ofPage.join('')}</dl>
    <div class="keys-places">${groups.join('')}</div>`
  const single = dialog.querySelector('input')!
  single.checked = areSingleKeysOn()
  single.addEventListener('change', () => setSingleKeys(single.checked))
  dialog.querySelector('button')!.addEventListener('click', () => dialog.close())
  // A click on the backdrop has the dialog itself as its target.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

const capOf = (key: string) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)

function rowOf(keys: readonly string[], label: string): string {
  const written = keys.map((key) => `<kbd>${key}</kbd>`).join(' ')
  return `<div><dt>${written}</dt><dd>${label}</dd></div>`
}
