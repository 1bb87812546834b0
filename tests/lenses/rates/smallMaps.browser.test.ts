import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { categories, parseColour } from '../../../src/display/colours'
import { slowest } from '../../../src/display/outcomeTiles'
import {
  compareArrivals,
  differenceColour,
  differenceText,
  paintDifferenceBar,
} from '../../../src/lenses/rates/crowd/difference'
import { createSmallMaps, type SmallMapsPicture } from '../../../src/lenses/rates/crowd/smallMaps'
import { noMinimum, outcomeCodes } from '../../../src/model/outcomes/outcome'
import { mount } from '../../setup/mount'

afterEach(() => vi.restoreAllMocks())

const steps = 300
const [columns, rows] = [4, 3]
const atMinimum = (minimum: number, arrival: number) => [0, minimum, arrival, 0.02]
const nowhere = [outcomeCodes.receding, noMinimum, -1, 0.1]

/** Bottom row first. */
const first = Float32Array.from(
  [
    [atMinimum(0, 0), atMinimum(1, 0), atMinimum(0, steps), nowhere],
    [atMinimum(0, 10), atMinimum(0, 20), atMinimum(0, 5), nowhere],
    [atMinimum(1, 7), nowhere, nowhere, nowhere],
  ].flat(2),
)
const second = Float32Array.from(
  [
    [atMinimum(0, 0), atMinimum(1, 300), nowhere, atMinimum(0, 9)],
    [atMinimum(0, 14), atMinimum(0, 80), atMinimum(1, 2), nowhere],
    [atMinimum(0, 8), nowhere, nowhere, nowhere],
  ].flat(2),
)

const map = (key: number, cells: Float32Array | null) => ({
  ...{ key, cells, columns, rows, steps, stale: false },
  label: `rate ${key}`,
  colour: categories[key],
})

const picture: SmallMapsPicture = {
  axes: [
    [-6, 10],
    [-8, 8],
  ],
  maps: [map(0, first), map(3, second)],
  difference: { pair: [0, 3], cells: [first, second], columns, rows },
  pointer: null,
  // A third of the way from the left, halfway up.
  start: [-0.5, 0],
}

function create(shown: SmallMapsPicture = picture, [width, height] = [620, 420]) {
  const events = { onPointer: vi.fn(), onStart: vi.fn(), onZoom: vi.fn(), onPair: vi.fn() }
  const container = mount(width, height)
  const maps = createSmallMaps(container, events, events.onPair)
  maps.show(shown)
  const canvases = () => [...container.querySelectorAll<HTMLCanvasElement>('.small-map canvas')]
  return { ...maps, ...events, container, canvases }
}

/** Colours of the pixels around the middle of a cell. */
function around(canvas: HTMLCanvasElement, column: number, row: number): number[][] {
  const x = Math.round((column / (columns - 1)) * (canvas.width - 9))
  const y = Math.round((1 - row / (rows - 1)) * (canvas.height - 9))
  const { data } = canvas.getContext('2d')!.getImageData(x, y, 9, 9)
  return Array.from({ length: 81 }, (_, i) => [...data.subarray(i * 4, i * 4 + 3)])
}

const bytes = (hex: string) => parseColour(hex).map((channel) => channel * 255)

function expectColour(pixels: readonly number[][], colour: readonly number[]) {
  for (const pixel of pixels) {
    pixel.forEach((channel, k) => {
      expect(Math.abs(channel - colour[k])).toBeLessThanOrEqual(1)
    })
  }
}

test('maps have the hue of the minimum, dark where it takes all steps, patterns elsewhere', () => {
  const [canvas] = create().canvases()
  expectColour(around(canvas, 0, 0), bytes(categories[0]))
  expectColour(around(canvas, 1, 0), bytes(categories[1]))
  expectColour(
    around(canvas, 2, 0),
    bytes(categories[0]).map((channel) => channel * slowest),
  )
  const pattern = around(canvas, 3, 2).map(String)
  expect(new Set(pattern)).toEqual(
    new Set(
      [
        [0xc3, 0xcc, 0xd6],
        [0x56, 0x60, 0x6c],
      ].map(String),
    ),
  )
})

