/** Tests what the lens of one step draws: trust, arrows, Taylor's sheet; on both backends and on the flat map. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseColour } from '../../src/display/colours'
import type { Rect } from '../../src/display/rect'
import { trustColour, trustStops } from '../../src/display/trustColours'
import type { Surface } from '../../src/engine/engine'
import { evaluateCurvatureRows, evaluateGridRows } from '../../src/model/grid'
import { type TrustOrder, trustRatio } from '../../src/model/step/trust'
import { defaults } from '../../src/settings/settings'
import { FlatMap } from '../../src/stage/flat/flatMap'
import { innerRect } from '../../src/stage/mapFrame'
import type { Arrow, Picture, WhyPicture } from '../../src/stage/picture'
import {
  type Backend,
  changedBox,
  createPlane,
  createScene,
  drawPicture,
  mapRect,
  type Scene,
  stageRect,
} from './scene'

const { samples, loss, view } = defaults
const learningRate = 30
const nodes = 41
const job = {
  objective: { kind: 'neuron', samples, loss },
  w: [...view.w, nodes],
  b: [...view.b, nodes],
  learningRate,
} as const
const cells = evaluateGridRows(job, 0, nodes)
const curvature = evaluateCurvatureRows(job, 0, nodes)

const ratioAt = (column: number, row: number, order: TrustOrder) => {
  const at = (row * nodes + column) * 4
  const [ww, wb, bb, change] = curvature.subarray(at, at + 4)
  return trustRatio([cells[at + 1], cells[at + 2]], { ww, wb, bb }, change, learningRate, order)
}

function surfaceOf(device: GPUDevice | undefined): Surface {
  return {
    job,
    plane: createPlane(cells, nodes, nodes, 4, device),
    curvature: createPlane(curvature, nodes, nodes, 4, device),
    nodeStep: 1,
    lowest: 0,
    highest: 1,
    readRows: async () => cells,
    readCurvature: async () => curvature,
    dispose: () => undefined,
  }
}

const nothing: WhyPicture = { arrows: [], taylor: null, trust: null }

/** Across the middle of the map. */
const arrow: Arrow = { tail: [-3, 0], head: [7, 0], colour: '#ff00ff', width: 6, hasHead: true }

/** Pixels in the middle of a node's share of the map, away from the edges. */
function* middles(inner: Rect) {
  for (let row = 3; row < nodes - 3; row += 3) {
    for (let column = 3; column < nodes - 3; column += 3) {
      const x = Math.floor(inner.x + (column / (nodes - 1)) * inner.width)
      const y = Math.floor(inner.y + (1 - row / (nodes - 1)) * inner.height)
      yield { x, y, column, row }
    }
  }
}

/** Holds the pixels of a map against the colours of its ratios; lines at 0 and steep places are left out. */
function compareTrust(image: ImageData, inner: Rect, order: TrustOrder): number {
  let compared = 0
  for (const { x, y, column, row } of middles(inner)) {
    const ratios = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].map((dx) => ratioAt(column + dx, row + dy, order)),
    )
    const spread = Math.max(...ratios) - Math.min(...ratios)
    if (!(spread < 0.25) || ratios.some((ratio) => Math.abs(ratio) < 0.3)) continue
    const at = (y * image.width + x) * 4
    const colour = trustColour(ratioAt(column, row, order))
    colour.forEach((channel, k) => {
      const off = Math.abs(image.data[at + k] - 255 * channel)
      expect(off, `channel ${k} at ${x}, ${y}`).toBeLessThan(24)
    })
    compared++
  }
  return compared
}

const count = (image: ImageData, rect: Rect, hex: string): number => {
  const wanted = parseColour(hex).map((channel) => channel * 255)
  let found = 0
  for (let y = Math.ceil(rect.y); y < rect.y + rect.height; y++) {
    for (let x = Math.ceil(rect.x); x < rect.x + rect.width; x++) {
      const at = (y * image.width + x) * 4
      if (wanted.every((channel, k) => Math.abs(image.data[at + k] - channel) < 24)) found++
    }
  }
  return found
}

