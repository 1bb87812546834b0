/** Texts in a PNG: they come back, the picture stays, and nothing in the bytes is trusted. */
import fc from 'fast-check'
import { decode, encode } from 'fast-png'
import { expect, test } from 'vitest'
import { isPng, readPngTexts, withPngText } from '../../src/files/pngText'

const data = Uint8Array.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256)
const png = Uint8Array.from(encode({ width: 5, height: 3, data, channels: 4, depth: 8 }))

const keyword = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z]$/)

test('any text comes back, and the picture is as it was', () => {
  fc.assert(
    fc.property(
      fc.dictionary(keyword, fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
      (texts) => {
        const written = withPngText(png, texts)
        expect({ ...readPngTexts(written) }).toEqual({ ...texts })
        expect(decode(written, { checkCrc: true }).data).toEqual(data)
      },
    ),
  )
})

test('texts stand before the pixels, in a file that others read', () => {
  const written = withPngText(png, { Steepest: 'η = 10' })
  const text = new TextDecoder('latin1').decode(written)
  expect(text.indexOf('iTXt')).toBeLessThan(text.indexOf('IDAT'))
})

test('a damaged or truncated file, or one that is no PNG, has no texts', () => {
  const written = withPngText(png, { Steepest: 'abc' })
  for (let at = 0; at < written.length; at++) {
    expect(Object.keys(readPngTexts(written.subarray(0, at))).length).toBeLessThanOrEqual(1)
  }
  const damaged = written.slice()
  damaged[33 + 12] ^= 1
  expect({ ...readPngTexts(damaged) }).toEqual({})
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const behind = new Uint8Array([...png.subarray(0, 33), ...bytes])
      expect(() => readPngTexts(behind)).not.toThrow()
      expect({ ...readPngTexts(bytes) }).toEqual({})
    }),
  )
})

test('a keyword may be any word, also one of the prototype', () => {
  const texts = JSON.parse('{"__proto__":"x"}')
  expect(Object.entries(readPngTexts(withPngText(png, texts)))).toEqual([['__proto__', 'x']])
})

test('a length beyond the file is no reason to read there', () => {
  const bytes = png.slice()
  new DataView(bytes.buffer).setUint32(8, 0xffffffff)
  expect({ ...readPngTexts(bytes) }).toEqual({})
})

test.each(['', ' a', 'a ', 'ä', 'x'.repeat(80), 'a\0b'])('%j is no keyword', (name) => {
  expect(() => withPngText(png, { [name]: '' })).toThrow(/keyword of a PNG text/)
})

test('into what is no PNG nothing is put', () => {
  expect(() => withPngText(new Uint8Array(40), {})).toThrow('The 40 bytes are not a PNG')
  expect(isPng(new Uint8Array())).toBe(false)
})
