/**
 * The box of the data editor: its buttons, places for table and plot, a report on imported data
 * that could not be taken completely, and two lines of text. On a large screen it is beside the
 * surface, which keeps running; on a small one it covers the page.
 */
import { formatCount } from '../../display/numbers'
import { compactQuery } from '../../page/layout'

export interface DataEditorActions {
  onAdd(): void
  onRemove(): void
  onUndo(): void
  onRedo(): void
  onFile(file: File): void
  onText(text: string): void
  onSave(): void
  onCopy(): void
  /** The text that Ctrl+C puts into the clipboard. */
  copied(): string
  onClose(): void
}

export interface DataEditorState {
  canUndo: boolean
  canRedo: boolean
  canAdd: boolean
  canRemove: boolean
  /** A sentence about the data; empty if there is nothing to say. */
  hint: string
}

export interface Report {
  /** A summary of what was read. */
  title: string
  /** The number of valid points. */
  good: number
  problems: readonly { row: number | null; column: number | null; reason: string }[]
}

const buttons = [
  ['add', 'Add', 'Add a point (Enter, or double click in the plot)'],
  ['remove', 'Remove', 'Remove the selected points (Delete)'],
  ['undo', 'Undo', 'Undo the last change (Ctrl+Z)'],
  ['redo', 'Redo', 'Redo the change (Ctrl+Y)'],
  ['open', 'Open CSV…', 'Replace the data with a file; you can also drop it here, or paste'],
  ['save', 'Save CSV', 'Save all points as a file'],
  ['copy', 'Copy', 'Copy the selected points, or all if none is selected (Ctrl+C)'],
] as const

type ButtonName = (typeof buttons)[number][0] | 'close' | 'take' | 'keep'

const markup = `
  <div class="editor-head">
    <h2 class="card-title" id="data-editor-title">Data</h2>
    <button type="button" class="button icon-button" data-do="close" title="Close (Escape)"
      aria-label="Close the data editor"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8" /></svg></button>
  </div>
  <div class="editor-tools" role="toolbar" aria-label="Data">
    ${buttons.map(([name, label, hint]) => `<button type="button" class="button" data-do="${name}" title="${hint}">${label}</button>`).join('')}
    <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" hidden>
  </div>
  <section class="editor-report" aria-labelledby="data-report-title" hidden>
    <h3 id="data-report-title"></h3>
    <div class="editor-report-list" tabindex="0" role="region" aria-label="Rows that could not be read">
      <table class="head-stays"><thead><tr><th scope="col">Row</th><th scope="col">Column</th><th scope="col">Reason</th></tr></thead>
      <tbody></tbody></table>
    </div>
    <div class="editor-report-buttons">
      <button type="button" class="button" data-do="take"></button>
      <button type="button" class="button" data-do="keep">Keep the old data</button>
    </div>
  </section>
  <div class="editor-body">
    <div class="editor-table"></div>
    <div class="editor-plot"></div>
  </div>
  <p class="editor-hint"></p>
  <p class="editor-status" role="status"></p>`

export function createDataEditor(actions: DataEditorActions) {
  const dialog = document.createElement('dialog')
  dialog.className = 'data-editor'
  dialog.setAttribute('aria-labelledby', 'data-editor-title')
  dialog.innerHTML = markup
  const find = <T extends HTMLElement>(selector: string) => dialog.querySelector<T>(selector)!
  const button = (name: ButtonName) => find<HTMLButtonElement>(`[data-do="${name}"]`)
  const [hint, status] = [find('.editor-hint'), find('.editor-status')]
  const report = createReport(find('.editor-report'), button('take'), button('keep'))
  addButtons(dialog, actions, report.settle)
  addDrop(dialog, actions)
  const clipboard = createClipboard(dialog, actions)

  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      if (report.isAsking()) report.settle(false)
      else dialog.close()
    }
    // The page's keys do not apply here, except undo and redo.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
  })
  dialog.addEventListener('close', () => {
    report.settle(null)
    clipboard.stop()
    actions.onClose()
  })
  document.body.append(dialog)

  return {
    dialog,
    table: find('.editor-table'),
    plot: find('.editor-plot'),
    open() {
      if (dialog.open) return
      // A small screen has no room for both.
      if (matchMedia(compactQuery).matches) dialog.showModal()
      else dialog.show()
      clipboard.start()
    },
    show({ canUndo, canRedo, canAdd, canRemove, hint: text }: DataEditorState) {
      button('undo').disabled = !canUndo
      button('redo').disabled = !canRedo
      button('add').disabled = !canAdd
      button('remove').disabled = !canRemove
      if (hint.textContent !== text) hint.textContent = text
      hint.hidden = text === ''
    },
    say(sentence: string, isError = false) {
      status.textContent = sentence
      status.classList.toggle('editor-error', isError)
    },
    ask: report.ask,
    /** Discards the pending question. */
    dismiss: () => report.settle(null),
  }
}

