/** The stage on both backends: what is drawn, what is picked, and when nothing is drawn. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { categories, parseColour } from '../../src/display/colours'
import type { Rect } from '../../src/display/rect'
import { densitySide, headDensity } from '../../src/model/headDensity'
import { innerRect } from '../../src/stage/mapFrame'
import type { Picture } from '../../src/stage/picture'
import {
  type Backend,
  changedBox,
  createPlane,
  createScene,
  difference,
  drawPicture,
  mapRect,
  type Place,
  type Scene,
  stageRect,
} from './scene'

/** Far outside of the view, so that no marker is drawn. */
const nowhere: Place = [1e5, 1e5]

const withStart = (picture: Picture, [w, b]: Place): Picture => ({
  ...picture,
  settings: { ...picture.settings, start: [w, b] },
})

const middle = (box: Rect) => [box.x + box.width / 2, box.y + box.height / 2]

describe.each<Backend>(['webgpu', 'webgl2'])('on %s', (backend) => {
  let scene: Scene
  /** Surface alone. */
  let bare: Picture

  beforeAll(async () => {
    scene = await createScene(backend)
    bare = withStart({ ...scene.picture, crowd: null, runs: [] }, nowhere)
  })
  afterAll(() => scene.dispose())

  const hover = async (x: number, y: number): Promise<Place | null> => {
    scene.events.pointers.length = 0
    await userEvent.hover(scene.canvas, { position: { x, y } })
    await vi.waitFor(() => expect(scene.events.pointers.length).toBeGreaterThan(0), 20_000)
    return scene.events.pointers.at(-1) ?? null
  }

  test('draws surface, crowd and run in at most 20 draw calls', async () => {
    const without = await drawPicture(scene, bare)
    const whole = await drawPicture(scene, scene.picture)
    expect(scene.stage.backend).toBe(backend)
    expect(scene.stage.frame.drawCalls).toBeGreaterThan(8)
    expect(scene.stage.frame.drawCalls).toBeLessThanOrEqual(20)
    expect(changedBox(without, whole, stageRect)).not.toBeNull()
    expect(changedBox(without, whole, mapRect)).not.toBeNull()
    expect(scene.labels.textContent).toContain('loss')
  })

  test('a dense crowd glows where its heads are, in the map and on the surface', async () => {
    const part = { w: [-6, 10], b: [-8, 8] } as const
    // 16 x 16 cells: one alone would fall between the pixels of so small a stage.
    const heads = Array.from({ length: 256 }, (_, i) => [
      2 + ((i % 16) - 7.5) / 32,
      4 + (Math.floor(i / 16) - 7.5) / 32,
    ]).flat()
    const side = densitySide
    const density = createPlane(
      headDensity(heads, new Float32Array(256), 256, part),
      ...([side, side, 4, scene.device] as const),
    )
    // No trails: only the glow is new.
    const picture = { ...bare, settings: { ...bare.settings, trails: false } }
    const without = await drawPicture(scene, picture)
    const crowd = { ...scene.crowdOf(runaways(41, 64)), density: () => density }
    const glowing = await drawPicture(scene, { ...picture, crowd })
    const inner = innerRect(mapRect)
    const inMap = changedBox(without, glowing, mapRect)
    const [x, y] = inMap ? middle(inMap) : []
    expect(x).toBeCloseTo(inner.x + inner.width / 2, -0.5)
    expect(y).toBeCloseTo(inner.y + inner.height / 4, -0.5)
    expect(inMap?.width).toBeLessThan(12)
    const marked = await drawPicture(scene, withStart(picture, [2, 4]))
    const [onStage, marker] = [glowing, marked].map((image) =>
      changedBox(without, image, stageRect),
    )
    const places = [onStage, marker].map((box) => (box ? middle(box) : [Number.NaN, Number.NaN]))
    expect(places[0][0]).toBeCloseTo(places[1][0], -0.5)
    expect(places[0][1]).toBeCloseTo(places[1][1], -0.5)
  })

  test('heads and trails, and a glow, have the colour of where descents end', async () => {
    const places = (await scene.picture.crowd?.read()) ?? new Float32Array(0)
    const { trajectories } = scene.crowdOf(places)
    const side = densitySide
    const part = { w: [-6, 10], b: [-8, 8] } as const
    // Sixteen in a cell, where next to nothing of the surface is seen through them.
    const count = 2 ** 16
    const heads = Array.from({ length: count }, (_, i) => [(i % 256) / 128, i / 2 ** 15]).flat()
    for (const kind of [1, 2]) {
      const ends = new Float32Array(count).fill(kind)
      const plane = createPlane(ends.slice(0, trajectories), trajectories, 1, 1, scene.device)
      const counts = headDensity(heads, ends, count, part)
      const density = createPlane(counts, side, side, 4, scene.device)
      const single = { ...scene.crowdOf(places), destinations: () => plane }
      for (const crowd of [single, { ...single, density: () => density }]) {
        const settings = { ...scene.picture.settings, trails: crowd === single }
        const { data } = await drawPicture(scene, { ...scene.picture, settings, runs: [], crowd })
        const share = (hex: string) => {
          const wanted = parseColour(hex).map((channel) => channel * 255)
          const isLike = (i: number) =>
            wanted.every((channel, k) => Math.abs(data[4 * i + k] - channel) < 25)
          return Array.from({ length: data.length / 4 }, (_, i) => i).filter(isLike).length
        }
        expect(share(categories[kind - 1])).toBeGreaterThan(40)
        expect(share(categories[2 - kind])).toBeLessThan(4)
      }
    }
  })

  test('draws nothing while nothing changes, and once for several changes', async () => {
    await drawPicture(scene, scene.picture)
    const { count } = scene.stage.frame
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(scene.stage.frame.count).toBe(count)
    scene.stage.show(scene.picture)
    scene.stage.show(bare)
    await scene.stage.drawn()
    expect(scene.stage.frame.count).toBe(count + 1)
  })

  test('the map tells the place under a pixel', async () => {
    await drawPicture(scene, bare)
    const inner = innerRect(mapRect)
    const [w, b] = (await hover(inner.x + inner.width / 4, inner.y + inner.height / 4)) ?? []
    // A quarter from the left of [-6, 10] and from the top of [-8, 8], to a pixel.
    expect(w).toBeCloseTo(-2, 0)
    expect(b).toBeCloseTo(4, 0)
    expect(await hover(mapRect.x + 3, mapRect.y + 3)).toBeNull()
  })

  test.each([
    [150, 110],
    [110, 95],
    [190, 130],
  ])(
    'the stage tells the place under pixel %i, %i: a marker put there is seen there',
    async (x, y) => {
      const without = await drawPicture(scene, bare)
      const place = await hover(x, y)
      expect(place).not.toBeNull()
      const marked = await drawPicture(scene, withStart(bare, place ?? nowhere))
      const box = changedBox(without, marked, stageRect)
      const [atX, atY] = box ? middle(box) : [Number.NaN, Number.NaN]
      expect(Math.abs(atX - x - 0.5)).toBeLessThanOrEqual(2)
      expect(Math.abs(atY - y - 0.5)).toBeLessThanOrEqual(2)
    },
  )

  test('beside the surface there is no place', async () => {
    await drawPicture(scene, bare)
    expect(await hover(4, 4)).toBeNull()
  })

  test('a click sets the start, in the map and in the stage', async () => {
    await drawPicture(scene, bare)
    scene.events.starts.length = 0
    const inner = innerRect(mapRect)
    const position = { x: inner.x + inner.width / 2, y: inner.y + inner.height / 2 }
    await userEvent.click(scene.canvas, { position })
    await userEvent.click(scene.canvas, { position: { x: 150, y: 110 } })
    await vi.waitFor(() => expect(scene.events.starts).toHaveLength(2), 20_000)
    const [[inMap, phase]] = scene.events.starts
    expect(phase).toBe('end')
    expect(inMap[0]).toBeCloseTo(2, 0)
    expect(inMap[1]).toBeCloseTo(0, 0)
  })

  test('the start marker can be dragged in the map', async () => {
    await drawPicture(scene, withStart(bare, [2, 0]))
    scene.events.starts.length = 0
    const inner = innerRect(mapRect)
    const from = { x: inner.x + inner.width / 2, y: inner.y + inner.height / 2 }
    const to = { x: inner.x + inner.width / 4, y: inner.y + inner.height / 4 }
    await userEvent.dragAndDrop(scene.canvas, scene.canvas, {
      sourcePosition: from,
      targetPosition: to,
    })
    await vi.waitFor(() => expect(scene.events.starts.at(-1)?.[1]).toBe('end'), 20_000)
    expect(scene.events.starts.some(([, phase]) => phase === 'move')).toBe(true)
    const [w, b] = scene.events.starts.at(-1)?.[0] ?? []
    expect(w).toBeCloseTo(-2, 0)
    expect(b).toBeCloseTo(4, 0)
    expect(scene.events.cameras).toBe(0)
  })

  test('descents that run away leave no geometry beside the surface', async () => {
    const without = await drawPicture(scene, bare)
    const wild = await drawPicture(scene, { ...bare, crowd: scene.crowdOf(runaways(41, 64)) })
    expect(changedBox(without, wild, stageRect)).not.toBeNull()
    // The canvas's corner is ground, and wherever there was ground, there still is.
    let stray = 0
    for (let y = 0; y < stageRect.height; y++) {
      for (let x = 0; x < stageRect.width; x++) {
        const at = (y * without.width + x) * 4
        const isGround = [0, 1, 2].every((k) => without.data[at + k] === without.data[k])
        if (isGround && difference(without, wild, x, y) > 0) stray++
      }
    }
    expect(stray).toBe(0)
  })
})

/** From inside the view to very far, to infinity or to no number, in all directions. */
function runaways(records: number, trajectories: number): Float32Array<ArrayBuffer> {
  const places = new Float32Array(records * trajectories * 2)
  for (let record = 0; record < records; record++) {
    for (let i = 0; i < trajectories; i++) {
      const angle = (2 * Math.PI * i) / trajectories
      const away = record < 4 ? record : [1e3, 1e12, 1e38, Infinity, Number.NaN][i % 5]
      const at = (record * trajectories + i) * 2
      places[at] = 2 + away * Math.cos(angle)
      places[at + 1] = away * Math.sin(angle)
    }
  }
  return places
}
