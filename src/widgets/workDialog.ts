/** A dialog in which something may be at work: Escape ends the work before it closes the dialog. */
import './workDialog.css'

/**
 * A closed dialog at the end of the page, named by the element `${name}-title`.
 *
 * @param running the work to abort; null while there is none
 */
export function createWorkDialog(
  name: string,
  markup: string,
  running: () => AbortController | null,
): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.className = `work-dialog ${name}`
  dialog.setAttribute('aria-labelledby', `${name}-title`)
  dialog.innerHTML = markup
  dialog.addEventListener('cancel', (event) => {
    const work = running()
    if (!work) return
    event.preventDefault()
    work.abort()
  })
  // The page's keys do not apply here.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  // A click on the backdrop has the dialog itself as its target.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog && !running()) dialog.close()
  })
  document.body.append(dialog)
  return dialog
}
