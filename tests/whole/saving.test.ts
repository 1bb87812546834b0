/** Files of what is shown: saved, read back, opened again. */
import { decode } from 'fast-png'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readState } from '../../src/files/fileState'
import { noAdapterMessage, useBrowser } from '../setup/page'
import { apply, refusal, settingsOf, settled } from './steepest'

const browser = useBrowser()
const plain = useBrowser('none')
const viewport = { width: 1100, height: 680 }

async function open(query = '', on = browser) {
  const opened = await on.visit({
    viewport,
    query: `?grid=16&side=4&map=64&steps=12&step=5&speed=60${query}`,
  })
  await settled(opened.page)
  return opened
}

async function save(page: Page, request: object): Promise<Uint8Array<ArrayBuffer>> {
  const text = await page.evaluate(async (wanted) => {
    const blob = await window.steepest.save(wanted)
    const reader = new FileReader()
    return new Promise<string>((resolve) => {
      reader.onload = () => resolve(String(reader.result))
      reader.readAsDataURL(blob)
    })
  }, request)
  return Uint8Array.from(Buffer.from(text.slice(text.indexOf(',') + 1), 'base64'))
}

/** Gives the file to the dialog's own field, as a person's choice does. */
async function openFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.getByRole('button', { name: 'Save…' }).click()
  const buffer = Buffer.from(bytes)
  await page.locator('dialog.save input[type=file]').setInputFiles({ name, mimeType: '', buffer })
}

/** Drops it as if the file had been dragged over the element and dropped. */
function drop(page: Page, selector: string, name: string, text: string): Promise<void> {
  return page.evaluate(
    ([at, fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName))
      const init = { dataTransfer, bubbles: true, cancelable: true }
      document.querySelector(at)?.dispatchEvent(new DragEvent('drop', init))
    },
    [selector, name, text] as const,
  )
}

const notice = (page: Page) => page.locator('.notice p').last().textContent()

const json = async (page: Page, what: string) =>
  JSON.parse(new TextDecoder().decode(await save(page, { what, format: 'json' })))

/** Colours of a picture brought down to so many pixels a side. */
function shrunk({ width, data, channels }: ReturnType<typeof decode>, side: number): number[] {
  const step = width / side
  return Array.from({ length: side * side * 3 }, (_, i) => {
    const [x, y, k] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side), i % 3]
    let sum = 0
    for (let v = 0; v < step; v++) {
      for (let u = 0; u < step; u++) {
        sum += data[((y * step + v) * width + x * step + u) * channels + k]
      }
    }
    return sum / step / step
  })
}

test('pictures have their size, and their settings bring the page back', async () => {
  const { page, expectQuiet } = await open('&run=gradientDescent:10;adam:0.1&lens=rates')
  const before = await settingsOf(page)
  const one = decode(await save(page, { what: 'stage' }))
  const bytes = await save(page, { what: 'stage', scale: 2 })
  const two = decode(bytes, { checkCrc: true })
  expect([two.width, two.height]).toEqual([one.width * 2, one.height * 2])
  const square = decode(await save(page, { what: 'map', side: 300 }))
  expect([square.width, square.height]).toEqual([300, 300])

  await apply(page, {
    ...{ steps: 30, lens: 'descend', step: 0, start: [1, 1] },
    camera: { azimuth: 70, elevation: 20, distance: 3, pan: [0, 0] },
  })
  const other = await settingsOf(page)
  await openFile(page, 'saved.png', bytes)
  await expect.poll(() => settingsOf(page)).toEqual(before)
  expect(await notice(page)).toMatch(/^Restored the settings of saved\.png, saved by Steepest \d/)
  // Camera and step, too.
  await page.keyboard.press('Control+z')
  await expect.poll(() => settingsOf(page)).toEqual(other)
  expectQuiet()
})

test('a map in tiles is the same as one in one piece', async () => {
  const { page, expectQuiet } = await open('&lens=starts')
  const small = decode(await save(page, { what: 'map', side: 512 }))
  const large = decode(await save(page, { what: 'map', side: 2560 }))
  expect([large.width, large.height]).toEqual([2560, 2560])
  const [a, b] = [shrunk(small, 64), shrunk(large, 64)]
  const mean = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length
  expect(mean).toBeLessThan(4)
  expectQuiet()
})