test('the difference is blue where A is earlier, orange where B is, hatched where one is alone', () => {
  const canvas = create().canvases()[2]
  expectColour(around(canvas, 0, 0), bytes('#f2f2f2'))
  expectColour(around(canvas, 1, 0), bytes('#0072b2'))
  expectColour(around(canvas, 0, 1), differenceColour(-4, steps))
  expectColour(around(canvas, 2, 1), differenceColour(3, steps))
  expectColour(around(canvas, 3, 2), bytes('#6b7580'))
  const aAlone = new Set(around(canvas, 2, 0).map(String))
  const bAlone = new Set(around(canvas, 3, 0).map(String))
  expect([aAlone.size, bAlone.size]).toEqual([2, 2])
  expect(aAlone.has(String(bytes('#0072b2').map(Math.round)))).toBe(true)
  expect(bAlone.has(String(bytes('#d55e00').map(Math.round)))).toBe(true)
})

test('the scale of differences is symmetric and even in the logarithm', () => {
  const bar = paintDifferenceBar(steps, 97).data
  const at = (x: number) => [...bar.subarray(x * 4, x * 4 + 3)]
  expect(at(0)).toEqual(differenceColour(-steps, steps))
  expect(at(48)).toEqual(differenceColour(0, steps))
  expect(at(96)).toEqual(differenceColour(steps, steps))
  expect(differenceColour(1e6, steps)).toEqual(differenceColour(steps, steps))
})

test('differences are counted: who is first, alike, alone, neither, and by how much', () => {
  expect(compareArrivals([first, second])).toEqual({
    starts: 12,
    // (1, 0) by 300, (0, 1) by 4, (1, 1) by 60, (0, 2) by 1
    aFirst: 4,
    aAhead: 4,
    bFirst: 1,
    bAhead: 3,
    alike: 1,
    aAlone: 1,
    bAlone: 1,
    neither: 4,
  })
  const swapped = compareArrivals([second, first])
  expect([swapped.bFirst, swapped.bAhead, swapped.aAlone]).toEqual([4, 4, 1])
  expect(compareArrivals([first, first])).toMatchObject({ alike: 7, neither: 5, aAhead: null })
})

test('the counts are said in a sentence', () => {
  const { container } = create()
  const sentence =
    'A is first at 33 % of the starts, by 4 steps in the median; B at 8 %, by 3; 8 % alike; ' +
    'A alone arrives at 8 %, B alone at 8 %, neither at 33 %.'
  expect(container.querySelector('.difference-sentence')!.textContent).toBe(sentence)
  expect(differenceText(compareArrivals([first, first]))).toBe(
    'A is first at 0 % of the starts; B at 0 %; 58 % alike; ' +
      'A alone arrives at 0 %, B alone at 0 %, neither at 42 %.',
  )
})

test('every canvas says what it shows', () => {
  const { canvases } = create({ ...picture, maps: [...picture.maps, map(5, null)] })
  const labels = canvases().map((canvas) => canvas.getAttribute('aria-label'))
  expect(labels.slice(0, 3)).toEqual([
    'rate 0: 42 % minimum 1, 42 % receding.',
    'rate 3: 42 % minimum 1, 42 % receding.',
    'rate 5: not computed yet.',
  ])
  expect(labels[3]).toContain('Difference of arrival, A rate 0, B rate 3: A is first at 33 %')
  for (const canvas of canvases()) expect(canvas.getAttribute('role')).toBe('img')
})

test('the selects report another pair by keys', async () => {
  const { container, onPair } = create()
  const [a, b] = container.querySelectorAll('select')
  expect([a.value, b.value]).toEqual(['0', '3'])
  await userEvent.selectOptions(a, 'rate 3')
  expect(onPair.mock.calls).toEqual([[[3, 3]]])
})

test('a click sets the start there, hovering reports the place, leaving takes it back', async () => {
  const { canvases, onStart, onPointer } = create()
  const [, canvas] = canvases()
  const { clientWidth: width, clientHeight: height } = canvas
  const position = { x: width * 0.75, y: height * 0.25 }
  await userEvent.click(canvas, { position })
  expect(onStart.mock.calls.length).toBe(1)
  const [[w, b], phase] = onStart.mock.calls[0]
  expect(phase).toBe('end')
  expect(Math.abs(w - 6)).toBeLessThan(0.2)
  expect(Math.abs(b - 4)).toBeLessThan(0.2)
  expect(onPointer.mock.lastCall![0][0]).toBeCloseTo(w, 6)
  await userEvent.hover(canvas.closest('figure')!.querySelector('figcaption')!)
  expect(onPointer).toHaveBeenLastCalledWith(null)
})

