/** Milliseconds after which every browser has begun the download, and holds the blob itself. */
const begun = 60_000

/** Gives the person a file, as a link to it would. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), begun)
}
