/** Short sentences to the person in a polite live region: dismissible, three at most. */

export type NoticeKind = 'info' | 'error'

const mostShown = 3

/** Milliseconds after which information disappears by itself; errors stay. */
const infoLife = 10_000

export function createNotices(container: HTMLElement) {
  container.setAttribute('role', 'log')
  container.setAttribute('aria-live', 'polite')
  container.setAttribute('aria-label', 'Notices')

  const notice = (text: string, kind: NoticeKind = 'info') => {
    for (const same of [...container.children]) {
      if (same.querySelector('p')?.textContent === text) same.remove()
    }
    container.append(build(text, kind))
    while (container.children.length > mostShown) container.firstElementChild!.remove()
  }

  return {
    notice,
    clear: () => container.replaceChildren(),
  }
}

function build(text: string, kind: NoticeKind): HTMLElement {
  const element = document.createElement('div')
  element.className = `notice notice-${kind}`
  element.innerHTML = '<p></p><button type="button" class="button" aria-label="Dismiss">×</button>'
  element.querySelector('p')!.textContent = text
  element.querySelector('button')!.addEventListener('click', () => element.remove())
  if (kind === 'info') setTimeout(() => element.remove(), infoLife)
  return element
}

/** Takes files dropped on the page; otherwise the browser would leave the page to show them. */
export function takeDrops(target: HTMLElement, onFile: (file: File) => void): void {
  const take = (event: DragEvent) => {
    const { dataTransfer, defaultPrevented } = event
    // The browser handles text dropped into a field; another part may have taken a file.
    if (defaultPrevented || !dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    // The list is empty while the file is still over the page.
    const [file] = dataTransfer.files
    if (file) onFile(file)
  }
  target.addEventListener('dragover', take)
  target.addEventListener('drop', take)
}

export const moduleMissing =
  'This part could not be loaded: the connection is down, or the server has a newer version of the page. Open the part again to try once more; if that does not help, copy the link to keep the settings, and reload the page.'

/**
 * Ours are plain errors with a sentence; words of the browser or a driver go to the console. The
 * name tells them apart, because an error of a worker arrives as a plain one with its old name.
 */
export function sentenceOf(reason: unknown): string {
  if (reason instanceof Error && reason.name === 'Error') return reason.message
  console.info(reason)
  if (/module/i.test(String(reason))) return moduleMissing
  const name = reason instanceof Error ? reason.name : 'unknown'
  return `Something has failed that should not (${name}). Another setting may work; if none does, copy the link to keep the settings, and reload the page.`
}
