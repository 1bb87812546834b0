/** The data editor in the built page: by keys, by file, and what follows from it. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, boxOf, settingsOf, settled } from './steepest'

const browser = useBrowser('none')
const options = {
  viewport: { width: 1024, height: 640 },
  query: '?grid=32&side=4&steps=50&step=50',
}

const five = [
  [-3, 0.05],
  [-0.5, 0.2],
  [0, 0.5],
  [0.5, 0.75],
  [3, 0.65],
]

async function open(viewport = options.viewport) {
  const opened = await browser.open({ ...options, viewport })
  await settled(opened.page)
  return opened
}

const samplesOf = async (page: Page) => (await settingsOf(page)).samples

async function openEditor(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit…' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.data-editor[open] [data-point="0"]').waitFor()
}

/** Pastes as Ctrl+V does, without the clipboard of the machine. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement!.dispatchEvent(event)
  }, text)
}

test('by keys alone: a paste with a bad row is listed, taken, undone and done again', async () => {
  const { page, requests, expectQuiet } = await open()
  const isLoaded = () => requests.some((url) => url.includes('/dataEditor-'))
  expect(isLoaded()).toBe(false)
  await openEditor(page)
  expect(isLoaded()).toBe(true)
  await paste(page, 'x;y\n1,5;0,25\n2;abc\n-1;1,5\n')
  const report = page.locator('.editor-report')
  await expect
    .poll(() => report.locator('tbody td').allTextContents())
    .toEqual(['3', '2', '"abc" is not a number.'])
  expect(await samplesOf(page)).toEqual(five)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => report.isVisible()).toBe(false)
  expect(await samplesOf(page)).toEqual(five)

  await paste(page, 'x;y\n1,5;0,25\n2;abc\n-1;1,5\n')
  await report.getByRole('button', { name: 'Take the 2 good rows' }).waitFor()
  await page.keyboard.press('Enter')
  const taken = [
    [1.5, 0.25],
    [-1, 1.5],
  ]
  await expect.poll(() => samplesOf(page)).toEqual(taken)
  await expect
    .poll(() => page.locator('.editor-hint').textContent())
    .toContain('it cannot reach y = 1.5 of point 2.')
  await expect.poll(() => page.url()).toContain('data=1.5,0.25;-1,1.5')

  await page.keyboard.press('Control+z')
  await expect.poll(() => samplesOf(page)).toEqual(five)
  await expect.poll(() => page.url()).not.toContain('data=')
  await expect.poll(() => page.locator('.editor-hint').isVisible()).toBe(false)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => samplesOf(page)).toEqual(taken)
  await page.keyboard.press('Control+z')
  await expect.poll(() => samplesOf(page)).toEqual(five)
  await page.keyboard.press('Control+y')
  await expect.poll(() => samplesOf(page)).toEqual(taken)

  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.data-editor[open]').count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Edit…')
  expectQuiet()
})

test('several points are moved at once, in table and plot, and the address follows', async () => {
  const { page, expectQuiet } = await open()
  await openEditor(page)
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ArrowUp')
  await page.locator('.editor-plot [aria-pressed=true]').nth(1).waitFor()
  const dot = await boxOf(page, '.editor-plot .data-point:nth-child(4) .point')
  const [x, y] = [dot.x + dot.width / 2, dot.y + dot.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 30, y - 30, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await samplesOf(page))[3][0]).toBeLessThan(0.4)
  const moved = await samplesOf(page)
  expect(moved.slice(0, 3)).toEqual(five.slice(0, 3))
  for (const axis of [0, 1]) {
    expect(moved[4][axis] - 3 * (1 - axis) - 0.65 * axis).toBeCloseTo(
      moved[3][axis] - 0.5 * (1 - axis) - 0.75 * axis,
      9,
    )
  }
  await expect.poll(() => page.url()).toContain(`${moved[4].join(',')}`)
  await page.locator('.data-editor [data-do=undo]').click()
  await expect.poll(() => samplesOf(page)).toEqual(five)

  // Typed, removed and added.
  await page.locator('#data-y-1').click()
  await page.keyboard.type('0,3')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await samplesOf(page))[1]).toEqual([-0.5, 0.3])
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await samplesOf(page)).length).toBe(4)
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await samplesOf(page)).length).toBe(5)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await samplesOf(page)).length).toBe(1)
  await expect
    .poll(() => page.locator('.editor-status').textContent())
    .toBe('One point stays: there is no loss without data.')
  expectQuiet()
})

test('a file is opened, what is no text is refused, and what is saved is read back', async () => {
  const { page, expectQuiet } = await open()
  await openEditor(page)
  const input = page.locator('.data-editor input[type=file]')
  const give = (name: string, buffer: Buffer) =>
    input.setInputFiles({ name, mimeType: 'text/csv', buffer })
  await give('points.csv', Buffer.from('\ufeffx\ty\n-1\t0.1\n1e-7\t0.9\n', 'utf16le'))
  const read = [
    [-1, 0.1],
    [1e-7, 0.9],
  ]
  await expect.poll(() => samplesOf(page)).toEqual(read)
  await expect
    .poll(() => page.locator('.editor-status').textContent())
    .toBe('points.csv: 2 points, separated by tab, decimal point, with a header.')

  await give('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]))
  await expect
    .poll(() => page.locator('.editor-report td').last().textContent())
    .toMatch(/^It is not text/)
  expect(await page.locator('[data-do=take]').isVisible()).toBe(false)
  await page.keyboard.press('Enter')
  expect(await samplesOf(page)).toEqual(read)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.data-editor [data-do=save]').click(),
  ])
  expect(download.suggestedFilename()).toBe('steepest-data.csv')
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toBe('x,y\n-1,0.1\n1e-7,0.9\n')
  await apply(page, { samples: five })
  await give('steepest-data.csv', Buffer.from(text))
  await expect.poll(() => samplesOf(page)).toEqual(read)
  expectQuiet()
})

test('buttons and keys undo settings outside of the editor, too', async () => {
  const { page, expectQuiet } = await open()
  const undo = page.getByRole('button', { name: 'Undo (Ctrl+Z)' })
  const redo = page.getByRole('button', { name: 'Redo (Ctrl+Y)' })
  expect([await undo.isDisabled(), await redo.isDisabled()]).toEqual([true, true])
  await page.getByRole('checkbox', { name: 'contours' }).click()
  await apply(page, { loss: 'half' })
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await settingsOf(page)).loss).toBe('mean')
  await undo.click()
  await expect.poll(async () => (await settingsOf(page)).contours).toBe(true)
  await redo.click()
  await redo.click()
  await expect.poll(async () => (await settingsOf(page)).loss).toBe('half')
  await expect.poll(() => redo.isDisabled()).toBe(true)
  // A number that is being typed undoes that itself; one at rest leaves it to the page.
  const steps = page.getByRole('textbox', { name: 'steps', exact: true })
  await steps.focus()
  await page.keyboard.type('7')
  await page.keyboard.press('Control+z')
  expect((await settingsOf(page)).loss).toBe('half')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await settingsOf(page)).loss).toBe('mean')
  expectQuiet()
})

test('on a telephone the editor covers the page and nothing of it is cut off', async () => {
  const { page, expectQuiet } = await open({ width: 390, height: 844 })
  await page.getByRole('tab', { name: 'Data' }).click()
  await openEditor(page)
  const frame = await boxOf(page, '.data-editor')
  expect([frame.x, frame.y, frame.width, frame.height]).toEqual([0, 0, 390, 844])
  for (const button of await page.locator('.data-editor button:visible').all()) {
    const { x, width, height } = (await button.boundingBox())!
    expect(height).toBeGreaterThanOrEqual(44)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(390)
  }
  await page.locator('#data-x-0').click()
  await page.locator('#data-x-0').click()
  await page.keyboard.type('-2')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await samplesOf(page))[0]).toEqual([-2, 0.05])
  await page.locator('.data-editor [data-do=undo]').click()
  await expect.poll(() => samplesOf(page)).toEqual(five)
  await page.locator('.data-editor [data-do=close]').click()
  await expect.poll(() => page.locator('.data-editor[open]').count()).toBe(0)
  expectQuiet()
})

test('a tap changes no data, and a second finger does not disturb a drag', async () => {
  const viewport = { width: 390, height: 844 }
  const { page, expectQuiet } = await browser.open({
    ...options,
    viewport,
    context: { hasTouch: true },
  })
  await settled(page)
  await page.getByRole('tab', { name: 'Data' }).tap()
  const client = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: [x: number, y: number][]) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at.map(([x, y], id) => ({ x, y, id })),
    })
  for (const plot of ['.data-card', '.editor-plot']) {
    if (plot === '.editor-plot') await openEditor(page)
    // It is drawn again at its size here.
    await page.evaluate('frames(3)')
    const middle = async () => {
      const { x, y, width, height } = await boxOf(page, `${plot} .data-point:nth-child(3) .point`)
      return [x + width / 2, y + height / 2]
    }
    const [x, y] = await middle()
    // A finger comes down beside the point, and trembles.
    await touch('touchStart', [x + 12, y + 9])
    await touch('touchMove', [x + 16, y + 13])
    await touch('touchEnd')
    await expect
      .poll(() => page.locator(`${plot} .data-point:nth-child(3)`).getAttribute('aria-pressed'))
      .toBe('true')
    expect(await samplesOf(page), plot).toEqual(five)

    await touch('touchStart', [x + 12, y + 9])
    await touch('touchMove', [x + 12, y + 39])
    await touch('touchStart', [x + 12, y + 39], [x + 90, y - 60])
    await touch('touchMove', [x + 12, y + 59], [x + 120, y - 80])
    // One that is not among them has been lifted.
    await touch('touchMove', [x + 12, y + 59])
    await touch('touchMove', [x + 12, y + 69])
    await expect.poll(async () => Math.abs((await middle())[1] - (y + 60))).toBeLessThan(2)
    expect(Math.abs((await middle())[0] - x), plot).toBeLessThan(2)
    await touch('touchEnd')
    await expect.poll(async () => (await samplesOf(page))[2][1]).toBeLessThan(0.4)
    await page.keyboard.press('Control+z')
    await expect.poll(() => samplesOf(page)).toEqual(five)
  }
  expectQuiet()
})
