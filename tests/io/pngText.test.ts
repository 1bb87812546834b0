/** Texts in a PNG: they come back, the picture stays, and nothing in the bytes is trusted. */
import fc from 'fast-check'
import { decode, encode } from 'fast-png'
import { expect, test } from 'vitest'
import { isPng, readPngText, withPngText } from '../../src/io/pngText'

const data = Uint8Array.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256)
const png = Uint8Array.from(encode({ width: 5, height: 3, data, channels: 4, depth: 8 }))

const keyword = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z]$/)

test('any text comes back, and the picture is as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ keyword, text: fc.string({ unit: 'grapheme' }) }), { maxLength: 4 }),
      (texts) => {
        const written = withPngText(png, texts)
        expect(readPngText(written)).toEqual(texts)
        expect(decode(written, { checkCrc: true }).data).toEqual(data)
      },
    ),
  )
})

test('texts stand before the pixels, in a file that others read', () => {
  const written = withPngText(png, [{ keyword: 'Steepest', text: 'η = 10' }])
  const text = new TextDecoder('latin1').decode(written)
  expect(text.indexOf('iTXt')).toBeLessThan(text.indexOf('IDAT'))
})

test('what is damaged, cut or no PNG has no texts', () => {
  const written = withPngText(png, [{ keyword: 'Steepest', text: 'abc' }])
  for (let at = 0; at < written.length; at++) {
    expect(readPngText(written.subarray(0, at)).length).toBeLessThanOrEqual(1)
  }
  const damaged = written.slice()
  damaged[33 + 12] ^= 1
  expect(readPngText(damaged)).toEqual([])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const behind = new Uint8Array([...png.subarray(0, 33), ...bytes])
      expect(readPngText(behind)).toBeInstanceOf(Array)
      expect(readPngText(bytes)).toEqual([])
    }),
  )
})

test('a length beyond the file is no reason to read there', () => {
  const bytes = png.slice()
  new DataView(bytes.buffer).setUint32(8, 0xffffffff)
  expect(readPngText(bytes)).toEqual([])
})

test.each(['', ' a', 'a ', 'ä', 'x'.repeat(80), 'a\0b'])('%j is no keyword', (name) => {
  expect(() => withPngText(png, [{ keyword: name, text: '' }])).toThrow(/keyword of a PNG text/)
})

test('into what is no PNG nothing is put', () => {
  expect(() => withPngText(new Uint8Array(40), [])).toThrow('The 40 bytes are no PNG')
  expect(isPng(new Uint8Array())).toBe(false)
})
