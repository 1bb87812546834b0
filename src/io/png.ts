/** PNG files with texts inside, row by row: a large picture is never held as a whole. */

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const channels = 4

type Bytes = Uint8Array<ArrayBuffer>

/** For each byte the remainder of the polynomial of ISO 3309, as the specification of PNG has it. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Length, type, data and checksum of type and data. */
function chunk(type: string, data: Uint8Array): Bytes {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crcOf(bytes.subarray(4, data.length + 8)))
  return bytes
}

/** Eight bits for each of red, green, blue and opacity, not interlaced. */
function header(width: number, height: number): Bytes {
  const data = new Uint8Array(13)
  const view = new DataView(data.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  data.set([8, 6, 0, 0, 0], 8)
  return chunk('IHDR', data)
}

/** As international text, which is UTF-8: keyword, not compressed, no language. */
function textChunk(keyword: string, text: string): Bytes {
  if (!/^[!-~]{1,79}$/.test(keyword)) {
    throw new Error(
      `The keyword "${keyword}" of a text is not possible; it must be 1 to 79 letters of ASCII.`,
    )
  }
  return chunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`))
}

/**
 * The bytes of a PNG, a piece at a time.
 *
 * @param rows some whole rows each, red, green, blue and opacity, 0 to 255, the top first
 * @param texts by keywords of ASCII
 * @throws Error where the rows do not make up the height
 */
export async function* pngPieces(
  width: number,
  height: number,
  rows: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  texts: Readonly<Record<string, string>>,
): AsyncGenerator<Bytes> {
  yield signature
  yield header(width, height)
  for (const [keyword, text] of Object.entries(texts)) yield textChunk(keyword, text)
  const deflate = new CompressionStream('deflate')
  const writing = writeRows(deflate.writable, width, height, rows)
  // Told by the reader's side, or below; it must not be nobody's in between.
  writing.catch(() => {})
  const reader = deflate.readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    yield chunk('IDAT', value)
  }
  await writing
  yield chunk('IEND', new Uint8Array())
}

/** Each row with its filter before it, which is none. */
async function writeRows(
  writable: WritableStream<BufferSource>,
  width: number,
  height: number,
  rows: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter()
  const length = width * channels
  let done = 0
  try {
    for await (const piece of rows) {
      const count = piece.length / length
      if (!Number.isInteger(count)) {
        throw new Error(`A piece has ${count} rows of ${width} pixels; it must have whole ones.`)
      }
      const filtered = new Uint8Array(count * (length + 1))
      for (let row = 0; row < count; row++) {
        const pixels = piece.subarray(row * length, (row + 1) * length)
        filtered.set(pixels, row * (length + 1) + 1)
      }
      await writer.ready
      await writer.write(filtered)
      done += count
    }
    if (done !== height) {
      throw new Error(`The picture got ${done} rows of ${width} pixels; it must have ${height}.`)
    }
    await writer.close()
  } catch (reason) {
    await writer.abort(reason).catch(() => {})
    throw reason
  }
}

/**
 * A PNG of a picture that is held as a whole.
 *
 * @param rgba rgba[4 (y width + x) + k], 0 to 255, y from the top
 */
export async function encodePng(
  width: number,
  height: number,
  rgba: Uint8Array | Uint8ClampedArray,
  texts: Readonly<Record<string, string>>,
): Promise<Bytes> {
  const pixels = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  const pieces: Bytes[] = []
  for await (const piece of pngPieces(width, height, [pixels], texts)) pieces.push(piece)
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/**
 * The texts of a PNG, plain and international ones, not those that are compressed.
 *
 * @throws Error with a sentence where it is no PNG, or a damaged one
 */
export async function readPngTexts(bytes: Uint8Array): Promise<Record<string, string>> {
  if (!signature.every((byte, i) => bytes[i] === byte)) {
    throw new Error('The file does not begin as a PNG does.')
  }
  // Without a prototype: a keyword may be any word.
  const texts: Record<string, string> = Object.create(null)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = signature.length
  for (let type = ''; type !== 'IEND'; ) {
    const end = at + 12 <= bytes.length ? at + 12 + view.getUint32(at) : Number.POSITIVE_INFINITY
    if (end > bytes.length) throw new Error('The PNG ends in the middle; it must be read whole.')
    const body = bytes.subarray(at + 4, end - 4)
    type = latin1(body.subarray(0, 4))
    if (crcOf(body) !== view.getUint32(end - 4)) {
      throw new Error(`The PNG is damaged: a part of type ${type} has another checksum.`)
    }
    const found = textOf(type, body.subarray(4))
    if (found) texts[found.keyword] = found.text
    at = end
  }
  return texts
}

function textOf(type: string, data: Uint8Array): { keyword: string; text: string } | null {
  const end = data.indexOf(0)
  if (end < 0 || (type !== 'tEXt' && type !== 'iTXt')) return null
  const keyword = latin1(data.subarray(0, end))
  if (type === 'tEXt') return { keyword, text: latin1(data.subarray(end + 1)) }
  const isCompressed = data[end + 1] !== 0
  const afterLanguage = data.indexOf(0, end + 3)
  const afterKeyword = data.indexOf(0, afterLanguage + 1)
  if (isCompressed || afterLanguage < 0 || afterKeyword < 0) return null
  return { keyword, text: new TextDecoder().decode(data.subarray(afterKeyword + 1)) }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
