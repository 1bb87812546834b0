/** The dialog to save what is shown, and to open a saved file. */
import { formatCount } from '../../display/numbers'
import { areaOf, formats, groups, items, requestOf, type Savable, sizesOf } from './saveRequest'
import './save.css'

export interface SaveActions {
  /** Resolves when the file is on its way to the person; rejects with a sentence. */
  onSave(
    request: object,
    options: { signal: AbortSignal; onProgress(share: number): void },
  ): Promise<void>
  onOpen(file: File): void
  onCopyLink(): void
}

export interface SaveDialog {
  open(savable: Savable): void
  /** Whether it is at work, which it says: a file can not be opened meanwhile. Else it closes. */
  refuses(file: File): boolean
}

const markup = `
  <form method="dialog">
    <h2 id="save-title">Save and open</h2>
    <div class="save-fields">
      <label><span>What</span><select name="what">${groups
        .map(
          ({ kind, label }) =>
            `<optgroup label="${label}">${items
              .filter((item) => item.kind === kind)
              .map((item) => `<option value="${item.what}">${item.label}</option>`)
              .join('')}</optgroup>`,
        )
        .join('')}</select></label>
      <label class="save-size"><span>Size</span><select name="size"></select></label>
      <label><span>Format</span><select name="format"></select></label>
    </div>
    <p class="save-hint"></p>
    <div class="save-progress" hidden><progress max="1" aria-label="Saved so far"></progress><span></span></div>
    <p class="save-error" role="alert" hidden></p>
    <div class="save-buttons">
      <button type="submit" class="button save-do">Save</button>
      <button type="button" class="button save-cancel">Close</button>
    </div>
    <div class="save-other">
      <p>Every file carries all settings: opened here, or dropped on the page, it brings them back.</p>
      <div class="save-buttons">
        <label class="button save-open">Open a file…<input type="file" accept=".png,.csv,.json,.mp4,.webm" /></label>
        <button type="button" class="button save-link">Copy link</button>
      </div>
    </div>
  </form>`

export function createSaveDialog(parent: HTMLElement, actions: SaveActions): SaveDialog {
  const dialog = document.createElement('dialog')
  dialog.className = 'save'
  dialog.setAttribute('aria-labelledby', 'save-title')
  dialog.innerHTML = markup
  parent.append(dialog)
  const find = <T extends HTMLElement>(selector: string) => dialog.querySelector<T>(selector)!
  const what = find<HTMLSelectElement>('[name=what]')
  const size = find<HTMLSelectElement>('[name=size]')
  const format = find<HTMLSelectElement>('[name=format]')
  const file = find<HTMLInputElement>('[type=file]')
  const cancel = find<HTMLButtonElement>('.save-cancel')
  const progress = find<HTMLProgressElement>('progress')
  const buttons = ['.save-do', '.save-link'].map((name) => find<HTMLButtonElement>(name))
  const fields = [what, size, format, file, ...buttons]
  let savable: Savable = { stage: null, maps: [], hasStage: true, step: 0 }
  let isChosen = false
  let running: AbortController | null = null

  const item = () => items.find((each) => each.what === what.value) ?? items[0]

  const showItem = () => {
    const { kind, hint } = item()
    setOptions(format, formats[kind])
    find('.save-size').hidden = kind === 'table'
    setOptions(size, kind === 'table' ? [] : sizesOf(item(), savable))
    const step = item().what === 'crowd' ? ` It is ${formatCount(savable.step)}.` : ''
    find('.save-hint').textContent = hint + step
    showError('')
  }
  const showError = (sentence: string) => {
    const error = find('.save-error')
    error.textContent = sentence
    error.hidden = sentence === ''
  }
  const setRunning = (controller: AbortController | null) => {
    running = controller
    cancel.textContent = controller ? 'Cancel' : 'Close'
    find('.save-progress').hidden = controller === null
    for (const field of fields) field.disabled = controller !== null
    dialog.toggleAttribute('data-busy', controller !== null)
    showShare(0)
  }
  const showShare = (share: number) => {
    progress.value = share
    find('.save-progress span').textContent = `${Math.round(share * 100)} %`
  }
  const save = async () => {
    const controller = new AbortController()
    setRunning(controller)
    showError('')
    cancel.focus()
    try {
      await actions.onSave(requestOf(item(), size.value, format.value), {
        signal: controller.signal,
        onProgress: showShare,
      })
      dialog.close()
    } catch (reason) {
      const sentence = reason instanceof Error ? reason.message : String(reason)
      showError(controller.signal.aborted ? 'Cancelled; nothing was saved.' : sentence)
    } finally {
      setRunning(null)
    }
  }

  dialog.querySelector('form')!.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!running) void save()
  })
  what.addEventListener('change', () => {
    isChosen = true
    showItem()
  })
  cancel.addEventListener('click', () => (running ? running.abort() : dialog.close()))
  find('.save-link').addEventListener('click', () => {
    actions.onCopyLink()
    dialog.close()
  })
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? []
    if (chosen) actions.onOpen(chosen)
    // So that the same file can be chosen again.
    file.value = ''
  })
  // Escape ends the work before it closes the dialog.
  dialog.addEventListener('cancel', (event) => {
    if (!running) return
    event.preventDefault()
    running.abort()
  })
  // The page's keys are not meant.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  // A click on the backdrop has the dialog itself as its target.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog && !running) dialog.close()
  })

  return {
    open(next) {
      if (dialog.open) return
      savable = next
      for (const option of what.options) {
        if (option.value === 'stage') option.disabled = !next.hasStage
      }
      // The larger picture, until something else is chosen.
      if (!isChosen) what.value = areaOf(next.maps) > areaOf([next.stage]) ? 'map' : 'stage'
      if (!next.hasStage && what.value === 'stage') what.value = 'map'
      showItem()
      dialog.showModal()
    },
    refuses({ name }) {
      if (running)
        showError(`"${name}" is not opened while a file is being saved. Wait, or cancel.`)
      else dialog.close()
      return running !== null
    },
  }
}

/** Keeps what was chosen, where it is still there. */
function setOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, label: string])[],
): void {
  const before = select.value
  select.replaceChildren(...options.map(([value, label]) => new Option(label, value)))
  if (options.some(([value]) => value === before)) select.value = before
}
