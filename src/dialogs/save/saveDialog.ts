/** The dialog to save what is shown, and to open a saved file. */
import { formatCount } from '../../display/numbers'
import { sentenceOf } from '../../page/notices'
import { createWorkDialog } from '../../widgets/workDialog'
import { areaOf, formats, groups, items, requestOf, type Savable, sizesOf } from './saveRequest'
import './save.css'

export interface SaveActions {
  /** Resolves when the download has started; rejects with a sentence. */
  onSave(
    request: object,
    options: { signal: AbortSignal; onProgress(share: number): void },
  ): Promise<void>
  onOpen(file: File): void
  onCopyLink(): void
}

const markup = `
  <div class="save-form">
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
    <div class="work-buttons">
      <button type="button" class="button save-do">Save</button>
      <button type="button" class="button save-cancel">Close</button>
    </div>
    <div class="save-other">
      <p>Every file contains all settings: open it here or drop it on the page to bring them back.</p>
      <div class="work-buttons">
        <label class="button save-open">Open a file…<input type="file" accept=".png,.csv,.json,.mp4,.webm" /></label>
        <button type="button" class="button save-link">Copy link</button>
      </div>
    </div>
  </div>`

export class SaveDialog {
  private readonly dialog = createWorkDialog('save', markup, () => this.running)
  private readonly what = this.find<HTMLSelectElement>('[name=what]')
  private readonly size = this.find<HTMLSelectElement>('[name=size]')
  private readonly format = this.find<HTMLSelectElement>('[name=format]')
  private readonly cancel = this.find('.save-cancel')
  private savable: Savable = { stage: null, maps: [], hasStage: true, step: 0 }
  private isChosen = false
  private running: AbortController | null = null

  constructor(private readonly actions: SaveActions) {
    const { dialog } = this
    // Not a form: frames can forbid those, and then nothing would happen.
    this.find('.save-do').addEventListener('click', () => {
      if (!this.running) void this.save()
    })
    this.what.addEventListener('change', () => {
      this.isChosen = true
      this.showItem()
    })
    this.cancel.addEventListener('click', () =>
      this.running ? this.running.abort() : dialog.close(),
    )
    this.find('.save-link').addEventListener('click', () => {
      actions.onCopyLink()
      dialog.close()
    })
    const file = this.find<HTMLInputElement>('[type=file]')
    file.addEventListener('change', () => {
      const [chosen] = file.files ?? []
      if (chosen) actions.onOpen(chosen)
      // Lets the same file be chosen again.
      file.value = ''
    })
  }

  open(next: Savable): void {
    const { dialog, what } = this
    if (dialog.open) return
    this.savable = next
    for (const option of what.options) {
      if (option.value === 'stage') option.disabled = !next.hasStage
    }
    // Offers the larger picture until something else is chosen.
    if (!this.isChosen) what.value = areaOf(next.maps) > areaOf([next.stage]) ? 'map' : 'stage'
    if (!next.hasStage && what.value === 'stage') what.value = 'map'
    this.showItem()
    dialog.showModal()
  }

  /** Refuses to open a file while one is being saved, with a sentence; otherwise closes. */
  refuses({ name }: File): boolean {
    if (this.running)
      this.showError(`"${name}" cannot be opened while a file is being saved. Wait, or cancel.`)
    else this.dialog.close()
    return this.running !== null
  }

  private find<T extends HTMLElement>(selector: string): T {
    return this.dialog.querySelector<T>(selector)!
  }

  private get item() {
    return items.find((each) => each.what === this.what.value) ?? items[0]
  }

  private showItem(): void {
    const { item, savable } = this
    setOptions(this.format, formats[item.kind])
    this.find('.save-size').hidden = item.kind === 'table'
    setOptions(this.size, item.kind === 'table' ? [] : sizesOf(item, savable))
    const step = item.what === 'crowd' ? ` It is ${formatCount(savable.step)}.` : ''
    this.find('.save-hint').textContent = item.hint + step
    this.showError('')
  }

  private showError(sentence: string): void {
    const error = this.find('.save-error')
    error.textContent = sentence
    error.hidden = sentence === ''
  }

  private setRunning(controller: AbortController | null): void {
    this.running = controller
    this.cancel.textContent = controller ? 'Cancel' : 'Close'
    this.find('.save-progress').hidden = controller === null
    const fields = this.dialog.querySelectorAll<HTMLInputElement>(
      'select, input, .save-do, .save-link',
    )
    for (const field of fields) field.disabled = controller !== null
    this.dialog.toggleAttribute('data-busy', controller !== null)
    this.showShare(0)
  }

  private showShare(share: number): void {
    this.find<HTMLProgressElement>('progress').value = share
    this.find('.save-progress span').textContent = `${Math.round(share * 100)} %`
  }

  private async save(): Promise<void> {
    const controller = new AbortController()
    this.setRunning(controller)
    this.showError('')
    this.cancel.focus()
    try {
      await this.actions.onSave(requestOf(this.item, this.size.value, this.format.value), {
        signal: controller.signal,
        onProgress: (share) => this.showShare(share),
      })
      this.dialog.close()
    } catch (reason) {
      const isCancelled = controller.signal.aborted
      this.showError(isCancelled ? 'Cancelled; nothing was saved.' : sentenceOf(reason))
    } finally {
      this.setRunning(null)
    }
  }
}

/** Keeps the choice if the new options still have it. */
function setOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, label: string])[],
): void {
  const before = select.value
  select.replaceChildren(...options.map(([value, label]) => new Option(label, value)))
  if (options.some(([value]) => value === before)) select.value = before
}