describe.each<Backend>(['webgpu', 'webgl2'])('on %s', (backend) => {
  let scene: Scene
  let picture: Picture
  let plain: ImageData

  beforeAll(async () => {
    scene = await createScene(backend)
    picture = {
      ...scene.picture,
      settings: {
        ...scene.picture.settings,
        lens: 'why',
        height: 'linear',
        start: [9.9, -7.9],
      },
      crowd: null,
      runs: [],
      why: nothing,
    }
    plain = await drawPicture(scene, picture)
  })
  afterAll(() => scene.dispose())

  test.for<TrustOrder>(['first', 'second'])(
    'trust, %s order: each place has the colour of its ratio, and the loss comes back',
    async (order) => {
      const surface = surfaceOf(scene.device)
      const trust = { surface, learningRate, order, stale: false }
      const drawn = await drawPicture(scene, { ...picture, why: { ...nothing, trust } })
      expect(compareTrust(drawn, innerRect(mapRect), order)).toBeGreaterThan(40)
      const stale = { ...trust, stale: true }
      const dimmed = await drawPicture(scene, { ...picture, why: { ...nothing, trust: stale } })
      expect(changedBox(drawn, dimmed, innerRect(mapRect))).not.toBeNull()
      const back = await drawPicture(scene, picture)
      expect(changedBox(plain, back, mapRect)).toBeNull()
    },
  )

  test('an arrow goes from its tail to its head, on the map and on the stage', async () => {
    const drawn = await drawPicture(scene, { ...picture, why: { ...nothing, arrows: [arrow] } })
    const inner = innerRect(mapRect)
    const box = changedBox(plain, drawn, inner)!
    const x = (w: number) => inner.x + ((w - view.w[0]) / (view.w[1] - view.w[0])) * inner.width
    expect(Math.abs(box.x - x(-3))).toBeLessThan(4)
    expect(Math.abs(box.x + box.width - x(7))).toBeLessThan(5)
    expect(Math.abs(box.y + box.height / 2 - (inner.y + inner.height / 2))).toBeLessThan(3)
    expect(count(drawn, inner, arrow.colour)).toBeGreaterThan(150)
    expect(count(drawn, stageRect, arrow.colour)).toBeGreaterThan(150)
    // Without its head it is a line, narrower at its end.
    const line = { ...arrow, hasHead: false }
    const bare = await drawPicture(scene, { ...picture, why: { ...nothing, arrows: [line] } })
    expect(changedBox(plain, bare, inner)!.height).toBeLessThan(box.height)
  })

  test('Taylor’s sheet lies on the stage where heights are linear, and nowhere else', async () => {
    const taylor = {
      at: [0, 0],
      loss: 0.3,
      gradient: [0, 0],
      hessian: null,
      reach: 4,
    } as const
    const drawn = await drawPicture(scene, { ...picture, why: { ...nothing, taylor } })
    expect(changedBox(plain, drawn, stageRect)).not.toBeNull()
    expect(changedBox(plain, drawn, mapRect)).toBeNull()
    // A bowl that bends upwards leaves the stage nearer to its middle: it covers less.
    const hessian = { ww: 0.5, wb: 0, bb: 0.5 }
    const bowl = await drawPicture(scene, {
      ...picture,
      why: { ...nothing, taylor: { ...taylor, hessian } },
    })
    const [flat, bent] = [drawn, bowl].map((image) => changedBox(plain, image, stageRect)!)
    expect(bent.width).toBeLessThan(flat.width)
    const logarithmic = {
      ...picture,
      settings: { ...picture.settings, height: 'log' as const },
    }
    const without = await drawPicture(scene, logarithmic)
    const withSheet = await drawPicture(scene, { ...logarithmic, why: { ...nothing, taylor } })
    expect(changedBox(without, withSheet, stageRect)).toBeNull()
  })
})

test('the flat map has trust and arrows, too', async () => {
  const scene = await createScene('webgl2')
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position: fixed; left: 0; top: 0; width: 240px; height: 240px'
  document.body.append(canvas)
  const map = new FlatMap(canvas, { onPointer() {}, onStart() {}, onZoom() {} })
  const draw = async (why: WhyPicture) => {
    const settings = { ...scene.picture.settings, lens: 'why', start: [9.9, -7.9] } as const
    map.show({ ...scene.picture, settings, crowd: null, runs: [], why })
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
  }
  const inner = innerRect({ x: 0, y: 0, width: 240, height: 240 })
  const trust = {
    surface: surfaceOf(undefined),
    learningRate,
    order: 'first',
    stale: false,
  } as const
  expect(compareTrust(await draw({ ...nothing, trust }), inner, 'first')).toBeGreaterThan(40)
  expect(count(await draw({ ...nothing, arrows: [arrow] }), inner, arrow.colour)).toBeGreaterThan(
    300,
  )
  map.dispose()
  canvas.remove()
  scene.dispose()
})

test('colours of trust: those of the stops at them, mixed between, the ends beyond', () => {
  expect(trustColour(-9)).toEqual(parseColour(trustStops[0].colour))
  expect(trustColour(9)).toEqual(parseColour('#0f3159'))
  expect(trustColour(1)).toEqual(parseColour('#2b6cab'))
  // On either side of 0 the colours are far apart.
  expect(trustColour(-1e-9)[2]).toBeLessThan(trustColour(0)[2] - 0.3)
  const [low, middle, high] = [0.5, 0.75, 1].map((ratio) => trustColour(ratio)[0])
  expect(middle).toBeCloseTo((low + high) / 2, 12)
  expect(trustColour(Number.NaN)).toEqual(parseColour('#7c8794'))
})
