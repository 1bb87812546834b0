/** The map of outcomes: colours of pixels, what is lit, what hands do on it; on both backends. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { categories, parseColour } from '../../src/display/colours'
import type { Lit } from '../../src/display/outcomePixels'
import { slowest } from '../../src/display/outcomeTiles'
import type { OutcomeMap } from '../../src/engine/engine'
import { classifyRows } from '../../src/model/outcomes/classify'
import { noMinimum, type OutcomeJob } from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import { defaults } from '../../src/settings/settings'
import { innerRect } from '../../src/stage/mapFrame'
import type { Picture } from '../../src/stage/picture'
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

const { samples, loss, view, outcomes: thresholds } = defaults
const objective = { kind: 'neuron', samples, loss } as const
const points = findStationaryPoints(objective)
/** Two or so CSS pixels of the map for each node. */
const [columns, rows] = [61, 90]
const steps = 300

function jobOf(axes: OutcomeJob['axes']): OutcomeJob {
  const [runner] = defaults.runners
  return withTargets({ objective, runner, steps, axes, start: defaults.start, thresholds }, points)
}

const plane = jobOf([
  { name: 'w', range: [...view.w, columns] },
  { name: 'b', range: [...view.b, rows] },
])
const rates = jobOf([
  { name: 'w', range: [...view.w, 8] },
  { name: 'log10Rate', range: [-1, 2, 8] },
])
const cells = classifyRows(plane, 0, rows)
const rateCells = classifyRows(rates, 0, 8)
const inner = innerRect(mapRect)

const cellAt = (column: number, row: number) => {
  const [code, minimum, arrival] = cells.subarray((row * columns + column) * 4)
  return { code, minimum, arrival }
}

/** Share of the hue's light that is left. */
const lightOf = ({ arrival }: { arrival: number }) =>
  1 - (1 - slowest) * (Math.log2(1 + arrival) / Math.log2(1 + steps))

/** Pixels whose surroundings belong to one node, each with that node. */
function* pixelsOfNodes() {
  for (let row = 2; row < rows - 2; row += 3) {
    for (let column = 2; column < columns - 2; column += 3) {
      const x = Math.floor(inner.x + (column / (columns - 1)) * inner.width)
      const y = Math.floor(inner.y + (1 - row / (rows - 1)) * inner.height)
      yield { x, y, column, row }
    }
  }
}

