/** Writes PNG files with texts, row by row: a large picture is never held in memory whole. */
import { pngChunk, pngSignature, textChunk } from './pngText'

const channels = 4

type Bytes = Uint8Array<ArrayBuffer>

/** Eight bits each for red, green, blue and opacity, not interlaced. */
function header(width: number, height: number): Bytes {
  const data = new Uint8Array(13)
  const view = new DataView(data.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  data.set([8, 6, 0, 0, 0], 8)
  return pngChunk('IHDR', data)
}

/**
 * The bytes of a PNG, a piece at a time.
 *
 * @param rows pieces of whole rows: red, green, blue and opacity, 0 to 255, from the top
 * @param texts keyed by ASCII keywords
 * @throws Error if the rows do not add up to the height
 */
export async function* pngPieces(
  width: number,
  height: number,
  rows: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  texts: Readonly<Record<string, string>>,
): AsyncGenerator<Bytes> {
  yield pngSignature
  yield header(width, height)
  for (const [keyword, text] of Object.entries(texts)) yield textChunk(keyword, text)
  const deflate = new CompressionStream('deflate')
  const writing = writeRows(deflate.writable, width, height, rows)
  // Reported by the reader's side or below; until then it must not count as unhandled.
  writing.catch(() => {})
  const reader = deflate.readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    yield pngChunk('IDAT', value)
  }
  await writing
  yield pngChunk('IEND', new Uint8Array())
}

/** Precedes each row with its filter type, which is none. */
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
