/** A file for the person, as if a link to it had been clicked. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has opened it long before.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
