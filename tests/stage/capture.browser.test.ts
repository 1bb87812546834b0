/** Pictures for files: size, tiles, texts, and a screen that is left as it is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CaptureOptions, capture } from '../../src/stage/capture'
import type { CaptureRequest } from '../../src/stage/picture'
import { type Backend, createScene, drawn, drawPicture, type Scene } from './scene'

function pixelsOf(canvas: HTMLCanvasElement, side = canvas.width, down = canvas.height) {
  const small = document.createElement('canvas')
  Object.assign(small, { width: side, height: down })
  const context = small.getContext('2d')
  if (!context) throw new Error('There is no 2-D canvas.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(canvas, 0, 0, side, down)
  return context.getImageData(0, 0, side, down).data
}

/** Mean absolute difference of the colours, 0 to 255. */
function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i])
  return sum / ((a.length * 3) / 4)
}

describe.each<Backend>(['webgpu', 'webgl2'])('on %s', (backend) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await createScene(backend)
    await drawPicture(scene, scene.picture)
  })
  afterAll(() => scene.dispose())

  const save = async (request: CaptureRequest, options: CaptureOptions = {}) =>
    (await capture(scene.stage, request, options)).canvas

  test('the stage at twice the size is the same picture', async () => {
    const one = await save({ what: 'stage' })
    const two = await save({ what: 'stage', scale: 2 })
    expect([two.width, two.height]).toEqual([one.width * 2, one.height * 2])
    const { width, height } = one
    const ground = pixelsOf(one).slice(0, 4)
    expect(
      meanDifference(
        pixelsOf(one),
        new Uint8ClampedArray(width * height * 4).map((_, i) => ground[i % 4]),
      ),
    ).toBeGreaterThan(8)
    expect(meanDifference(pixelsOf(one), pixelsOf(two, width, height))).toBeLessThan(6)
  })

  test('a map of several tiles is the same as a map of one', async () => {
    const small = await save({ what: 'map', side: 512 })
    const large = await save({ what: 'map', side: 2304 })
    expect([large.width, large.height]).toEqual([2304, 2304])
    expect(meanDifference(pixelsOf(small), pixelsOf(large, 512, 512))).toBeLessThan(6)
    // Along the seams, at 1152, nothing is drawn twice or left out.
    const data = pixelsOf(large)
    const step = (x: number) => {
      let sum = 0
      for (let y = 200; y < 2000; y++) {
        const at = (y * 2304 + x) * 4
        for (let k = 0; k < 3; k++) sum += Math.abs(data[at + k] - data[at + k - 4])
      }
      return sum / 5400
    }
    const around = [1140, 1145, 1160, 1165].map(step)
    expect(step(1152)).toBeLessThan(2 * Math.max(...around) + 0.5)
  })

  test('the stage in tiles is the stage in one piece', async () => {
    const one = await save({ what: 'stage', scale: 2 })
    const shares: number[] = []
    const tiled = await save(
      { what: 'stage', scale: 2 },
      { mostTile: 150, onProgress: (share) => shares.push(share) },
    )
    expect([tiled.width, tiled.height]).toEqual([one.width, one.height])
    // Lines may fall on other samples of a pixel; a tile in the wrong place would differ everywhere.
    expect(meanDifference(pixelsOf(one), pixelsOf(tiled))).toBeLessThan(1.5)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.length).toBeGreaterThanOrEqual(16)
    expect(shares.at(-1)).toBe(1)
  })

  test('a caption stands below the picture, which is as without it', async () => {
    const plain = await save({ what: 'stage' })
    const { canvas, settings } = await capture(scene.stage, { what: 'stage', caption: 'step 5' })
    expect([canvas.width, canvas.height]).toEqual([plain.width, plain.height + 24])
    expect(settings).toBe(scene.picture.settings)
    const [with_, without] = [canvas, plain].map((each) => pixelsOf(each))
    expect(with_.slice(0, without.length)).toEqual(without)
    const foot = with_.slice(without.length)
    expect(new Set(foot.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(8)
  })

  test('a size that is given is kept, whatever the screen has', async () => {
    const canvas = await save({ what: 'stage', size: { width: 200, height: 100 }, scale: 1.5 })
    expect([canvas.width, canvas.height]).toEqual([300, 150])
  })

  test('one that is cancelled rejects', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('enough'))
    const options = { signal: controller.signal, onProgress, mostTile: 100 }
    await expect(save({ what: 'stage' }, options)).rejects.toThrow('enough')
  })

  test('sides are even where they have to be', async () => {
    const canvas = await save({ what: 'stage', scale: 1.37, even: true })
    expect([canvas.width % 2, canvas.height % 2]).toEqual([0, 0])
  })

  test('the screen is as it was', async () => {
    const before = await drawPicture(scene, scene.picture)
    void save({ what: 'map', side: 300 })
    const saved = save({ what: 'stage', scale: 3 })
    // Nothing is shown anew here: the stage draws its own picture again by itself.
    await new Promise((resolve) => setTimeout(resolve))
    const after = await drawn(scene)
    await saved
    expect(after.data).toEqual(before.data)
  })

  test.each([
    [
      { what: 'map', side: 5000 },
      'The side is 5000 pixels; it must be a whole number from 64 to 4096.',
    ],
    [{ what: 'stage', scale: 0.5 }, 'The scale is 0.5; it must be from 1 to 4.'],
    [{ what: 'stage', scale: Number.NaN }, 'The scale is NaN; it must be from 1 to 4.'],
  ] as const)('%o is refused', async (request, sentence) => {
    await expect(save(request)).rejects.toThrow(sentence)
  })
})
