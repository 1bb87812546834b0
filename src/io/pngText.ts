/** Texts inside a PNG: iTXt chunks (PNG, 3rd edition, 11.3.3.4) put into a picture that is there. */

const signature = [137, 80, 78, 71, 13, 10, 26, 10]
/** Length, type and CRC of a chunk. */
const chunkFrame = 12
/** The header chunk, which has to be the first: 13 bytes of content. */
const headerEnd = 8 + chunkFrame + 13

/** A keyword of 1 to 79 printable Latin letters, and what it says. */
export interface PngText {
  keyword: string
  text: string
}

/**
 * The same picture with the texts right behind its header, so that they are found without reading
 * the pixels.
 *
 * @throws a sentence where the bytes are no PNG, or a keyword is none
 */
export function withPngText(
  png: Uint8Array<ArrayBuffer>,
  texts: readonly PngText[],
): Uint8Array<ArrayBuffer> {
  if (!isPng(png) || png.length < headerEnd) {
    throw new Error(`The ${png.length} bytes are no PNG; texts can be put into a PNG only.`)
  }
  const chunks = texts.map(({ keyword, text }) => chunkOf(keyword, text))
  const added = chunks.reduce((sum, { length }) => sum + length, 0)
  const result = new Uint8Array(png.length + added)
  result.set(png.subarray(0, headerEnd))
  let at = headerEnd
  for (const chunk of chunks) {
    result.set(chunk, at)
    at += chunk.length
  }
  result.set(png.subarray(headerEnd), at)
  return result
}

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/**
 * The texts before the pixels, of chunks that are whole and right: damaged, compressed and cut ones
 * are left out. Nothing in the bytes is trusted.
 */
export function readPngText(bytes: Uint8Array): PngText[] {
  if (!isPng(bytes)) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts: PngText[] = []
  let at = signature.length
  while (at + chunkFrame <= bytes.length) {
    const length = view.getUint32(at)
    const end = at + chunkFrame + length
    const type = latin(bytes.subarray(at + 4, at + 8))
    if (end > bytes.length || type === 'IDAT' || type === 'IEND') break
    const isRight = () => view.getUint32(end - 4) === checksum(bytes.subarray(at + 4, end - 4))
    const text = type === 'iTXt' ? textOf(bytes.subarray(at + 8, end - 4)) : null
    if (text && isRight()) texts.push(text)
    at = end
  }
  return texts
}

function chunkOf(keyword: string, text: string): Uint8Array {
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,77}[\x21-\x7e])?$/.test(keyword)) {
    throw new Error(
      `The keyword of a PNG text is "${keyword.slice(0, 90)}"; it must be 1 to 79 letters.`,
    )
  }
  // Behind the keyword: its end, not compressed, no method, no language, no translated keyword.
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`)
  const chunk = new Uint8Array(content.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, content.length - 4)
  chunk.set(content, 4)
  view.setUint32(chunk.length - 4, checksum(content))
  return chunk
}

function textOf(content: Uint8Array): PngText | null {
  const keywordEnd = content.indexOf(0)
  if (keywordEnd < 1 || content[keywordEnd + 1] !== 0) return null
  const languageEnd = content.indexOf(0, keywordEnd + 3)
  const translatedEnd = content.indexOf(0, languageEnd + 1)
  if (languageEnd < 0 || translatedEnd < 0) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return {
      keyword: latin(content.subarray(0, keywordEnd)),
      text: text.decode(content.subarray(translatedEnd + 1)),
    }
  } catch {
    return null
  }
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 80))
}

/** CRC-32 of the PNG specification, annex D. */
const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let k = 0; k < 8; k++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = table[(value ^ byte) & 255] ^ (value >>> 8)
  return ~value >>> 0
}
