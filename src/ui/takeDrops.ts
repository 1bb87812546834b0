/** Files that are dropped on the page, which a browser would else leave the page for. */
export function takeDrops(target: HTMLElement, onFile: (file: File) => void): void {
  const take = (event: DragEvent) => {
    const { dataTransfer, defaultPrevented } = event
    // A text that is dropped into a field is the browser's; another part may have taken a file.
    if (defaultPrevented || !dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    // While it is over the page nobody is told what it is.
    const [file] = dataTransfer.files
    if (file) onFile(file)
  }
  target.addEventListener('dragover', take)
  target.addEventListener('drop', take)
}
