/** Keys of the page. keyList.ts lists them, with those of the page's parts. */
import { areSingleKeysOn } from './singleKeys'

export interface KeyActions {
  togglePlay(): void
  /** Moves the shown step by this many. */
  step(delta: number): void
  first(): void
  last(): void
  resetCamera(): void
  topView(): void
  /** Turns by degrees to the right and upwards, and multiplies the distance by a factor. */
  moveCamera(turn: number, tilt: number, farther: number): void
  /** Moves a map that can be zoomed, or else the eye: steps to the right and ahead. */
  move(right: number, ahead: number): void
  togglePanel(): void
  /** A factor below 1 comes nearer. */
  zoomMap(factor: number): void
  undo(): void
  redo(): void
  gallery(act: GalleryAct): void
  /** Opens the list of keys. */
  showList(): void
}

/** Actions of the part that is loaded with the gallery. */
export type GalleryAct = 'open' | 'toggleCaption' | 'toggleFullScreen'

interface Binding {
  /** `KeyboardEvent.key`, letters in lower case; preceded by ^ if Ctrl or Cmd is held. */
  key: string
  run(actions: KeyActions): void
  /** Whether a focused control may want this key for itself. */
  shared?: true
}

const bindings = [
  { key: ' ', run: (a) => a.togglePlay(), shared: true },
  { key: 'ArrowLeft', run: (a) => a.step(-1), shared: true },
  { key: 'ArrowRight', run: (a) => a.step(1), shared: true },
  { key: 'Home', run: (a) => a.first(), shared: true },
  { key: 'End', run: (a) => a.last(), shared: true },
  { key: 'r', run: (a) => a.resetCamera() },
  { key: 't', run: (a) => a.topView() },
  { key: 'a', run: (a) => a.moveCamera(-5, 0, 1) },
  { key: 'd', run: (a) => a.moveCamera(5, 0, 1) },
  { key: 'w', run: (a) => a.moveCamera(0, 5, 1) },
  { key: 's', run: (a) => a.moveCamera(0, -5, 1) },
  { key: 'e', run: (a) => a.moveCamera(0, 0, 0.9) },
  { key: 'q', run: (a) => a.moveCamera(0, 0, 1 / 0.9) },
  { key: 'i', run: (a) => a.move(0, 1) },
  { key: 'k', run: (a) => a.move(0, -1) },
  { key: 'j', run: (a) => a.move(-1, 0) },
  { key: 'l', run: (a) => a.move(1, 0) },
  { key: '+', run: (a) => a.zoomMap(0.5) },
  { key: '-', run: (a) => a.zoomMap(2) },
  { key: 'p', run: (a) => a.togglePanel() },
  { key: '^z', run: (a) => a.undo() },
  { key: '^y', run: (a) => a.redo() },
  { key: 'g', run: (a) => a.gallery('open') },
  { key: 'c', run: (a) => a.gallery('toggleCaption') },
  { key: 'f', run: (a) => a.gallery('toggleFullScreen') },
  { key: '?', run: (a) => a.showList() },
] as const satisfies readonly Binding[]

export type PageKey = (typeof bindings)[number]['key']

/** Listens on `target` (the document's body, as a rule) and returns the way to stop. */
export function createKeyboard(target: HTMLElement, actions: KeyActions): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return
    const binding = bindingOf(event)
    if (!binding || isTyping(event) || isUnderDialog()) return
    if (binding.shared && isControl(event)) return
    if (isSingle(binding) && !areSingleKeysOn()) return
    event.preventDefault()
    binding.run(actions)
  }
  // The panel and the data editor keep their keys from the page. All bindings apply in the panel;
  // in the editor, those for undo, redo and help do.
  const onFirst = (event: KeyboardEvent) => {
    const isInPanel = event.target instanceof Element && event.target.closest('.lil-gui')
    if (isInPanel || isHeld(event) || event.key === '?') onKeyDown(event)
  }
  target.addEventListener('keydown', onKeyDown)
  target.addEventListener('keydown', onFirst, true)
  return () => {
    target.removeEventListener('keydown', onKeyDown)
    target.removeEventListener('keydown', onFirst, true)
  }
}

/** A letter or sign without Ctrl, as WCAG 2.1.4 means it; Space and arrows are not. */
const isSingle = ({ key }: Binding) => key.length === 1 && key !== ' '

const isHeld = ({ ctrlKey, metaKey }: KeyboardEvent) => ctrlKey || metaKey

/** Finds a binding by the key's letter or, in other alphabets, by the key's position. */
function bindingOf(event: KeyboardEvent): Binding | undefined {
  const { key, code } = event
  const written = key.length === 1 ? key.toLowerCase() : key
  const found = boundTo(written, event)
  // With Ctrl a sign has a meaning of its own; without, it may be on the Q key, as in Hebrew.
  const isForeign = (isHeld(event) ? /^[^ -~]$/ : /^[^a-z]$/).test(written)
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return found ?? (isForeign && letter ? boundTo(letter.toLowerCase(), event) : undefined)
}

function boundTo(name: string, event: KeyboardEvent): Binding | undefined {
  const redone = event.shiftKey && name === 'z' ? 'y' : name
  const wanted = isHeld(event) ? `^${redone}` : name
  return bindings.find(({ key }) => key === wanted)
}

/** Dialogs other than the data editor, which edits the page's own data. */
const isUnderDialog = () => document.querySelector('dialog:modal:not(.data-editor)') !== null

const isOn = ({ target }: KeyboardEvent, selector: string) =>
  target instanceof Element && target.closest(selector) !== null

/** A list, or a number that nobody is editing, uses letters, but has nothing of its own to undo. */
const isTyping = (event: KeyboardEvent) =>
  isOn(
    event,
    isHeld(event)
      ? 'input:not([type=checkbox], [type=range], [data-at-rest]), textarea'
      : 'input:not([type=checkbox], [type=range]), textarea, select',
  )

/** Sliders use all of these keys except Space. */
const isControl = (event: KeyboardEvent) =>
  isOn(
    event,
    'input[type=checkbox], button, select, a, [role=tab], [tabindex="0"]:not([role=slider])',
  ) ||
  (event.key !== ' ' && isOn(event, 'input, [role=slider]'))