function addButtons(
  dialog: HTMLDialogElement,
  actions: DataEditorActions,
  answer: (takes: boolean) => void,
): void {
  const file = dialog.querySelector<HTMLInputElement>('input[type=file]')!
  const run: Record<ButtonName, () => void> = {
    add: actions.onAdd,
    remove: actions.onRemove,
    undo: actions.onUndo,
    redo: actions.onRedo,
    open: () => file.click(),
    save: actions.onSave,
    copy: actions.onCopy,
    close: () => dialog.close(),
    take: () => answer(true),
    keep: () => answer(false),
  }
  dialog.addEventListener('click', ({ target }) => {
    const name = (target as Element).closest<HTMLElement>('[data-do]')?.dataset.do
    if (name) run[name as ButtonName]()
  })
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? []
    // Lets the same file be chosen again after it has been corrected.
    file.value = ''
    if (chosen) actions.onFile(chosen)
  })
}

function createReport(section: HTMLElement, take: HTMLButtonElement, keep: HTMLButtonElement) {
  let answer: ((takes: boolean | null) => void) | null = null
  const settle = (takes: boolean | null) => {
    const settled = answer
    answer = null
    section.hidden = true
    settled?.(takes)
  }
  return {
    settle,
    isAsking: () => answer !== null,
    /**
     * Lists the problems and asks whether to take the good points; null if other data came first or
     * the editor was closed.
     */
    ask({ title, good, problems }: Report): Promise<boolean | null> {
      settle(null)
      section.querySelector('h3')!.textContent = title
      take.textContent =
        good === 1 ? 'Take the good row' : `Take the ${formatCount(good)} good rows`
      take.hidden = good === 0
      section.querySelector('tbody')!.replaceChildren(
        ...problems.map(({ row, column, reason }) => {
          const line = document.createElement('tr')
          for (const text of [row ?? '–', column ?? '–', reason]) {
            line.insertCell().textContent = String(text)
          }
          return line
        }),
      )
      section.hidden = false
      const focused = good > 0 ? take : keep
      focused.focus()
      return new Promise((resolve) => {
        answer = resolve
      })
    },
  }
}

function addDrop(dialog: HTMLElement, { onFile, onText }: DataEditorActions): void {
  const stop = (event: DragEvent, isOver: boolean) => {
    event.preventDefault()
    event.stopPropagation()
    dialog.classList.toggle('dragged-over', isOver)
  }
  dialog.addEventListener('dragover', (event) => stop(event, true))
  dialog.addEventListener('dragleave', (event) => stop(event, false))
  dialog.addEventListener('drop', (event) => {
    stop(event, false)
    const [file] = event.dataTransfer?.files ?? []
    if (file) onFile(file)
    else onText(event.dataTransfer?.getData('text/plain') ?? '')
  })
}

/**
 * Copy and paste outside text fields. The browser sends these events to the last place of the text
 * cursor, so the page listens for them while the editor has the focus.
 */
function createClipboard(dialog: HTMLDialogElement, actions: DataEditorActions) {
  const isMeant = () => {
    const { activeElement } = document
    return (
      dialog.open && dialog.contains(activeElement) && !(activeElement instanceof HTMLInputElement)
    )
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!isMeant() || !event.clipboardData) return
    event.preventDefault()
    const [pasted] = event.clipboardData.files
    if (pasted) actions.onFile(pasted)
    else actions.onText(event.clipboardData.getData('text/plain'))
  }
  const onCopy = (event: ClipboardEvent) => {
    // Text of the report that was marked with the mouse is copied as it is.
    if (!isMeant() || !getSelection()?.isCollapsed) return
    event.preventDefault()
    event.clipboardData?.setData('text/plain', actions.copied())
  }
  return {
    start() {
      document.addEventListener('paste', onPaste)
      document.addEventListener('copy', onCopy)
    },
    stop() {
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('copy', onCopy)
    },
  }
}
