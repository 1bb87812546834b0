/** Text from the bytes of a file: what a byte-order mark says, UTF-8 where there is none. */

export interface Decoded {
  text: string
  /** A sentence where not all bytes are of the encoding. */
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
      problem: `Not all bytes are ${name} text; what cannot be read stands as \ufffd. Save the file as UTF-8.`,
    }
  }
}

/** By the byte-order mark. */
export function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The decoder takes the mark away itself. */
const decode = (bytes: Uint8Array, encoding: string, fatal: boolean) =>
  new TextDecoder(encoding, { fatal }).decode(bytes)