describe.each<Backend>(['webgpu', 'webgl2'])('on %s', (backend) => {
  let scene: Scene
  let picture: Picture
  let drawn: ImageData

  const mapOf = (job: OutcomeJob, array: Float32Array<ArrayBuffer>): OutcomeMap => {
    const [width, height] = job.axes.map(({ range }) => range[2])
    return {
      job,
      plane: createPlane(array, width, height, 4, scene.device),
      nodeStep: 1,
      finishedRows: height,
      read: async () => array,
      dispose: () => undefined,
    }
  }

  const lit = (choice: Lit | null): Picture => ({
    ...picture,
    outcomes: { maps: picture.outcomes?.maps ?? [], lit: choice },
  })

  beforeAll(async () => {
    scene = await createScene(backend)
    picture = {
      ...scene.picture,
      settings: { ...scene.picture.settings, lens: 'starts', start: [9.5, -7.5] },
      crowd: null,
      runs: [],
      outcomes: {
        maps: [
          {
            map: mapOf(plane, cells),
            points: { ...points, minima: [], saddles: [] },
            stale: false,
          },
        ],
        lit: null,
      },
    }
    drawn = await drawPicture(scene, picture)
  })
  afterAll(() => scene.dispose())

  const pixel = (image: ImageData, x: number, y: number) => [
    ...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 3),
  ]

  test('a minimum has its hue, the darker the later its descent arrives', () => {
    let compared = 0
    for (const { x, y, column, row } of pixelsOfNodes()) {
      const cell = cellAt(column, row)
      const isAlone = [-1, 0, 1].every((dy) =>
        [-1, 0, 1].every((dx) => {
          const other = cellAt(column + dx, row + dy)
          return other.minimum === cell.minimum && Math.abs(lightOf(other) - lightOf(cell)) < 0.02
        }),
      )
      if (cell.minimum === noMinimum || !isAlone) continue
      const light = lightOf(cell)
      const hue = parseColour(categories[cell.minimum])
      pixel(drawn, x, y).forEach((channel, k) => {
        expect(Math.abs(channel - 255 * hue[k] * light), `${x}, ${y}`).toBeLessThan(8)
      })
      compared++
    }
    expect(compared).toBeGreaterThan(100)
  })

  test('places that reach no minimum are grey', () => {
    let compared = 0
    for (const { x, y, column, row } of pixelsOfNodes()) {
      const isAlone = [-1, 0, 1].every((dy) =>
        [-1, 0, 1].every((dx) => cellAt(column + dx, row + dy).minimum === noMinimum),
      )
      if (!isAlone) continue
      const channels = pixel(drawn, x, y)
      expect(Math.max(...channels) - Math.min(...channels)).toBeLessThan(32)
      compared++
    }
    expect(compared).toBeGreaterThan(20)
  })

  test('choosing a minimum leaves its pixels as they are, and darkens the others', async () => {
    const chosen = await drawPicture(scene, lit({ channel: 'minimum', from: 1, below: 1.5 }))
    const counts = { same: 0, darker: 0 }
    for (const { x, y, column, row } of pixelsOfNodes()) {
      const near = [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => cellAt(column + dx, row + dy).minimum),
      )
      const [before, after] = [pixel(drawn, x, y), pixel(chosen, x, y)]
      if (near.every((minimum) => minimum === 1)) {
        expect(after).toEqual(before)
        counts.same++
      } else if (near.every((minimum) => minimum === 0)) {
        expect(Math.max(...after)).toBeLessThan(0.3 * Math.max(...before))
        counts.darker++
      }
    }
    expect(counts.same).toBeGreaterThan(50)
    expect(counts.darker).toBeGreaterThan(20)
  })

  test('a coarse map shows the nearest valid node everywhere', async () => {
    const [shown] = picture.outcomes?.maps ?? []
    if (!shown) throw new Error('The picture has no map.')
    const coarse: OutcomeMap = { ...shown.map, nodeStep: 30 }
    const image = await drawPicture(scene, {
      ...picture,
      outcomes: { maps: [{ ...shown, map: coarse }], lit: null },
    })
    // Node (30, 30) is at the middle of the axis of w, and valid; all around it looks like it.
    const x = Math.floor(inner.x + inner.width / 2)
    const y = Math.floor(inner.y + (1 - 30 / (rows - 1)) * inner.height)
    expect(cellAt(30, 30).minimum).not.toBe(noMinimum)
    for (const [dx, dy] of [
      [-20, 0],
      [20, 0],
      [0, -20],
      [15, 15],
    ]) {
      expect(pixel(image, x + dx, y + dy)).toEqual(pixel(image, x, y))
    }
  })

  test('the colours lie over the surface, unless that is switched off', async () => {
    const { settings } = picture
    const off = { ...settings, map: { ...settings.map, onSurface: false } }
    const bare = await drawPicture(scene, { ...picture, settings: off })
    expect(changedBox(bare, drawn, stageRect)).not.toBeNull()
    expect(changedBox(bare, drawn, mapRect)).toBeNull()
  })

  test('wheel and rectangle ask for a zoom in shares of the sides', async () => {
    await drawPicture(scene, picture)
    scene.events.zooms.length = 0
    const box = scene.canvas.getBoundingClientRect()
    const at = (u: number, v: number) => ({
      x: inner.x + u * inner.width,
      y: inner.y + (1 - v) * inner.height,
    })
    const { x, y } = at(0.25, 0.5)
    const wheel = new WheelEvent('wheel', {
      clientX: box.x + x,
      clientY: box.y + y,
      deltaY: -240,
      cancelable: true,
    })
    scene.canvas.dispatchEvent(wheel)
    expect(wheel.defaultPrevented).toBe(true)
    expect(scene.events.zooms).toEqual([
      { at: [expect.closeTo(0.25, 2), expect.closeTo(0.5, 2)], factor: 0.5 },
    ])
    await userEvent.dragAndDrop(scene.canvas, scene.canvas, {
      sourcePosition: at(0.25, 0.25),
      targetPosition: at(0.75, 0.5),
    })
    expect(scene.events.zooms[1]).toEqual({
      from: [expect.closeTo(0.25, 1), expect.closeTo(0.25, 1)],
      to: [expect.closeTo(0.75, 1), expect.closeTo(0.5, 1)],
    })
    expect(scene.events.starts).toEqual([])
  })

  test('on a map of rates the pointer and a click tell the rate, too', async () => {
    const shown = { map: mapOf(rates, rateCells), points, stale: false }
    const { settings } = picture
    await drawPicture(scene, {
      ...picture,
      settings: { ...settings, map: { ...settings.map, axes: 'w,log10Rate' } },
      outcomes: { maps: [shown], lit: null },
    })
    // The sharp minimum holds below 18: the line is inside, and its text beside it.
    expect(scene.labels.textContent).toContain('limit of 1')
    scene.events.starts.length = 0
    const position = { x: inner.x + inner.width / 2, y: inner.y + inner.height / 3 }
    await userEvent.click(scene.canvas, { position })
    await vi.waitFor(() => expect(scene.events.starts).toHaveLength(1), 20_000)
    const [[[w, b, rate]]] = scene.events.starts
    expect(w).toBeCloseTo(2, 0)
    expect(b).toBe(-7.5)
    expect(Math.log10(rate ?? 0)).toBeCloseTo(1, 1)
  })
})