test('tables have the numbers of the page API', async () => {
  const { page, expectQuiet } = await open()
  const settings = await settingsOf(page)
  const grid = await json(page, 'grid')
  expect(grid.steepest.settings).toEqual(settings)
  const wanted = await page.evaluate(async () => {
    const found = await window.steepest.evaluateGrid({ w: [-6, 10, 16], b: [-8, 8, 16] })
    return Object.fromEntries(Object.entries(found).map(([key, values]) => [key, [...values]]))
  })
  expect(grid.data).toEqual(wanted)
  expect(grid.axes.w).toHaveLength(16)

  const paths = await json(page, 'paths')
  const descended = await page.evaluate(async () => {
    const request = { starts: [[-2, 4]], learningRate: 10, steps: 12 }
    return [...(await window.steepest.descend(request)).positions]
  })
  expect(paths.data.w.flatMap((w: number, i: number) => [w, paths.data.b[i]])).toEqual(descended)

  const crowd = await json(page, 'crowd')
  expect(crowd.data.step).toEqual(Array(16).fill(5))
  const { startW, startB } = crowd.data
  const moved = await page.evaluate(
    async (starts) => [
      ...(await window.steepest.descend({ starts, learningRate: 10, steps: 5, stride: 5 }))
        .positions,
    ],
    startW.map((w: number, i: number) => [w, startB[i]]),
  )
  crowd.data.w.forEach((w: number, i: number) => {
    expect([w, crowd.data.b[i]]).toEqual(moved.slice(4 * i + 2, 4 * i + 4))
  })

  const outcomes = await json(page, 'outcomes')
  const classified = await page.evaluate(async () => {
    const request = { w: [-6, 10, 64], b: [-8, 8, 64], learningRate: 10, steps: 12 }
    const { outcome, minimum, finalLoss } = await window.steepest.classify(request)
    const names = Object.keys(window.steepest.outcomeCodes)
    return {
      outcome: [...outcome].map((code) => names[code]),
      minimum: [...minimum].map((index) => (index === 255 ? null : index + 1)),
      finalLoss: [...finalLoss],
    }
  })
  expect(outcomes.data).toMatchObject(classified)

  const sweep = await json(page, 'sweep')
  const swept = await page.evaluate(
    async (rates) => [
      ...(await window.steepest.sweep({ start: [-2, 4], rates, steps: 12 })).finalLoss,
    ],
    sweep.data.learningRate,
  )
  expect(sweep.data.finalLoss).toEqual(swept)

  const scores = await json(page, 'scores')
  expect(scores.data.finalLoss).toEqual([paths.data.loss.at(-1)])
  const csv = new TextDecoder().decode(await save(page, { what: 'scores' }))
  expect(csv.split('\n').at(-2)).toMatch(new RegExp(`,${scores.data.finalLoss[0]},`))
  expectQuiet()
})

test('places between two records are those of the crowd', async () => {
  // 1,024 records of 3,000 steps: every third.
  const { page } = await open('&steps=3000&step=1000&run=momentum:1')
  const { data } = await json(page, 'crowd')
  const moved = await page.evaluate(
    async (starts) => [
      ...(
        await window.steepest.descend({
          starts,
          learningRate: 1,
          rule: { name: 'momentum' },
          steps: 1000,
          stride: 1000,
        })
      ).positions,
    ],
    data.startW.map((w: number, i: number) => [w, data.startB[i]]),
  )
  expect(data.w).toEqual(data.w.map((_: number, i: number) => moved[4 * i + 2]))
})

