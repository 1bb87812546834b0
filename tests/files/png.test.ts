/** PNG files: what fast-png, an independent decoder, makes of them. */
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { pngPieces } from '../../src/files/png'
import { readPngTexts } from '../../src/files/pngText'

function picture(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 2654435761) >>> 24)
}

test.each([
  [1, 1],
  [3, 2],
  [257, 129],
])('%i x %i pixels and texts come back as they were', async (width, height) => {
  const rgba = picture(width, height)
  const texts = { steepest: '{"η":"→ 1"}', Comment: '' }
  const pieces: Uint8Array[] = []
  for await (const piece of pngPieces(width, height, [rgba], texts)) pieces.push(piece)
  const png = Buffer.concat(pieces)
  const decoded = decode(png, { checkCrc: true })
  expect([decoded.width, decoded.height, decoded.channels, decoded.depth]).toEqual([
    width,
    height,
    4,
    8,
  ])
  expect(decoded.data).toEqual(rgba)
  expect({ ...readPngTexts(png) }).toEqual(texts)
})

test('rows in pieces give the same picture, and too few or too many of them are refused', async () => {
  const rgba = picture(5, 6)
  const more = picture(5, 7)
  const pieces = async (...ends: number[]) => {
    const rows = ends.map((end, i) => more.subarray((ends[i - 1] ?? 0) * 20, end * 20))
    const found: Uint8Array[] = []
    for await (const piece of pngPieces(5, 6, rows, {})) found.push(piece)
    return decode(Buffer.concat(found)).data
  }
  expect(await pieces(1, 3, 6)).toEqual(rgba)
  await expect(pieces(1, 3)).rejects.toThrow('got 3 rows of 5 pixels; it must have 6')
  await expect(pieces(1, 1.5, 6)).rejects.toThrow('whole ones')
  await expect(pieces(1, 7)).rejects.toThrow('got 7 rows')
})

test('an error among the rows is that of the picture', async () => {
  const rows = function* () {
    yield picture(5, 1)
    throw new Error('The disk is full.')
  }
  const reading = async () => {
    for await (const _ of pngPieces(5, 2, rows(), {}));
  }
  await expect(reading()).rejects.toThrow('The disk is full.')
})
