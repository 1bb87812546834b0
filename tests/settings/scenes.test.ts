/** The scenes of the gallery, as far as they can be read without a page. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readAddress, writeAddress } from '../../src/settings/address'
import { changeSettings } from '../../src/settings/change'
import { scenes, showsStill } from '../../src/settings/scenes'
import { lenses } from '../../src/settings/settings'
import { largestGallery, largestPicture, pictureFolder, pictureSize } from '../pictures/size'

test.each(scenes)(
  'the address of $name is read without complaint, and is as it is written',
  ({ query }) => {
    const { settings, complaints } = readAddress(query)
    expect(complaints).toEqual([])
    expect(writeAddress(settings)).toBe(query)
  },
)

describe('whether settings show a scene still', () => {
  const settingsOf = (name: string) =>
    readAddress(scenes.find((scene) => scene.name === name)!.query).settings
  const stays = (name: string, change: object) => {
    const wanted = settingsOf(name)
    const { settings, complaints } = changeSettings(wanted, change)
    expect(complaints).toEqual([])
    return showsStill(scenes.find((scene) => scene.name === name)!, wanted, settings)
  }

  test.each(scenes)('however $name is looked at; no other scene is it', (scene) => {
    const wanted = settingsOf(scene.name)
    expect(stays(scene.name, {})).toBe(true)
    expect(stays(scene.name, { step: 1, speed: 7, camera: { azimuth: 1 } })).toBe(true)
    expect(stays(scene.name, { steps: wanted.steps + 1 })).toBe(false)
    const others = scenes.filter((other) => showsStill(other, settingsOf(other.name), wanted))
    expect(others.map(({ name }) => name)).toEqual([scene.name])
  })

  test('the settings that a sentence says to try may change, and no others', () => {
    expect(stays('stripes', { map: { columns: [-3, -2], rows: [-1, 0] } })).toBe(true)
    expect(stays('stripes', { map: { axes: 'w,log10Rate' } })).toBe(false)
    // The share of "these starts" is that of all.
    expect(stays('threeMinima', { map: { columns: [-16, 0], rows: [-1, 0] } })).toBe(false)
    expect(stays('lesson', { why: { angle: 90 } })).toBe(true)
    expect(stays('lesson', { why: { lesson: 2 } })).toBe(false)
    expect(stays('direction', { why: { angle: 90 } })).toBe(true)
    expect(stays('direction', { why: { learningRate: 39 } })).toBe(false)
  })
})

test('there are at least twelve, through all lenses and their parts', () => {
  expect(scenes.length).toBeGreaterThanOrEqual(12)
  const shown = scenes.map(({ query }) => readAddress(query).settings)
  expect(new Set(shown.map(({ lens }) => lens))).toEqual(new Set(lenses))
  const parts = shown.map(({ lens, rates, why }) =>
    lens === 'rates' ? rates.part : lens === 'why' ? why.part : lens,
  )
  const wanted = ['race', 'sweep', 'crowd', 'step', 'angle', 'cubicAndSquare']
  expect(parts).toEqual(expect.arrayContaining(wanted))
})

test.each(['name', 'title', 'sentence', 'query'] as const)('no %s is there twice', (key) => {
  expect(new Set(scenes.map((scene) => scene[key])).size).toBe(scenes.length)
})

test.each(scenes)('the sentence of $name is one of at most 140 signs', ({ sentence, title }) => {
  expect(sentence.length).toBeLessThanOrEqual(140)
  expect(sentence).toMatch(/^[“0-9A-ZÀ-Þ].*[.!]$/)
  expect(title).not.toMatch(/[.<&]/)
})

describe('pictures', () => {
  test.each(scenes)('$name has one, of the size that all have', ({ name }) => {
    const file = new URL(`${name}.webp`, pictureFolder)
    expect(existsSync(file), 'made by npm run pictures').toBe(true)
    expect(statSync(file).size).toBeLessThanOrEqual(largestPicture)
    expect(sizeOfWebp(readFileSync(file))).toEqual([...pictureSize])
  })

  test('there is none without a scene, and all together are small', () => {
    const files = readdirSync(pictureFolder)
    expect(files.sort()).toEqual(scenes.map(({ name }) => `${name}.webp`).sort())
    const sizes = files.map((name) => statSync(new URL(name, pictureFolder)).size)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(largestGallery)
  })
})

/** The size of an extended WebP: 24-bit numbers, less one each (RFC 9649, 2.7). */
function sizeOfWebp(bytes: Buffer): [columns: number, rows: number] {
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8X')
  return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
}