test('the start can be dragged by its ring', async () => {
  const { canvases, onStart, onZoom } = create()
  const [canvas] = canvases()
  const { clientWidth: width, clientHeight: height } = canvas
  await userEvent.dragAndDrop(canvas, canvas, {
    sourcePosition: { x: ((-0.5 + 6) / 16) * width, y: height / 2 },
    targetPosition: { x: width * 0.5, y: height * 0.5 },
  })
  const phases = onStart.mock.calls.map(([, phase]) => phase)
  expect(phases[0]).toBe('move')
  expect(phases.at(-1)).toBe('end')
  expect(Math.abs(onStart.mock.lastCall![0][0] - 2)).toBeLessThan(0.2)
  expect(onZoom).not.toHaveBeenCalled()
})

test('a drag draws a rectangle to zoom to; the wheel zooms at the pointer', async () => {
  const { canvases, onStart, onZoom } = create()
  const [canvas] = canvases()
  const { clientWidth: width, clientHeight: height } = canvas
  await userEvent.dragAndDrop(canvas, canvas, {
    sourcePosition: { x: width * 0.5, y: height * 0.1 },
    targetPosition: { x: width * 0.9, y: height * 0.8 },
  })
  expect(onStart).not.toHaveBeenCalled()
  const [{ from, to }] = onZoom.mock.calls[0]
  const shares = [...from, ...to]
  ;[0.5, 0.9, 0.9, 0.2].forEach((share, k) => {
    expect(Math.abs(shares[k] - share)).toBeLessThan(0.02)
  })

  const box = canvas.getBoundingClientRect()
  const at = { clientX: box.left + width * 0.25, clientY: box.top + height * 0.25 }
  const wheel = new WheelEvent('wheel', { ...at, deltaY: 240, cancelable: true, bubbles: true })
  canvas.dispatchEvent(wheel)
  expect(wheel.defaultPrevented).toBe(true)
  const [zoom] = onZoom.mock.lastCall!
  expect(zoom.factor).toBe(2)
  expect(zoom.at[0]).toBeCloseTo(0.25, 2)
  expect(zoom.at[1]).toBeCloseTo(0.75, 2)
})

test('the cross-hair is drawn on all maps, and they are not painted again for it', () => {
  const { canvases, show } = create()
  const put = vi.spyOn(CanvasRenderingContext2D.prototype, 'putImageData')
  show({ ...picture, pointer: [6, 4] })
  expect(put).not.toHaveBeenCalled()
  for (const canvas of canvases()) {
    const x = Math.floor(canvas.width * 0.75)
    const { data } = canvas.getContext('2d')!.getImageData(x, 4, 1, 1)
    expect([...data]).toEqual([255, 255, 255, 255])
  }
  show({ ...picture, maps: [map(0, first.slice()), picture.maps[1]] })
  expect(put).toHaveBeenCalledOnce()
})

test('stale maps are dimmed, and so is the difference of one', () => {
  const { container } = create({
    ...picture,
    maps: [picture.maps[0], { ...picture.maps[1], stale: true }],
  })
  const isStale = [...container.querySelectorAll('.small-map')].map((figure) =>
    figure.classList.contains('stale'),
  )
  expect(isStale).toEqual([false, true, true])
})

test('a runner that goes takes its map along; one map is alone and large', () => {
  const { container, canvases, show } = create()
  const [canvas] = canvases()
  const before = canvas.clientWidth
  show({ ...picture, maps: [picture.maps[0]], difference: null })
  expect(canvases()).toEqual([canvas])
  expect(canvas.clientWidth).toBeGreaterThan(before)
  expect(container.querySelector<HTMLElement>('.difference-key')!.hidden).toBe(true)
  expect(container.querySelector('.small-maps-axes')!.textContent).toBe(
    'Across w from −6 to 10, upwards b from −8 to 8.',
  )
})

test('eight maps and a difference fit into 640 by 520', () => {
  const maps = Array.from({ length: 8 }, (_, key) => map(key, first))
  const { container, canvases } = create({ ...picture, maps }, [640, 520])
  expect(container.scrollHeight).toBeLessThanOrEqual(520)
  expect(canvases().length).toBe(9)
  for (const canvas of canvases()) {
    expect(canvas.clientWidth).toBeGreaterThan(96)
    expect(canvas.clientHeight).toBeGreaterThanOrEqual(96)
  }
})
