/** Keys of the page, in one table from which the list that `?` opens is made too. */

export interface KeyActions {
  togglePlay(): void
  /** Moves the shown step by so many. */
  step(delta: number): void
  first(): void
  last(): void
  resetCamera(): void
  topView(): void
  /** Degrees to the right and upwards, and the factor of the distance. */
  moveCamera(turn: number, tilt: number, farther: number): void
  togglePanel(): void
  /** A factor below 1 comes nearer. */
  zoomMap(factor: number): void
  undo(): void
  redo(): void
  gallery(act: GalleryAct): void
}

/** What is loaded with the gallery. */
export type GalleryAct = 'open' | 'toggleCaption' | 'toggleFullScreen'

interface Binding {
  /** `KeyboardEvent.key`, letters in lower case, behind ^ where Ctrl or Cmd is held. */
  key: string
  /** As it is written on a keyboard. */
  cap: string
  label: string
  run(actions: KeyActions): void
  /** Whether a focused control may want this key for itself. */
  shared: boolean
}

export const bindings: readonly Binding[] = [
  { key: ' ', cap: 'Space', label: 'Play or pause', run: (a) => a.togglePlay(), shared: true },
  { key: 'ArrowLeft', cap: '←', label: 'One step back', run: (a) => a.step(-1), shared: true },
  { key: 'ArrowRight', cap: '→', label: 'One step on', run: (a) => a.step(1), shared: true },
  { key: 'Home', cap: 'Home', label: 'First step', run: (a) => a.first(), shared: true },
  { key: 'End', cap: 'End', label: 'Last step', run: (a) => a.last(), shared: true },
  { key: 'r', cap: 'R', label: 'Reset the camera', run: (a) => a.resetCamera(), shared: false },
  { key: 't', cap: 'T', label: 'Look from above', run: (a) => a.topView(), shared: false },
  { key: 'a', cap: 'A', label: 'Turn left', run: (a) => a.moveCamera(-5, 0, 1), shared: false },
  { key: 'd', cap: 'D', label: 'Turn right', run: (a) => a.moveCamera(5, 0, 1), shared: false },
  {
    key: 'w',
    cap: 'W',
    label: 'Look from higher',
    run: (a) => a.moveCamera(0, 5, 1),
    shared: false,
  },
  {
    key: 's',
    cap: 'S',
    label: 'Look from lower',
    run: (a) => a.moveCamera(0, -5, 1),
    shared: false,
  },
  { key: 'e', cap: 'E', label: 'Come nearer', run: (a) => a.moveCamera(0, 0, 0.9), shared: false },
  {
    key: 'q',
    cap: 'Q',
    label: 'Go farther',
    run: (a) => a.moveCamera(0, 0, 1 / 0.9),
    shared: false,
  },
  { key: '+', cap: '+', label: 'Zoom into the map', run: (a) => a.zoomMap(0.5), shared: false },
  { key: '-', cap: '−', label: 'Zoom out of the map', run: (a) => a.zoomMap(2), shared: false },
  {
    key: 'p',
    cap: 'P',
    label: 'Show or hide the settings',
    run: (a) => a.togglePanel(),
    shared: false,
  },
  { key: '^z', cap: 'Ctrl+Z', label: 'Undo', run: (a) => a.undo(), shared: false },
  {
    key: '^y',
    cap: 'Ctrl+Y',
    label: 'Redo',
    run: (a) => a.redo(),
    shared: false,
  },
  { key: 'g', cap: 'G', label: 'Gallery', run: (a) => a.gallery('open'), shared: false },
  {
    key: 'c',
    cap: 'C',
    label: 'Show or hide the caption',
    run: (a) => a.gallery('toggleCaption'),
    shared: false,
  },
  {
    key: 'f',
    cap: 'F',
    label: 'Full screen',
    run: (a) => a.gallery('toggleFullScreen'),
    shared: false,
  },
]

const helpBinding = { cap: '?', label: 'This list' }

/** Listens on `target` (the document's body, as a rule) and owns the dialog with the list. */
export function createKeyboard(target: HTMLElement, actions: KeyActions) {
  const dialog = createHelp()
  target.append(dialog)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return
    const key = keyOf(event)
    if (dialog.open || isTyping(event.target, key)) return
    if (key === '?') return dialog.showModal()
    const binding = bindings.find((candidate) => candidate.key === key)
    if (!binding || (binding.shared && isControl(event.target))) return
    event.preventDefault()
    binding.run(actions)
  }
  // The panel keeps its keys from the page; to undo is meant there, too.
  const onFirst = (event: KeyboardEvent) => {
    if (keyOf(event)[0] === '^') onKeyDown(event)
  }
  target.addEventListener('keydown', onKeyDown)
  target.addEventListener('keydown', onFirst, true)

  return {
    showHelp: () => dialog.showModal(),
    dispose() {
      target.removeEventListener('keydown', onKeyDown)
      target.removeEventListener('keydown', onFirst, true)
      dialog.remove()
    },
  }
}

function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const name = key.length === 1 ? key.toLowerCase() : key
  if (!ctrlKey && !metaKey) return name
  return name === 'z' && shiftKey ? '^y' : `^${name}`
}

/** A list takes letters to find an entry by, but has nothing of its own to undo. */
const isTyping = (target: EventTarget | null, key: string) =>
  target instanceof Element &&
  target.closest(
    `input:not([type=checkbox], [type=range]), textarea${key[0] === '^' ? '' : ', select'}`,
  ) !== null

const isControl = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, button, select, a, [role=slider], [role=tab], [tabindex="0"]') !== null

function createHelp(): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.className = 'keys'
  dialog.setAttribute('aria-labelledby', 'keys-title')
  const rows = [...bindings, helpBinding]
    .map(({ cap, label }) => `<div><dt><kbd>${cap}</kbd></dt><dd>${label}</dd></div>`)
    .join('')
  dialog.innerHTML = `
    <h2 id="keys-title">Keys</h2>
    <dl>${rows}</dl>
    <button type="button" class="button">Close</button>`
  dialog.querySelector('button')!.addEventListener('click', () => dialog.close())
  // A click on the backdrop has the dialog itself as its target.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  return dialog
}
