/**
 * A frame can forbid downloads, of which the page learns nothing; empty outside of frames.
 */
export const downloadDoubt =
  window.top === window
    ? ''
    : ' If it does not arrive, the frame around this page forbids downloads: open the page in a window of its own.'

/** Downloads a file, as a click on a link would. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has opened it long before that.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