test('a video has a frame for each step, the size of the stage, and the settings', async () => {
  const { page, expectQuiet } = await open()
  const before = await settingsOf(page)
  const stage = decode(await save(page, { what: 'stage' }))
  const bytes = await save(page, { what: 'video' })
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) })
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('The file has no picture.')
  const { packetCount } = await track.computePacketStats()
  expect(packetCount).toBe(13)
  const even = (length: number) => length - (length % 2)
  expect([await track.getDisplayWidth(), await track.getDisplayHeight()]).toEqual([
    even(stage.width),
    // And its caption.
    even(stage.height) + 24,
  ])
  expect(await track.computeDuration()).toBeCloseTo(13 / 60, 2)
  const { comment } = await input.getMetadataTags()
  expect(JSON.parse(comment ?? '').settings).toEqual(before)
  // The page is where it was.
  expect(await settingsOf(page)).toEqual(before)

  await apply(page, { steps: 20, step: 0 })
  await openFile(page, 'run.mp4', bytes)
  await expect.poll(() => settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('a picture that is asked for while its settings are computed is one of these', async () => {
  const { page, expectQuiet } = await open('&lens=starts&map=256')
  const taken = await page.evaluate(async () => {
    void window.steepest.apply({ lens: 'why', why: { part: 'cubicAndSquare' } })
    void window.steepest.apply({ steps: 20 })
    const blobs = [await window.steepest.save({ what: 'stage' })]
    await window.steepest.apply({})
    blobs.push(await window.steepest.save({ what: 'stage' }))
    const [now, later] = await Promise.all(blobs.map((blob) => blob.arrayBuffer()))
    return [now, later].map((bytes) => [...new Uint8Array(bytes)])
  })
  const [now, later] = taken.map((bytes) => Uint8Array.from(bytes))
  expect(readState(now, 'now')).toMatchObject({ settings: { steps: 20, lens: 'why' } })
  expect(decode(now).data).toEqual(decode(later).data)
  expectQuiet()
})

test('two files requested at once come one after the other', async () => {
  const { page, expectQuiet } = await open()
  const before = await settingsOf(page)
  const [video, picture] = await page.evaluate(async () => {
    const asked = [{ what: 'video' }, { what: 'stage' }].map(window.steepest.save)
    return Promise.all(
      (await Promise.all(asked)).map(async (blob) => [...new Uint8Array(await blob.arrayBuffer())]),
    )
  })
  const input = new Input({
    formats: ALL_FORMATS,
    source: new BufferSource(Uint8Array.from(video)),
  })
  const track = await input.getPrimaryVideoTrack()
  expect((await track?.computePacketStats())?.packetCount).toBe(13)
  expect(readState(Uint8Array.from(picture), 'a')).toMatchObject({ settings: { step: 5 } })
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('a window of another size changes no video; other settings end it with a sentence', async () => {
  const { page, expectQuiet } = await open('&steps=30')
  const stage = decode(await save(page, { what: 'stage' }))
  const saving = save(page, { what: 'video' })
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(8)
  await page.setViewportSize({ width: 900, height: 600 })
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(await saving) })
  const track = await input.getPrimaryVideoTrack()
  expect((await track?.computePacketStats())?.packetCount).toBe(31)
  expect(await track?.getDisplayWidth()).toBe(stage.width - (stage.width % 2))
  await expect.poll(async () => (await settingsOf(page)).step).toBe(5)

  const refused = refusal(page, 'save', { what: 'video' })
  await expect.poll(async () => (await settingsOf(page)).step).toBeGreaterThan(8)
  await apply(page, { start: [1, 1] })
  expect(await refused).toBe(
    'The settings changed while the video was being made, so it was not saved. Try again.',
  )
  expect(await settingsOf(page)).toMatchObject({ start: [1, 1] })
  expectQuiet()
})

test('w³ + b² has tables of its own', async () => {
  const { page } = await open('&lens=why&why=cubicAndSquare', plain)
  const grid = await json(page, 'grid')
  expect(Object.keys(grid.data)).toEqual(['f', 'dfdw', 'dfdb'])
  const { w, b } = grid.axes
  expect(grid.data.f).toHaveLength(w.length * b.length)
  expect(grid.data.f[3]).toBe(Math.fround(w[3] ** 3 + b[0] ** 2))
  const { data } = await json(page, 'paths')
  expect(data.step).toEqual(data.f.map((_: number, i: number) => i))
  data.f.forEach((f: number, i: number) => {
    expect(f).toBeCloseTo(data.w[i] ** 3 + data.b[i] ** 2, 4)
  })
})

test('both losses come as one picture, of the size that the dialog says', async () => {
  const { page, expectQuiet } = await open('&lens=starts&both=1')
  await page.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.locator('dialog.save')
  await dialog.getByLabel('What').selectOption('map')
  const sizes = await dialog.getByLabel('Size').locator('option').allTextContents()
  const [, width, height] = /^1 × · ([\d,]+) × ([\d,]+) px$/.exec(sizes[0]) ?? []
  await page.keyboard.press('Escape')
  const picture = decode(await save(page, { what: 'map' }))
  expect([picture.width, picture.height].map((n) => n.toLocaleString('en'))).toEqual([
    width,
    height,
  ])
  expect(sizes.at(-1)).toBe('2,048 px a side, each')
  expect(await refusal(page, 'save', { what: 'map', side: 4096 })).toBe(
    'The side is 4096 pixels for each of 2 maps; it must be a whole number from 64 to 2048.',
  )
  expectQuiet()
})

test('the dialog saves by keyboard what is chosen', async () => {
  const { page, expectQuiet } = await open('', plain)
  await page.getByRole('button', { name: 'Save…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.locator('dialog.save')
  await dialog.waitFor()
  await dialog.getByLabel('What').selectOption('paths')
  expect(await dialog.getByLabel('Size').isVisible()).toBe(false)
  await dialog.getByLabel('Format').focus()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  const file = await download
  expect(file.suggestedFilename()).toBe('steepest-paths.csv')
  await expect.poll(() => dialog.isVisible()).toBe(false)
  expect(await notice(page)).toMatch(/^Saved steepest-paths\.csv \(\d+ kB\)\.$/)
  expectQuiet()
})

test('a video that is cancelled leaves no file and the page as it was', async () => {
  const { page, expectQuiet } = await open('&steps=2000', plain)
  const before = await settingsOf(page)
  let downloads = 0
  page.on('download', () => downloads++)
  await page.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.locator('dialog.save')
  await dialog.getByLabel('What').selectOption('video')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('progressbar').waitFor()
  await drop(page, 'dialog.save', 'a.csv', 'x,y\n1,2\n')
  await dialog.getByText('"a.csv" cannot be opened while a file is being saved.').waitFor()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await dialog.getByText('Cancelled; nothing was saved.').waitFor()
  expect(downloads).toBe(0)
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('a dropped file brings its settings; a bad one a sentence, and nothing changes', async () => {
  const { page, expectQuiet } = await open('', plain)
  const table = new TextDecoder().decode(await save(page, { what: 'paths' }))
  expect(readState(new TextEncoder().encode(table), 'a')).toMatchObject({
    settings: await settingsOf(page),
  })
  await drop(page, '.stage', 'a.csv', table.replace('"steps":12', '"steps":9'))
  await expect.poll(async () => (await settingsOf(page)).steps).toBe(9)
  const before = await settingsOf(page)
  await drop(page, '.stage', 'b.csv', table.replace('"steps":12', '"steps":0'))
  await expect.poll(() => notice(page)).toContain('The setting steps is 0; it must be')
  expect(await settingsOf(page)).toEqual(before)
  // A table of anything else is one of data, for the editor.
  await drop(page, '.stage', 'c.txt', 'nothing')
  await page.getByRole('dialog').getByText('No row has two numbers.').waitFor()
  expect(await settingsOf(page)).toEqual(before)
  expectQuiet()
})

test('a request that cannot be saved is refused with a sentence', async () => {
  const { page, expectQuiet } = await open('', plain)
  const cases = [
    [null, /^save got null; it takes/],
    [{ what: 'stage', size: 3 }, /^save has no option "size"/],
    [{ what: 'all' }, /^The option what is "all"; it must be one of stage, map, grid/],
    [{ what: 'grid', format: 'png' }, /^The option format is "png"; it must be one of csv, json/],
    [{ what: 'stage', scale: 5 }, /^The option scale is 5; it must be a number from 1 to 4/],
    [{ what: 'map', side: 5000 }, /^The option side is 5000; it must be a whole number/],
    [{ what: 'stage', side: 512 }, /^The option side does not belong to "stage"/],
  ] as const
  for (const [request, sentence] of cases) {
    expect(await refusal(page, 'save', request)).toMatch(sentence)
  }
  expectQuiet()
})

test('without 3-D graphics the map is saved, and a video of it', async () => {
  const { page, expectQuiet } = await plain.open({
    viewport,
    query: '?grid=16&side=4&steps=4&step=2',
  })
  await settled(page)
  const { width, height } = decode(await save(page, { what: 'map', side: 640 }))
  expect([width, height]).toEqual([640, 640])
  expect(await refusal(page, 'save', { what: 'stage' })).toBe(
    'There is no stage without 3-D graphics; the map can be saved.',
  )
  const bytes = await save(page, { what: 'video' })
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) })
  const track = await input.getPrimaryVideoTrack()
  expect((await track?.computePacketStats())?.packetCount).toBe(5)
  expectQuiet([noAdapterMessage])
})
