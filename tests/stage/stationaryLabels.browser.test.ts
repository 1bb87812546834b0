/** Names of minima and saddles on the map, and their marks on both views. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { defaults } from '../../src/settings/settings'
import { innerRect } from '../../src/stage/mapFrame'
import { arrowTo, mapLabels } from '../../src/stage/stationaryLabels'
import { changedBox, createScene, drawPicture, mapRect, type Scene, stageRect } from './scene'

const { samples, loss } = defaults
const points = findStationaryPoints({ kind: 'neuron', samples, loss })
const [sharp, flat] = points.minima
let scene: Scene

beforeAll(async () => {
  scene = await createScene('webgpu')
})
afterAll(() => scene.dispose())

test('marks and names appear on stage and map', async () => {
  const bare = { ...scene.picture, crowd: null, runs: [] }
  const without = await drawPicture(scene, bare)
  const marked = await drawPicture(scene, { ...bare, stationary: points })
  for (const rect of [stageRect, mapRect]) expect(changedBox(without, marked, rect)).not.toBeNull()
  const texts = [...scene.labels.children].flatMap((span) =>
    (span as HTMLElement).hidden ? [] : [span.textContent],
  )
  expect(texts).toEqual(expect.arrayContaining(['1']))
  expect(texts.filter((text) => /^(1|2|S1)$/.test(text ?? '')).length).toBeGreaterThanOrEqual(3)
})

test('marks of older data are not white', async () => {
  const bare = { ...scene.picture, crowd: null, runs: [], stationary: points }
  const fresh = await drawPicture(scene, bare)
  const old = await drawPicture(scene, { ...bare, stale: { ...bare.stale, stationary: true } })
  expect(changedBox(fresh, old, mapRect)).not.toBeNull()
})

test('in view a name stands beside its place; a minimum out of view has an arrow at the border', () => {
  const toUv = ([w, b]: readonly [number, number]): [number, number] => [(w + 1) / 2, (b + 8) / 16]
  const labels = mapLabels(points, toUv, mapRect)
  const inner = innerRect(mapRect)
  const byText = new Map(labels.map((label) => [label.text, label]))
  // w from -1 to 1: the sharp minimum is in view, the flat one to the right, the saddle not named.
  expect([...byText.keys()].sort()).toEqual(['1', '2 →'])
  expect(byText.get('1')?.x).toBeCloseTo(inner.x + ((sharp.w + 1) / 2) * inner.width + 9, 6)
  expect(byText.get('2 →')?.x).toBe(inner.x + inner.width - 20)
  expect(byText.get('2 →')?.y).toBeCloseTo(inner.y + (1 - (flat.b + 8) / 16) * inner.height, 6)
})

test('arrows to all eight sides', () => {
  const around = [
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1],
    [-1, 0],
    [-1, -1],
    [0, -1],
    [1, -1],
  ]
  expect(around.map(([right, up]) => arrowTo(right, up)).join('')).toBe('→↗↑↖←↙↓↘')
})
