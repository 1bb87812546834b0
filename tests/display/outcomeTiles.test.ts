import { expect, test } from 'vitest'
import { minimumTiles, outcomeTiles, tileOf, tileSize } from '../../src/display/outcomeTiles'
import { type OutcomeName, outcomeCodes } from '../../src/model/outcomes/outcome'

const length = tileSize * tileSize * 4
const tiles = outcomeTiles()
const tile = (index: number) => tiles.subarray(index * length, (index + 1) * length)

/** Relative luminance of each pixel, after the sRGB definition. */
function luminances(index: number): number[] {
  const pixels = tile(index)
  return Array.from({ length: tileSize * tileSize }, (_, i) => {
    const [red, green, blue] = [...pixels.subarray(i * 4, i * 4 + 3)].map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  })
}

const others = (Object.keys(outcomeCodes) as OutcomeName[]).filter((name) => name !== 'minimum')

test('each of eight minima has one hue of its own', () => {
  const hues = Array.from({ length: minimumTiles }, (_, i) => {
    const pixels = tile(tileOf('minimum', i))
    for (let at = 4; at < length; at += 4) {
      expect(pixels.subarray(at, at + 4)).toEqual(pixels.subarray(0, 4))
    }
    return pixels.slice(0, 3).join()
  })
  expect(new Set(hues).size).toBe(8)
})

test('every other class is a pattern of greys: it needs no sense of colour', () => {
  for (const name of others) {
    const pixels = tile(tileOf(name, null))
    for (let at = 0; at < length; at += 4) {
      const [red, green, blue] = pixels.subarray(at, at + 3)
      expect(Math.max(red, green, blue) - Math.min(red, green, blue), name).toBeLessThan(32)
    }
    const light = luminances(tileOf(name, null))
    const contrast = (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05)
    // WCAG asks graphics for 3 : 1 where nothing else tells them apart.
    expect(contrast, name).toBeGreaterThan(1.9)
  }
})

test('no two classes have the same pattern in print, even where their greys are the same', () => {
  const shapes = others.map((name) => {
    const light = luminances(tileOf(name, null))
    const middle = (Math.max(...light) + Math.min(...light)) / 2
    const ink = light.filter((value) => value > middle).length > 32 ? 0 : 1
    return light.map((value) => (value > middle ? ink : 1 - ink)).join('')
  })
  expect(new Set(shapes).size).toBe(others.length)
})
