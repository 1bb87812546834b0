/** Decodes text from a file's bytes: by its byte-order mark, or as UTF-8 without one. */

export interface Decoded {
  text: string
  /** A sentence if some bytes do not fit the encoding. */
  problem: string | null
}

export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes)
  try {
    return { text: decode(bytes, encoding, true), problem: null }
  } catch {
    const name = encoding.toUpperCase()
    return {
      text: decode(bytes, encoding, false),
      problem: `Some bytes are not ${name} text and appear as \ufffd. Save the file as UTF-8.`,
    }
  }
}

/** Reads the byte-order mark. */
export function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The decoder removes the mark itself. */
const decode = (bytes: Uint8Array, encoding: string, fatal: boolean) =>
  new TextDecoder(encoding, { fatal }).decode(bytes)
