/** The map without a GPU: colours from array planes, places under the pointer. */
import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { palette } from '../../src/display/colours'
import { FlatMap } from '../../src/stage/flat/flatMap'
import { innerRect } from '../../src/stage/mapFrame'
import type { Picture, ZoomGesture } from '../../src/stage/picture'
import { createScene, type Place } from './scene'

const size = 240
const inner = innerRect({ x: 0, y: 0, width: size, height: size })
const opened: { dispose(): void }[] = []

afterEach(() => {
  for (const each of opened.splice(0)) each.dispose()
})

async function openMap() {
  const scene = await createScene('webgl2')
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { position: 'fixed', left: '0', top: '240px' })
  Object.assign(canvas.style, { width: `${size}px`, height: `${size}px` })
  document.body.append(canvas)
  const starts: Place[] = []
  const zooms: ZoomGesture[] = []
  const map = new FlatMap(canvas, {
    onPointer: () => undefined,
    onStart: (place) => starts.push(place),
    onZoom: (gesture) => zooms.push(gesture),
  })
  opened.push(scene, map, { dispose: () => canvas.remove() })
  const draw = async (picture: Picture) => {
    map.show(picture)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }
  return { picture: scene.picture, canvas, map, starts, zooms, draw }
}

test('the lowest and the highest loss have the ends of the palette', async () => {
  const { picture, canvas, draw } = await openMap()
  await draw({
    ...picture,
    crowd: null,
    runs: [],
    settings: { ...picture.settings, contours: false, start: [1e5, 1e5] },
  })
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
  const table = palette('viridis')
  const seen = new Set<string>()
  for (let i = 0; i < (data?.length ?? 0); i += 4) seen.add(`${data?.slice(i, i + 3)}`)
  expect(seen).toContain(`${table.slice(0, 3)}`)
  expect(seen).toContain(`${table.slice(-4, -1)}`)
})

test('a click sets the start there; beside the surface it does nothing', async () => {
  const { picture, canvas, starts, draw } = await openMap()
  await draw(picture)
  const position = { x: inner.x + inner.width / 4, y: inner.y + inner.height / 4 }
  await userEvent.click(canvas, { position })
  await userEvent.click(canvas, { position: { x: 2, y: 2 } })
  expect(starts).toHaveLength(1)
  expect(starts[0][0]).toBeCloseTo(-2, 0)
  expect(starts[0][1]).toBeCloseTo(4, 0)
})

test('for a file it is painted in tiles, which are the map in one piece', async () => {
  const { picture, map, draw } = await openMap()
  await draw(picture)
  const paint = (ratio: number) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: size * ratio, height: size * ratio })
    const { steps } = map.drawInto(canvas, { width: size, height: size, ratio })
    const shares = [...steps]
    return { canvas, shares }
  }
  const one = paint(2)
  const four = paint(4)
  expect(one.shares).toHaveLength(1)
  expect(four.shares).toHaveLength(4)
  const small = document.createElement('canvas')
  Object.assign(small, { width: 2 * size, height: 2 * size })
  const context = small.getContext('2d')!
  context.drawImage(four.canvas, 0, 0, 2 * size, 2 * size)
  const pixels = [one.canvas.getContext('2d')!, context].map(
    (each) => each.getImageData(0, 0, 2 * size, 2 * size).data,
  )
  let sum = 0
  pixels[0].forEach((value, i) => {
    sum += Math.abs(value - pixels[1][i])
  })
  expect(sum / pixels[0].length).toBeLessThan(4)
})
