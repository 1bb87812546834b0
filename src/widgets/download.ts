/** Downloads a file, as a click on a link would. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has opened it long before that.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
