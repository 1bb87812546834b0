/** PNG chunks: length, type, data and checksum, one after the other. */

type Bytes = Uint8Array<ArrayBuffer>

export const pngSignature: Bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Bytes of a chunk besides its data. */
const chunkFrame = 12

export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, i) => bytes[i] === byte)
}

/** @param type four ASCII letters */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const bytes = new Uint8Array(data.length + chunkFrame)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, checksum(bytes.subarray(4, data.length + 8)))
  return bytes
}

/** For each byte, the remainder of the polynomial of ISO 3309 (PNG, 3rd edition, annex D). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

/** Covers type and data. */
function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 0xff] ^ (rest >>> 8)
  return ~rest >>> 0
}

/** The header chunk, which must come first: 13 bytes of content. */
const headerEnd = pngSignature.length + chunkFrame + 13

/** Keyed by keywords of 1 to 79 printable ASCII characters. */
export type PngTexts = Readonly<Record<string, string>>

/** Without compression, language or translated keyword. */
export function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,77}[\x21-\x7e])?$/.test(keyword)) {
    throw new Error(
      `The keyword of a PNG text is "${keyword.slice(0, 90)}"; it must be 1 to 79 printable ASCII characters.`,
    )
  }
  return pngChunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`))
}

/**
 * The same picture with the texts right after its header, so that they can be found without reading
 * the pixels.
 *
 * @throws a sentence if the bytes are not a PNG, or a keyword is not valid
 */
export function withPngText(
  png: Uint8Array<ArrayBuffer>,
  texts: PngTexts,
): Uint8Array<ArrayBuffer> {
  if (!isPng(png) || png.length < headerEnd) {
    throw new Error(`The ${png.length} bytes are not a PNG; only a PNG can hold texts.`)
  }
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text))
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

/**
 * The texts before the pixels, from chunks that are complete and correct: damaged, compressed and
 * truncated ones are left out. Nothing in the bytes is trusted.
 */
export function readPngTexts(bytes: Uint8Array): PngTexts {
  // Without a prototype, because a keyword may be any word.
  const texts: Record<string, string> = Object.create(null)
  if (!isPng(bytes)) return texts
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = pngSignature.length
  while (at + chunkFrame <= bytes.length) {
    const length = view.getUint32(at)
    const end = at + chunkFrame + length
    const type = latin(bytes.subarray(at + 4, at + 8))
    if (end > bytes.length || type === 'IDAT' || type === 'IEND') break
    const isRight = () => view.getUint32(end - 4) === checksum(bytes.subarray(at + 4, end - 4))
    const found = type === 'iTXt' ? textOf(bytes.subarray(at + 8, end - 4)) : null
    if (found && isRight()) texts[found.keyword] ??= found.text
    at = end
  }
  return texts
}

function textOf(content: Uint8Array): { keyword: string; text: string } | null {
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
